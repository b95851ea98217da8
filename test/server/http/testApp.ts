import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pino from 'pino'
import { connect, type Database } from '../../../db/client.ts'
import { migrate } from '../../../db/migrate.ts'
import { loadDesks } from '../../../desks/loadDesks.ts'
import type { Desk } from '../../../engine/desk.ts'
import { createAuth } from '../../../server/auth/auth.ts'
import { hashToken } from '../../../server/auth/token.ts'
import { createHandRequests } from '../../../server/conversations/handRequests.ts'
import { type AppDeps, createApp } from '../../../server/http/app.ts'
import { createMetrics } from '../../../server/metrics.ts'
import { createEscalationSettings } from '../../../server/notices/escalationSettings.ts'
import { openUploads } from '../../../server/uploads/uploads.ts'
import { startPostgres } from '../../support/postgres.ts'
import { addConversation } from './conversations.ts'

const root = join(import.meta.dirname, '../../..')
export const publicUrl = 'http://help.test'
export const own = { 'x-komekshi': '1', 'accept-language': 'ru' }

/** A database for a test file, with the tables in it. */
export async function testDatabase(): Promise<{ database: Database; stop: () => Promise<void> }> {
  const postgres = await startPostgres()
  await migrate(postgres.url, join(root, 'db/migrations'))
  const database = connect(postgres.url)
  return {
    database,
    async stop() {
      await database.close()
      await postgres.stop()
    },
  }
}

/** A folder for a test file; it is gone after `remove`. */
export function testFolder(): { path: string; remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'komekshi-http-')))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A clock that stands until it is moved. */
export function testClock(at = '2026-03-02T09:00:00.000Z') {
  let now = Date.parse(at)
  return {
    now: () => new Date(now),
    pass: (minutes: number) => {
      now += minutes * 60_000
    },
  }
}

/** Every desk of the product. */
const testDesks = (): ReadonlyMap<string, Desk> => loadDesks(join(root, 'desks'), 2026)

/** Clients as the build leaves them, each file with a word that tells it. */
function writeClients(dist: string): void {
  const files = {
    'widget/widget.js': '/* loader */',
    'widget/index.html': '<!doctype html>chat',
    'widget/demo.html': '<!doctype html>demo',
    'widget/assets/index-Ab12_-34.js': '/* chat */',
    'console/index.html': '<!doctype html>console',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dist, name, '..'), { recursive: true })
    writeFileSync(join(dist, name), text)
  }
  writeFileSync(join(dist, 'widget/widget.js.gz'), gzipSync('/* loader */'))
}

/** The whole HTTP side on a database of its own, with one visitor's conversation at the desk `edoc`. */
export async function testApp(change: Partial<AppDeps> = {}) {
  const { database, stop } = await testDatabase()
  const folder = testFolder()
  const clock = testClock()
  const desks = testDesks()
  writeClients(join(folder.path, 'dist'))
  const auth = createAuth({ database, clock: clock.now, publicUrl, desks: [...desks.keys()] })
  const logged: string[] = []
  const visitors = new Map<string, { conversationId: string; desk: string }>()
  const escalation = createEscalationSettings({
    sql: database.sql,
    desks,
    clock: clock.now,
    channels: { email: true, telegram: true },
    botName: async () => 'helper_bot',
    leaveChat: async () => undefined,
    queued: () => undefined,
  })
  const uploads = await openUploads({ database, dataDir: folder.path, clock: clock.now })
  const app = await createApp({
    env: { publicUrl, trustedProxies: 0 },
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    clock: clock.now,
    database,
    desks,
    auth,
    uploads,
    handRequests: createHandRequests({
      sql: database.sql,
      desks,
      accept: async () => Promise.reject(new Error('nothing is registered in these tests')),
      uploads,
      clock: clock.now,
      sendsMail: true,
    }),
    articles: { reload: async () => undefined },
    calendars: { reload: async () => undefined },
    metrics: createMetrics(),
    escalation,
    distDir: join(folder.path, 'dist'),
    presenceOf: () => 'offline',
    visitorConversation: async (token) => visitors.get(hashToken(token)),
    conversationDesk: async (id) => [...visitors.values()].find((one) => one.conversationId === id)?.desk,
    ...change,
  })

  /** A conversation of a visitor, who holds the token. */
  async function visitor(token: string, desk = 'edoc'): Promise<string> {
    const conversationId = await addConversation(database, desk)
    visitors.set(hashToken(token), { conversationId, desk })
    return conversationId
  }

  return {
    app,
    auth,
    clock,
    database,
    escalation,
    folder: folder.path,
    logged,
    visitor,
    async stop() {
      await app.close()
      await stop()
      folder.remove()
    },
  }
}

export type TestApp = Awaited<ReturnType<typeof testApp>>

/** The cookie that an answer sets, as the browser sends it back. */
export function cookieOf(answer: { headers: Record<string, unknown> }): string {
  return String(answer.headers['set-cookie']).split(';')[0] ?? ''
}

/** Makes an administrator and signs them in. */
export async function signInAdministrator({ app, auth, clock }: TestApp): Promise<{ cookie: string }> {
  const credentials = { email: 'aigerim@help.test', password: 'a long password' }
  await auth.ensureFirstAdministrator({ ...credentials, publicUrl, now: clock.now() })
  const answer = await app.inject({
    method: 'POST',
    url: '/api/console/login',
    headers: own,
    payload: credentials,
  })
  return { cookie: cookieOf(answer) }
}

/** Invites a person through the console and takes the invitation up for them. */
export async function signInOperator(
  { app }: TestApp,
  administrator: { cookie: string },
  to: { email: string; desks?: readonly string[]; role?: string },
): Promise<{ cookie: string }> {
  const invited = await app.inject({
    method: 'POST',
    url: '/api/console/invitations',
    headers: { ...own, ...administrator },
    payload: { role: 'operator', desks: ['edoc'], languages: ['kk', 'ru'], ...to },
  })
  const token = String(invited.json<{ link: string }>().link).split('/').at(-1)
  const answer = await app.inject({
    method: 'POST',
    url: '/api/console/accept',
    headers: own,
    payload: { token, name: 'Данияр Ахметов', password: 'another long password' },
  })
  return { cookie: cookieOf(answer) }
}
