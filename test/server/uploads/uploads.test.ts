import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../db/client.ts'
import { type FileToStore, openUploads, type Uploads } from '../../../server/uploads/uploads.ts'
import { addConversation } from '../http/conversations.ts'
import { testClock, testDatabase, testFolder } from '../http/testApp.ts'
import { html, log, png } from './samples.ts'

const attachments = { maxMegabytes: 1, types: ['png', 'log'] }
const megabyte = 1024 * 1024

let database: Database
let stop: () => Promise<void>
let folder: ReturnType<typeof testFolder>
let uploads: Uploads
let conversationId: string

beforeAll(async () => {
  const started = await testDatabase()
  database = started.database
  stop = started.stop
})
afterAll(() => stop())
beforeEach(async () => {
  folder = testFolder()
  uploads = await openUploads({ database, dataDir: folder.path, clock: testClock().now })
  conversationId = await addConversation(database, 'edoc')
})
afterEach(() => folder.remove())

const store = (name: string, bytes: FileToStore['bytes'], more: Partial<FileToStore> = {}) =>
  uploads.store({ conversationId, by: 'visitor', attachments, name, bytes, ...more })

/** Every file under the data folder, with its folder. */
const kept = () =>
  readdirSync(join(folder.path, 'uploads'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('a file', () => {
  test('is kept under its id, for the server alone, and read back byte by byte', async () => {
    const outcome = await store('../Қате.png', pieces(png, 7))
    if (!outcome.ok) throw new Error(outcome.refusal.key)
    const { id } = outcome.file
    expect(outcome.file).toEqual({ id, name: 'Қате.png', type: 'image/png', bytes: png.length })
    expect(statSync(join(folder.path, 'uploads', id.slice(0, 2), id)).mode & 0o777).toBe(0o600)
    const opened = await uploads.open(id)
    expect(opened?.file).toEqual(outcome.file)
    expect(opened && (await buffer(opened.bytes))).toEqual(png)
    expect(await uploads.find(id)).toMatchObject({ conversationId, operatorId: null })
  })

  test('remembers the operator who sent it', async () => {
    const by = '11111111-1111-4111-8111-111111111111'
    const outcome = await store('a.log', log, { by })
    expect(outcome.ok && (await uploads.find(outcome.file.id))?.operatorId).toBe(by)
  })

  test.each([
    ['that is empty', 'a.png', Buffer.alloc(0), { key: 'refusal.file.empty' }],
    ['that is not what it says', 'a.png', html, { key: 'refusal.file.mismatch' }],
    [
      'of a kind the desk does not take',
      'a.exe',
      png,
      { key: 'refusal.file.type', params: { types: 'png, log' } },
    ],
    [
      'that is too large',
      'a.log',
      Buffer.alloc(megabyte + 1, 'a'),
      { key: 'refusal.file.tooLarge', params: { megabytes: 1 } },
    ],
  ])('%s is refused and leaves nothing behind', async (_, name, bytes, refusal) => {
    expect(await store(name, pieces(bytes, 64 * 1024))).toEqual({ ok: false, refusal })
    expect(kept()).toEqual([])
  })

  test('of exactly the largest size is kept', async () => {
    expect((await store('a.log', Buffer.alloc(megabyte, 'a'))).ok).toBe(true)
  })

  test('that is too large is not read to its end', async () => {
    let read = 0
    async function* endless() {
      for (;;) {
        read += 64 * 1024
        yield Buffer.alloc(64 * 1024, 'a')
      }
    }
    expect((await store('a.log', endless())).ok).toBe(false)
    expect(read).toBeLessThanOrEqual(megabyte + 64 * 1024)
  })

  test('that breaks off is not kept, and the sender hears of it', async () => {
    async function* broken() {
      yield png.subarray(0, 20)
      throw new Error('the line broke')
    }
    await expect(store('a.png', broken())).rejects.toThrow('the line broke')
    expect(kept()).toEqual([])
  })

  test('of a conversation that is not there is not kept', async () => {
    const elsewhere = { conversationId: '22222222-2222-4222-8222-222222222222' }
    await expect(store('a.png', png, elsewhere)).rejects.toThrow()
    expect(kept()).toEqual([])
  })

  test.each(['../../etc/passwd', 'x', '', '00000000-0000-4000-8000-000000000000'])(
    'of the id “%s” is not found',
    async (id) => {
      expect(await uploads.find(id)).toBeUndefined()
      expect(await uploads.open(id)).toBeUndefined()
    },
  )
})

describe('a conversation', () => {
  const refusal = { key: 'refusal.file.tooMany', params: { count: 50, megabytes: 200 } }

  test('takes fifty files, also when they come at once', async () => {
    for (let i = 0; i < 48; i++) await store('a.log', log)
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => store('a.log', log)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2)
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, refusal })
    expect(kept()).toHaveLength(50)
  })

  test('keeps once what may be sent again, by the same person under the same name', async () => {
    const again = { again: 'same' } as const
    const first = await store('a.log', log, again)
    for (let i = 0; i < 60; i++) expect(await store('a.log', log, again)).toEqual(first)
    expect(kept()).toHaveLength(1)
    await store('b.log', log, again)
    await store('a.log', Buffer.from('other'), again)
    await store('a.log', log, { ...again, by: '33333333-3333-4333-8333-333333333333' })
    await store('a.log', log)
    expect(kept()).toHaveLength(5)
  })

  test('takes 200 MB', async () => {
    const first = await store('a.log', log)
    await database.sql`update uploads set bytes = ${200 * megabyte - 5} where id = ${first.ok ? first.file.id : ''}`
    expect(await store('a.log', Buffer.from('six by'))).toEqual({ ok: false, refusal })
    expect((await store('a.log', Buffer.from('five!'))).ok).toBe(true)
  })
})

test('a start removes what an unfinished upload left, but not what may still be arriving', async () => {
  const incoming = join(folder.path, 'uploads/incoming')
  const [left, arriving] = [join(incoming, 'left'), join(incoming, 'arriving')]
  writeFileSync(left, 'half')
  writeFileSync(arriving, 'half')
  const clock = testClock()
  utimesSync(left, clock.now(), new Date(clock.now().getTime() - 61 * 60_000))
  utimesSync(arriving, clock.now(), new Date(clock.now().getTime() - 59 * 60_000))
  await openUploads({ database, dataDir: folder.path, clock: clock.now })
  expect([existsSync(left), existsSync(arriving)]).toEqual([false, true])
})
