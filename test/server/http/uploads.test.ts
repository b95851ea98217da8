import { readdirSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { html, log, pdf, png, svg, zipOf } from '../uploads/samples.ts'
import { own, signInAdministrator, signInOperator, type TestApp, testApp } from './testApp.ts'

const mine = 'a-token-of-a-visitor'
const foreign = 'a-token-of-another-visitor'

let served: TestApp
let conversation: string
let foreignConversation: string
let elsewhere: string
let operator: { cookie: string }

beforeAll(async () => {
  served = await testApp()
  conversation = await served.visitor(mine)
  foreignConversation = await served.visitor(foreign)
  elsewhere = await served.visitor('a-token-at-another-desk', 'elsewhere')
  operator = await signInOperator(served, await signInAdministrator(served), { email: 'daniyar@help.test' })
})
afterAll(() => served.stop())

const bearer = (token: string) => ({ authorization: `Bearer ${token}`, 'accept-language': 'ru' })

async function form(name: string, bytes: Buffer, field = 'file') {
  const data = new FormData()
  data.append(field, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name)
  const encoded = new Response(data)
  return {
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  }
}

async function upload(
  headers: Record<string, string>,
  name: string,
  bytes: Buffer,
  { to = conversation, field = 'file' } = {},
) {
  const { headers: multipart, payload } = await form(name, bytes, field)
  return served.app.inject({
    method: 'POST',
    url: `/api/uploads?conversation=${to}`,
    headers: { ...headers, ...multipart },
    payload,
  })
}

const get = (path: string, headers: Record<string, string> = {}) =>
  served.app.inject({ method: 'GET', url: path, headers: { 'accept-language': 'ru', ...headers } })

describe('a visitor', () => {
  test('sends a picture into their conversation and gets it back', async () => {
    const sent = await upload(bearer(mine), 'Қате.png', png)
    expect([sent.statusCode, sent.json()]).toEqual([
      201,
      {
        id: expect.any(String),
        name: 'Қате.png',
        type: 'image/png',
        bytes: png.length,
        path: `/api/uploads/${sent.json().id}`,
        image: true,
      },
    ])
    const got = await get(sent.json().path, bearer(mine))
    expect([got.statusCode, got.rawPayload]).toEqual([200, png])
    expect(got.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''%D2%9A%D0%B0%D1%82%D0%B5.png",
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, max-age=3600',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  test.each([
    ['a document', "it's (1)*.pdf", pdf, "attachment; filename*=UTF-8''it%27s%20%281%29%2A.pdf"],
    ['a log', 'error.log', log, "attachment; filename*=UTF-8''error.log"],
  ])('gets %s back as a download, whatever it is', async (_, name, bytes, disposition) => {
    const sent = await upload(bearer(mine), name, bytes)
    expect(sent.json().image).toBe(false)
    const got = await get(sent.json().path, bearer(mine))
    expect(got.rawPayload).toEqual(bytes)
    expect(got.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': disposition,
    })
  })

  test.each([
    [
      'a page that calls itself a picture',
      'photo.png',
      html,
      400,
      'Содержимое файла не соответствует его имени.',
    ],
    ['a drawing with a script', 'photo.svg', svg, 400, 'Такой файл принять не можем. Подойдут: pdf, png'],
    ['an empty file', 'photo.png', Buffer.alloc(0), 400, 'Файл пуст.'],
    ['a file that is too large', 'a.log', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 413, 'Файл больше 10 МБ.'],
    ['a file much too large', 'a.log', Buffer.alloc(21 * 1024 * 1024, 'a'), 413, 'Файл больше 10 МБ.'],
  ])('is told why %s is not taken', async (_, name, bytes, status, text) => {
    const answer = await upload(bearer(mine), name, bytes)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().refusal.text).toContain(text)
  })

  test('cannot write outside of the folder, by no name', async () => {
    for (const name of ['../../../../tmp/evil.log', '..\\..\\evil.log', '/etc/cron.d/evil.log']) {
      const sent = await upload(bearer(mine), name, log)
      expect([sent.statusCode, sent.json().name]).toEqual([201, 'evil.log'])
    }
    const traps = zipOf({ '../../evil.sh': 'x', '/etc/passwd': 'x' })
    expect((await upload(bearer(mine), 'traps.zip', traps)).statusCode).toBe(201)
  })

  test('cannot send into, or take from, the conversation of another', async () => {
    const into = await upload(bearer(mine), 'a.png', png, { to: foreignConversation })
    expect([into.statusCode, into.json().refusal.key]).toEqual([404, 'refusal.notFound'])
    const theirs = await upload(bearer(foreign), 'a.png', png, { to: foreignConversation })
    const taken = await get(theirs.json().path, bearer(mine))
    expect([taken.statusCode, taken.json().refusal.key]).toEqual([404, 'refusal.file.missing'])
    const missing = await get('/api/uploads/00000000-0000-4000-8000-000000000000', bearer(mine))
    expect([missing.statusCode, missing.body]).toEqual([taken.statusCode, taken.body])
  })

  test.each([
    ['no token', {}],
    ['an unknown token', bearer('made-up')],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${mine}` }],
  ])('with %s gets nowhere', async (_, headers) => {
    const { path } = (await upload(bearer(mine), 'a.png', png)).json()
    expect((await upload(headers, 'a.png', png)).statusCode).toBe(401)
    expect((await get(path, headers)).statusCode).toBe(401)
  })

  test.each(['../../etc/passwd', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', 'incoming', 'x'])(
    'finds no file by the id %s',
    async (id) => {
      const answer = await get(`/api/uploads/${id}`, bearer(mine))
      expect([400, 404]).toContain(answer.statusCode)
    },
  )

  test.each([
    ['a field of another name', { field: 'avatar' }],
    ['a conversation that is none', { to: 'x' }],
  ])('is refused %s', async (_, change) => {
    expect((await upload(bearer(mine), 'a.png', png, change)).statusCode).toBe(400)
  })

  test.each([
    ['in the middle of the file', 0.5],
    ['before the file begins', 0.05],
  ])('is asked to send again what broke off %s', async (_, part) => {
    const { headers, payload } = await form('a.log', Buffer.alloc(2_000, 'a'))
    const answer = await served.app.inject({
      method: 'POST',
      url: `/api/uploads?conversation=${conversation}`,
      headers: { ...bearer(mine), ...headers },
      payload: payload.subarray(0, payload.length * part),
    })
    expect([answer.statusCode, answer.json().refusal]).toEqual([
      400,
      { key: 'refusal.file.incomplete', text: 'Файл передан не полностью. Отправьте его ещё раз.' },
    ])
  })

  test('is refused what is no form', async () => {
    const answer = await served.app.inject({
      method: 'POST',
      url: `/api/uploads?conversation=${conversation}`,
      headers: bearer(mine),
      payload: { file: 'x' },
    })
    expect([answer.statusCode, answer.json().refusal.key]).toEqual([406, 'refusal.invalid'])
  })

  test('sends no more than thirty files a minute', async () => {
    const token = 'a-token-in-a-hurry'
    const to = await served.visitor(token)
    const answers = []
    for (let i = 0; i < 31; i++) answers.push(await upload(bearer(token), 'a.svg', svg, { to }))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([...Array(30).fill(400), 429])
    expect(answers.at(-1)?.json().refusal.key).toBe('refusal.tooOften')
  })
})

describe('an operator', () => {
  test('sends into conversations of their desks and sees what visitors sent', async () => {
    const sent = await upload({ ...own, ...operator }, 'a.png', png)
    expect(sent.statusCode).toBe(201)
    expect((await get(sent.json().path, operator)).rawPayload).toEqual(png)
    expect((await get(sent.json().path, bearer(mine))).rawPayload).toEqual(png)
  })

  test('is kept out of other desks', async () => {
    expect((await upload({ ...own, ...operator }, 'a.png', png, { to: elsewhere })).statusCode).toBe(404)
    await served.database.sql`
      update uploads set conversation_id = ${elsewhere} where id = (
        select id from uploads where operator_id is not null limit 1)`
    const [moved] = await served.database.sql`select id from uploads where conversation_id = ${elsewhere}`
    expect((await get(`/api/uploads/${moved?.id}`, operator)).statusCode).toBe(404)
  })

  test("is protected from another site's form", async () => {
    for (const headers of [operator, { ...own, ...operator, origin: 'https://evil.test' }]) {
      const answer = await upload(headers, 'a.png', png)
      expect([answer.statusCode, answer.json().refusal.key]).toEqual([403, 'refusal.forbidden'])
    }
  })
})

describe('over a real connection', () => {
  let port: number
  beforeAll(async () => {
    await served.app.listen({ host: '127.0.0.1', port: 0 })
    port = (served.app.server.address() as AddressInfo).port
  })

  const send = (headers: Record<string, string>, answered: (response: IncomingMessage) => void) =>
    httpRequest(
      {
        port,
        method: 'POST',
        path: `/api/uploads?conversation=${foreignConversation}`,
        headers: { ...bearer(foreign), ...headers },
      },
      answered,
    )

  test('the refusal is read even while the file is still being sent', async () => {
    const { headers, payload } = await form('photo.svg', Buffer.alloc(9 * 1024 * 1024, 'a'))
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      send(headers, resolve).on('error', reject).end(payload)
    })
    expect([answer.statusCode, JSON.parse(await text(answer)).refusal.key]).toEqual([
      400,
      'refusal.file.type',
    ])
  })

  test('a visitor who goes away in the middle leaves nothing behind, and it is no failure of ours', async () => {
    const incoming = join(served.folder, 'uploads/incoming')
    const { headers, payload } = await form('a.log', Buffer.alloc(1024 * 1024, 'a'))
    const sending = send({ ...headers, 'content-length': String(payload.length) }, () => undefined)
    sending.on('error', () => undefined)
    sending.write(payload.subarray(0, 512 * 1024))
    await vi.waitFor(() => expect(readdirSync(incoming)).toHaveLength(1), { timeout: 10_000 })
    sending.destroy()
    await vi.waitFor(() => expect(readdirSync(incoming)).toEqual([]), { timeout: 10_000 })
    await served.app.close()
    expect(served.logged.join('')).not.toContain('a request failed')
  })
})
