import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../db/client.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, type ServerProcess, startServerProcess } from '../support/server.ts'
import { asksForPerson, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/* "Acknowledge only what is committed", also while PostgreSQL is restarted, fails over, or drops its connections. */

let postgres: TestPostgres
let server: ServerProcess | undefined
const visitors: VisitorClient[] = []
beforeAll(async () => {
  postgres = await startPostgres()
})
afterEach(async () => {
  for (const visitor of visitors.splice(0)) visitor.leaves()
  await server?.stop()
})
afterAll(async () => {
  await postgres.stop()
  removeDataFolders()
})

const each = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

/** As a visitor does who is told that it did not work: the same once more, until it is acknowledged. */
async function insists(visitor: VisitorClient, action: Parameters<VisitorClient['persists']>[0]) {
  const id = randomUUID()
  for (;;) {
    const ack = await visitor.persists(action, id)
    if (ack.ok) return
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

describe('a server whose database drops every connection again and again', () => {
  it('goes on without a restart of its own: what was acknowledged is kept, nothing hangs, nothing doubles', async () => {
    const database = await postgres.createDatabase()
    server = await startServerProcess({ database })
    const { url } = server
    const admin = connect(database, { max: 1 })
    await each(20, async () => {
      const visitor = await visitorClient(url, { language: 'ru' })
      visitors.push(visitor)
      await asksForPerson(visitor)
    })
    const written = Promise.all(
      visitors.map(async (visitor, of) => {
        for (let index = 0; index < 30; index++) {
          await insists(visitor, { type: 'wrote', text: `${of}-${index}` })
        }
      }),
    )
    let stormy = true
    const coming = each(20, async () => {
      while (stormy) {
        const visitor = await visitorClient(url, { language: 'kk' })
        await insists(visitor, { type: 'chose', choice: 'operator' })
        await insists(visitor, { type: 'chose', choice: 'connectNow' })
        visitor.leaves()
      }
    })
    for (let time = 0; time < 40; time++) {
      await new Promise((resolve) => setTimeout(resolve, 70))
      await admin.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`
    }
    stormy = false
    await Promise.all([written, coming])
    const rows = await admin.sql<{ text: string }[]>`
      select content->>'text' as text from messages where author->>'kind' = 'visitor' and content->>'kind' = 'text'`
    expect(rows.map(({ text }) => text).sort()).toEqual(
      visitors.flatMap((_, of) => Array.from({ length: 30 }, (_, index) => `${of}-${index}`)).sort(),
    )
    const [open] = await admin.sql<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`
    expect(open?.count).toBe(0)
    await admin.close()
  })
})
