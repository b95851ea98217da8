import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../db/client.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'

let postgres: TestPostgres
let database: Database
beforeAll(async () => {
  postgres = await startPostgres()
  database = connect(postgres.url, { max: 3 })
  await database.sql`create table notes (id int primary key, words text, at timestamptz, "on" date)`
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

describe('a statement', () => {
  it('takes values as parameters, never as text, also in the statements inside it', async () => {
    const { sql } = database
    const evil = `'; drop table notes; --`
    const inside = sql`n.words = ${evil}`
    const rows = await sql<{ words: string; list: string[]; id: number }[]>`
      select ${evil}::text as words, ${['а', 'ә,"}']}::text[] as list, n.id from (select 1 as id, ${evil}::text as words) n
      where ${inside} and n.id = ${1} ${sql``} order by ${sql('n.id')}`
    expect(rows).toEqual([{ words: evil, list: ['а', 'ә,"}'], id: 1 }])
  })

  it('is sent once, when it is awaited, and not before', async () => {
    const { sql } = database
    const insert = sql`insert into notes (id) values (1) returning id`
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(await sql`select 1 from notes`).toEqual([])
    expect([await insert, await insert]).toEqual([[{ id: 1 }], [{ id: 1 }]])
    expect(await sql`select id from notes`).toEqual([{ id: 1 }])
  })

  it('refuses undefined, which is a mistake, and takes null', async () => {
    const { sql } = database
    await expect(sql`select ${undefined}`).rejects.toThrow('undefined')
    expect(await sql`select ${null}::text as nothing`).toEqual([{ nothing: null }])
  })

  it('gives instants as ISO 8601 in UTC and days as they are, by hand and by drizzle alike', async () => {
    const { sql, orm } = database
    const asked = `select timestamptz '2026-11-23 10:00+05' as at, date '2026-11-23' as "on"`
    const wanted = { at: '2026-11-23T05:00:00.000Z', on: '2026-11-23' }
    expect(await sql.unsafe(asked)).toEqual([wanted])
    expect((await orm.execute(asked)).rows).toEqual([wanted])
  })
})

describe('a transaction', () => {
  it('is committed whole or not at all, and its connection is nobody else’s meanwhile', async () => {
    const { sql } = database
    await sql`delete from notes`
    const all = Array.from({ length: 300 }, (_, id) =>
      sql
        .begin(async (tx) => {
          await tx`insert into notes (id, words) values (${id}, 'one')`
          if (id % 3 === 0) throw new Error('not this one')
          await tx`update notes set words = 'two' where id = ${id}`
        })
        .catch(() => {}),
    )
    const among = Array.from(
      { length: 300 },
      () => sql`select count(*)::int as n from notes where words = 'one'`,
    )
    const seen = await Promise.all(among)
    await Promise.all(all)
    expect(new Set(seen.map(([row]) => row?.n))).toEqual(new Set([0]))
    const [kept] = await sql`select count(*)::int as n from notes where words = 'two'`
    expect(kept?.n).toBe(200)
    const [open] = await sql`
      select count(*)::int as n from pg_stat_activity where state like 'idle in transaction%'`
    expect(open?.n).toBe(0)
  })

  it('fails when one of its statements has failed, even if nobody minded', async () => {
    const { sql } = database
    await sql`delete from notes`
    const swallowed = sql.begin(async (tx) => {
      await tx`insert into notes (id) values (1)`
      await tx`insert into notes (id) values (1)`.catch(() => {})
    })
    await expect(swallowed).rejects.toThrow('not committed')
    expect(await sql`select 1 from notes`).toEqual([])
  })

  it('lets go of a session’s locks when the work fails', async () => {
    const { sql } = database
    const failing = sql.session(async (own) => {
      await own`select pg_advisory_lock(1)`
      throw new Error('in the middle')
    })
    await expect(failing).rejects.toThrow('in the middle')
    const [row] = await sql`select pg_try_advisory_xact_lock(1) as free`
    expect(row?.free).toBe(true)
  })
})

describe('many rows', () => {
  it('come some at a time, with the parameters of their statement', async () => {
    const { sql } = database
    const sizes: number[] = []
    for await (const some of sql.inBatches(
      sql<{ n: number }[]>`select n from generate_series(1, ${25}) n`,
      10,
    ))
      sizes.push(some.length)
    expect(sizes).toEqual([10, 10, 5])
  })

  it('stop when nobody wants more, and give the connection back', async () => {
    const { sql } = database
    for (let time = 0; time < 5; time++)
      for await (const some of sql.inBatches(
        sql<{ n: number }[]>`select n from generate_series(1, 100) n`,
        10,
      )) {
        expect(some).toHaveLength(10)
        break
      }
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  })
})
