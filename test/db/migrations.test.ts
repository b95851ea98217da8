import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../db/client.ts'
import { migrate } from '../../db/migrate.ts'
import { consoleClient, historyOf, signIn } from '../support/consoleClient.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { dataFolder, removeDataFolders, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { visitorClient } from '../support/visitorClient.ts'

const migrations = join(import.meta.dirname, '../../db/migrations')
const upgrades = join(import.meta.dirname, 'upgrades')
const migrationLock = 7_305_001

type Journal = {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[]
}
const journal = JSON.parse(readFileSync(join(migrations, 'meta/_journal.json'), 'utf8')) as Journal

/** The migrations up to and with one of them, as an earlier version of the product had them. */
function migrationsUpTo(tag: string): string {
  const folder = join(dataFolder(), 'migrations')
  const last = journal.entries.findIndex((entry) => entry.tag === tag)
  const entries = journal.entries.slice(0, last + 1)
  mkdirSync(join(folder, 'meta'), { recursive: true })
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  for (const entry of entries) cpSync(join(migrations, `${entry.tag}.sql`), join(folder, `${entry.tag}.sql`))
  return folder
}

/**
 * What a server of that version left in its database. A migration that changes what is stored brings a file of its
 * own: the rows of every table after the same story, played with the version before the next migration.
 */
type Left = {
  readonly visitors: Readonly<Record<'asking' | 'live' | 'waiting' | 'resolved', string>>
  readonly operator: { readonly email: string; readonly password: string }
  readonly lastTicketNumber: number
  readonly tables: Readonly<Record<string, readonly object[]>>
}

async function putBack(url: string, { tables, lastTicketNumber }: Left): Promise<void> {
  const sql = postgres(url, { max: 1 })
  for (const [table, rows] of Object.entries(tables))
    await sql`
      insert into ${sql(table)} overriding system value
      select * from jsonb_populate_recordset(null::${sql(table)}, ${JSON.stringify(rows)}::text::jsonb)`
  await sql`select setval('ticket_numbers', ${lastTicketNumber})`
  await sql.end()
}

let real: TestPostgres
afterAll(removeDataFolders)
beforeAll(async () => {
  real = await startPostgres()
})
afterAll(() => real.stop())

const tablesOf = async (url: string) => {
  const { sql, close } = connect(url, { max: 1 })
  const rows = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`
  await close()
  return rows.map(({ name }) => name)
}

describe('migrations (design §6)', () => {
  it('bring an empty database to this version, and do nothing the second time', async () => {
    const url = await real.createDatabase()
    await migrate(url, migrations)
    const tables = await tablesOf(url)
    expect(tables).toEqual(
      expect.arrayContaining(['conversations', 'messages', 'outbox', 'tickets', 'timers']),
    )
    await migrate(url, migrations)
    expect(await tablesOf(url)).toEqual(tables)
  })

  it('wait for another server that is migrating, then find it done', async () => {
    const url = await real.createDatabase()
    const other = postgres(url, { max: 1 })
    await other`select pg_advisory_lock(${migrationLock})`
    const waiting = [migrate(url, migrations), migrate(url, migrations)]
    const look = postgres(url, { max: 1 })
    await until(async () => {
      const locks = await look`
        select 1 from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`
      return locks.length === 2
    }, 'both wait')
    expect(await tablesOf(url)).toEqual([])
    await other.end()
    await Promise.all(waiting)
    expect(await tablesOf(url)).toContain('conversations')
    await look.end()
  })

  it('two servers that start at once on an empty database both come up', async () => {
    const database = await real.createDatabase()
    const servers = await Promise.all([startServer({ database }), startServer({ database })])
    for (const { url } of servers) expect((await fetch(`${url}/readyz`)).status).toBe(200)
    await Promise.all(servers.map((server) => server.stop()))
  })

  it('are named by hand, numbered in order, and only ever added', () => {
    expect(journal.entries.map(({ tag }) => Number(tag.slice(0, 4)))).toEqual(
      journal.entries.map((_, n) => n),
    )
    const times = journal.entries.map(({ when }) => when)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const files = readdirSync(migrations).filter((name) => name.endsWith('.sql'))
    expect(files.sort()).toEqual(journal.entries.map(({ tag }) => `${tag}.sql`))
    for (const { tag } of journal.entries) expect(tag).toMatch(/^\d{4}(_[a-z]+){2,}$/)
  })

  it('a database that is not UTF-8 is refused in words', async () => {
    const sql = postgres(real.url, { max: 1 })
    await sql.unsafe(`create database latin encoding 'LATIN1' locale 'C' template template0`)
    await sql.end()
    await expect(migrate(real.url.replace(/\/[^/]*$/, '/latin'), migrations)).rejects.toThrow(
      'the database must be UTF8, not LATIN1',
    )
  })
})

describe.each(readdirSync(upgrades).map((file) => file.replace(/\.json$/, '')))('data of %s', (tag) => {
  const left = JSON.parse(readFileSync(join(upgrades, `${tag}.json`), 'utf8')) as Left

  it('is read and gone on with by this version: threads, queue, deadlines, outbox, sign-in', async () => {
    const database = await real.createDatabase()
    await migrate(database, migrationsUpTo(tag))
    await putBack(database, left)
    const server = await startServer({ database })

    const stages = Object.entries(left.visitors).map(async ([stage, token]) => {
      const visitor = await visitorClient(server.url, { token })
      expect(visitor.token).toBe(token)
      expect(visitor.state.stage).toBe(stage === 'asking' ? 'identifying' : stage)
      const stored = left.tables.messages as readonly {
        conversation_id: string
        seq: number
        audience: string
      }[]
      expect(visitor.thread.map(({ seq }) => seq)).toEqual(
        stored
          .filter((row) => row.conversation_id === visitor.conversationId && row.audience === 'everyone')
          .map(({ seq }) => seq)
          .sort((a, b) => a - b),
      )
      return [stage, visitor] as const
    })
    const visitors = Object.fromEntries(await Promise.all(stages))
    const { live, waiting, resolved } = visitors
    if (!live || !waiting || !resolved) throw new Error('a visitor is missing')

    const operator = await consoleClient(server.url, await signIn(server.url, left.operator))
    expect(operator.rows.size).toBe(3)
    const opened = await operator.open(live.conversationId)
    if (!opened.ok) throw new Error('the conversation does not open')
    expect(opened.detail.identity.map(({ field }) => field)).toContain('iin')
    const text = 'Продолжаем после обновления'
    expect(await operator.act(live.conversationId, { type: 'replied', text })).toMatchObject({ ok: true })
    await live.sees(text)
    const seqs = (await operator.thread(live.conversationId)).map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, at) => at + 1))

    const known = (
      left.tables.messages as readonly {
        conversation_id: string
        seq: number
        event_id: string
        content: { text?: string }
      }[]
    ).find(
      (row) =>
        row.conversation_id === live.conversationId && row.content.text === 'забыл сказать: Chrome 120',
    )
    expect(await live.writes('забыл сказать: Chrome 120', known?.event_id)).toEqual({
      ok: true,
      seq: known?.seq,
    })

    server.clock.pass({ minutes: 16 })
    await server.wake()
    await until(
      async () =>
        historyOf(await operator.thread(waiting.conversationId)).includes('Срок первого ответа нарушен'),
      'the deadline is raised',
      { everyMilliseconds: 150 },
    )
    expect(await resolved.presses('reopen')).toMatchObject({ ok: true })
    const [outbox] = await server.sql<{ count: number }[]>`select count(*)::int as count from outbox`
    expect(outbox?.count).toBe(left.tables.outbox?.length)

    const fresh = await visitorClient(server.url)
    await fresh.presses('operator')
    await fresh.presses('connectNow')
    await until(() => (fresh.state.ticketNumber ?? 0) > left.lastTicketNumber, 'a number that was never used')
    for (const client of [...Object.values(visitors), operator, fresh]) client.leaves()
    await server.stop()
  })
})
