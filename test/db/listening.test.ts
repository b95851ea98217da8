import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../db/client.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

let postgres: TestPostgres
let database: Database
let admin: Database
beforeAll(async () => {
  postgres = await startPostgres()
  database = connect(postgres.url)
  admin = connect(postgres.url, { max: 1 })
})
afterAll(async () => {
  await database.close()
  await admin.close()
  await postgres.stop()
})

const tell = (channel: string, news: string) => admin.sql`select pg_notify(${channel}, ${news})`
const cutAll = () =>
  admin.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`

describe('listening to channels of the database', () => {
  it('hears what is told with a commit, to each listener of the channel, until it stops', async () => {
    const heard: string[] = []
    const first = await database.sql.listen('one', (news) => heard.push(`first ${news}`))
    const second = await database.sql.listen('one', (news) => heard.push(`second ${news}`))
    await database.sql.listen('other', (news) => heard.push(`other ${news}`))
    await database.sql.begin(async (tx) => {
      await tx`select pg_notify('one', 'a')`
      await tx`select pg_notify('other', 'b')`
    })
    await until(() => heard.length === 3, 'all have heard')
    expect(heard.sort()).toEqual(['first a', 'other b', 'second a'])
    await first.unlisten()
    await second.unlisten()
    await tell('one', 'c')
    await tell('other', 'd')
    await until(() => heard.includes('other d'), 'the other is heard')
    expect(heard.filter((one) => one.endsWith(' c'))).toEqual([])
  })

  it('comes back by itself after a lost connection, as often as it is lost, and says that it was away', async () => {
    const heard: string[] = []
    let listening = 0
    await database.sql.listen(
      'away',
      (news) => heard.push(news),
      () => listening++,
    )
    expect(listening).toBe(1)
    for (const time of [2, 3]) {
      await cutAll()
      await until(() => listening === time, 'it listens again')
      await tell('away', String(time))
      await until(() => heard.includes(String(time)), 'it hears again')
    }
    expect(heard).toEqual(['2', '3'])
  })
})
