import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WireRefusal } from '../../engine/wire.ts'
import type { HandRequest, WireRegistered } from '../../engine/wireRequests.ts'
import { say } from '../../locales/index.ts'
import { type ConsoleClient, consoleClient, hireOperator, signIn } from '../support/consoleClient.ts'
import { someone } from '../support/conversation.ts'
import { keepContract, vip } from '../support/keepContract.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { settableClock } from '../support/settableClock.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'
import { until } from '../support/until.ts'
import { png } from './uploads/samples.ts'

/*
 * Requests that came by telephone or as an official letter, put down by operators: edoc regulation, §4, §8 and the SLA
 * section. Monday 23 November 2026, 10:00 in Almaty.
 */

let postgres: TestPostgres
let smtp: TestSmtp
let server: TestServer
let saule: ConsoleClient
let sauleCookie: string
let colleague: ConsoleClient
let colleagueCookie: string
let elsewhereCookie: string
const clock = settableClock()

beforeAll(async () => {
  ;[postgres, smtp] = await Promise.all([startPostgres(), startSmtp()])
  clock.at('2026-11-23T05:00:00.000Z')
  server = await startServer({
    database: postgres.url,
    clock,
    env: { SMTP_URL: smtp.url, SMTP_FROM: 'help@desk.test', PUBLIC_URL: 'https://help.desk.test' },
  })
  sauleCookie = await hireOperator(server.url, { name: 'Сәуле Ермекова' })
  colleagueCookie = await hireOperator(server.url, { name: 'Данияр Омаров', desks: ['edoc', 'sts'] })
  elsewhereCookie = await hireOperator(server.url, { name: 'Тимур Ким', desks: ['sts'] })
  saule = await consoleClient(server.url, sauleCookie)
  colleague = await consoleClient(server.url, colleagueCookie)
  await keepContract(server.url, await signIn(server.url), 'edoc', { bin: someone.bin, ...vip })
})
afterAll(async () => {
  saule?.leaves()
  colleague?.leaves()
  await server?.stop()
  await Promise.all([postgres?.stop(), smtp?.stop()])
  removeDataFolders()
})

type Answer =
  | { readonly status: 200; readonly body: WireRegistered }
  | { readonly status: number; readonly refusal: WireRefusal }

async function post<T>(path: string, body: unknown, cookie: string, headers: object = { 'x-komekshi': '1' }) {
  const response = await fetch(`${server.url}/api/console/requests${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'ru', cookie, ...headers },
    body: JSON.stringify(body),
  })
  const read = (await response.json()) as { readonly refusal: WireRefusal } & T
  return { status: response.status, ...(response.ok ? { body: read as T } : { refusal: read.refusal }) }
}

const aRequest = (facts: Partial<HandRequest> = {}): HandRequest => ({
  id: randomUUID(),
  desk: 'edoc',
  channel: 'phone',
  language: 'kk',
  values: { description: 'Перезвоните: архив не открывается.' },
  files: [],
  priority: 'normal',
  answersTo: '',
  takes: true,
  ...facts,
})
const send = (request: unknown, cookie = sauleCookie) =>
  post<WireRegistered>('', request, cookie) as Promise<Answer>

async function registers(facts: Partial<HandRequest> = {}, cookie = sauleCookie): Promise<WireRegistered> {
  const answer = await send(aRequest(facts), cookie)
  if (!('body' in answer)) throw new Error(answer.refusal.text)
  return answer.body
}

/** Where a request's files go meanwhile. */
async function placeOf(request: HandRequest, cookie = sauleCookie): Promise<string> {
  const { id, desk, channel, language } = request
  const placed = await post<{ conversationId: string }>('/place', { id, desk, channel, language }, cookie)
  if (!('body' in placed)) throw new Error(placed.refusal.text)
  return placed.body.conversationId
}

async function upload(conversation: string, cookie = sauleCookie, name = 'хат.png'): Promise<string> {
  const data = new FormData()
  data.append('file', new Blob([new Uint8Array(png)]), name)
  const response = await fetch(`${server.url}/api/uploads?conversation=${conversation}`, {
    method: 'POST',
    headers: { 'x-komekshi': '1', cookie },
    body: data,
  })
  if (!response.ok) throw new Error(await response.text())
  return ((await response.json()) as { id: string }).id
}

const detailOf = async (conversationId: string) => {
  const opened = await saule.open(conversationId)
  if (!opened.ok) throw new Error(opened.refusal.text)
  return opened.detail
}
const tickets = async () =>
  (await server.sql<{ count: number }[]>`select count(*)::int as count from tickets`)[0]?.count

describe('a request that an operator puts down', () => {
  it('has a number and its clocks, is the operator’s, and is in everybody’s queue at the desk', async () => {
    const { conversationId, number } = await registers()
    const row = await colleague.seesRow(conversationId)
    expect(row).toMatchObject({
      ticketNumber: number,
      channel: 'phone',
      language: 'kk',
      stage: 'live',
      operator: { name: 'Сәуле Ермекова' },
      name: null,
      firstResponse: { dueAt: '2026-11-24T05:00:00.000Z' },
    })
    const detail = await detailOf(conversationId)
    expect(detail.mailedTo).toBeNull()
    expect(detail.missing.map(({ id }) => id)).toContain('iin')
  })

  it('waits in the queue when the operator does not keep it', async () => {
    const { conversationId } = await registers({ takes: false })
    expect(await colleague.seesRow(conversationId)).toMatchObject({ stage: 'waiting', operator: null })
  })

  it('of VIP that is urgent is promised within one working hour, a letter closed within two days (SLA section)', async () => {
    const values = { bin: someone.bin, description: 'Перезвоните' }
    const call = await registers({ values, priority: 'urgent' })
    expect(await saule.seesRow(call.conversationId)).toMatchObject({
      level: 'vip',
      priority: 'urgent',
      firstResponse: { dueAt: '2026-11-23T06:00:00.000Z' },
      resolution: { dueAt: '2026-11-24T05:00:00.000Z' },
    })
    const letter = await registers({ values, channel: 'letter' })
    expect(await saule.seesRow(letter.conversationId)).toMatchObject({
      level: 'vip',
      channel: 'letter',
      firstResponse: { dueAt: '2026-11-23T07:00:00.000Z' },
      resolution: { dueAt: '2026-11-25T05:00:00.000Z' },
    })
  })

  it('sent again is the same one, also at the same time, and by its id it is nobody else’s', async () => {
    const request = aRequest()
    const before = await tickets()
    const answers = await Promise.all([send(request), send(request), send(request)])
    const again = await send(request)
    const numbers = [...answers, again].map((answer) => ('body' in answer ? answer.body.number : answer))
    expect(new Set(numbers).size).toBe(1)
    expect(await tickets()).toBe(Number(before) + 1)
    const theirs = await send(request, colleagueCookie)
    expect('body' in theirs && theirs.body.number).not.toBe(numbers[0])
  })

  it('is registered by those who work at the desk, signed in, from our own page', async () => {
    expect(await send(aRequest(), elsewhereCookie)).toMatchObject({
      status: 404,
      refusal: { key: 'refusal.unknownDesk' },
    })
    expect(await send(aRequest({ desk: 'nowhere' }))).toMatchObject({ status: 404 })
    expect(await send(aRequest(), '')).toMatchObject({ status: 401 })
    expect(await post('', aRequest(), sauleCookie, {})).toMatchObject({ status: 403 })
    const { id, desk, channel, language } = aRequest()
    expect(await post('/place', { id, desk, channel, language }, elsewhereCookie)).toMatchObject({
      status: 404,
    })
  })

  it.each([
    { channel: 'widget' },
    { channel: 'telegram' },
    { priority: 'low' },
    { id: 'one' },
    { takes: 'yes' },
    { files: ['x'] },
    { language: 'en' },
  ])('cannot be anything else: %o', async (facts) => {
    expect(await send({ ...aRequest(), ...facts })).toMatchObject({
      status: 400,
      refusal: { key: 'refusal.invalid' },
    })
  })

  it('says by field what is wrong, in the operator’s language, keeps nothing, and takes it corrected', async () => {
    const request = aRequest({
      values: { iin: '123', contact: 'нет', description: ' ' },
      answersTo: 'не адрес',
    })
    const before = await tickets()
    const answer = await send(request)
    expect(answer).toMatchObject({ status: 400, refusal: { key: 'refusal.check' } })
    expect('refusal' in answer && answer.refusal.fields).toMatchObject({
      iin: expect.stringMatching(/ИИН/),
      contact: expect.any(String),
      description: say.ru('field.required'),
      answersTo: expect.any(String),
    })
    expect(await tickets()).toBe(before)
    expect(
      await server.sql`select 1 from addresses where address like ${`%${request.id}`}`,
      'no conversation is left behind',
    ).toHaveLength(0)
    const corrected = await send({ ...request, values: { description: 'Архив' }, answersTo: '' })
    expect(corrected.status).toBe(200)
  })

  it('says which answer is too long', async () => {
    const answer = await send(aRequest({ values: { description: 'а'.repeat(4_001) } }))
    expect('refusal' in answer && answer.refusal.fields).toEqual({
      description: say.ru('field.tooLong'),
    })
  })
})

describe('the report on such requests', () => {
  type Reported = {
    readonly tickets?: { registered: number }
    readonly deflection: { begun: number; toPerson: number }
  }
  const report = async (channel: string) => {
    const query = new URLSearchParams({
      from: '2026-11-23',
      to: '2026-11-23',
      desk: '',
      channel,
      operator: '',
      level: '',
    })
    const response = await fetch(`${server.url}/api/console/report?${query}`, {
      headers: { cookie: await signIn(server.url), 'accept-language': 'ru' },
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as Reported
  }

  it('counts them by how they came, and none of them as a conversation that the assistant could have spared', async () => {
    const before = [await report(''), await report('letter')]
    await registers({ channel: 'letter' })
    const after = [await report(''), await report('letter')]
    expect(after.map(({ deflection }) => deflection)).toEqual(before.map(({ deflection }) => deflection))
    const csv = await fetch(
      `${server.url}/api/console/report.csv?from=2026-11-23&to=2026-11-23&desk=&channel=letter&operator=&level=`,
      { headers: { cookie: await signIn(server.url), 'accept-language': 'ru' } },
    )
    expect(await csv.text()).toContain('Официальное письмо')
  })
})

describe('the files of such a request', () => {
  it('are sent for it first, and are then the request’s', async () => {
    const request = aRequest({ channel: 'letter' })
    const place = await placeOf(request)
    const file = await upload(place)
    const shown = await colleague.open(place)
    expect(shown.ok).toBe(false)
    const { conversationId } = await registers({ ...request, files: [file] })
    expect(conversationId).toBe(place)
    expect((await detailOf(conversationId)).files).toMatchObject([{ id: file, name: 'хат.png', image: true }])
  })

  it('go along when another desk or way of coming is chosen, where that desk takes them', async () => {
    const request = aRequest()
    const file = await upload(await placeOf(request, colleagueCookie), colleagueCookie)
    const moved: HandRequest = { ...request, desk: 'sts', channel: 'letter', files: [file] }
    const { conversationId } = await registers(moved, colleagueCookie)
    const [row] = await server.sql<{ id: string }[]>`
      select conversation_id as id from uploads where id = ${file}`
    expect(row?.id).toBe(conversationId)
    expect(await colleague.seesRow(conversationId)).toMatchObject({ desk: 'sts', channel: 'letter' })
  })

  it('are never another operator’s, nor another request’s', async () => {
    const theirs = aRequest()
    const foreign = await upload(await placeOf(theirs, colleagueCookie), colleagueCookie)
    const refused = { status: 400, refusal: { key: 'refusal.file.missing' } }
    expect(await send(aRequest({ files: [foreign] }))).toMatchObject(refused)
    expect(await send({ ...theirs, files: [foreign] })).toMatchObject(refused)
    const own = await upload(await placeOf(aRequest()))
    expect(await send(aRequest({ files: [own] }))).toMatchObject(refused)
    expect(await send(aRequest({ files: [randomUUID()] }))).toMatchObject(refused)
  })

  it('show nowhere before the request is registered', async () => {
    const request = aRequest()
    const counted = () => server.metric('komekshi_conversations{desk="edoc",stage="asking"}')
    const before = await counted()
    const place = await placeOf(request)
    await upload(place)
    const late = await consoleClient(server.url, colleagueCookie)
    expect(late.rows.has(place)).toBe(false)
    late.leaves()
    expect(await counted()).toBe(before)
  })
})

describe('the answers to somebody who called or wrote on paper', () => {
  it('go by e-mail when one is given, in the language that was chosen; the address is masked', async () => {
    const { conversationId, number } = await registers({
      channel: 'letter',
      language: 'kk',
      answersTo: ' asel@Mail.test ',
    })
    expect((await detailOf(conversationId)).mailedTo).toBe('a•••@mail.test')
    const registered = await smtp.receives('asel@mail.test')
    expect(registered.text).toContain(`№ ${number}`)
    await saule.act(conversationId, { type: 'replied', text: 'Мұрағат ашылды.' })
    const answered = await smtp.receives('asel@mail.test', ({ text }) => text.includes('Мұрағат ашылды.'))
    expect(answered.subject).toContain(String(number))
    for (const { text } of smtp.to('asel@mail.test')) expect(text).not.toMatch(/[Сс]пециалист|обращени/)
  })

  it('go to the desk’s own e-mail field where it asks for one', async () => {
    const values = { description: 'Нет доступа', email: 'office@mail.test' }
    const { conversationId } = await registers({ desk: 'sts', values }, colleagueCookie)
    const opened = await colleague.open(conversationId)
    expect(opened.ok && opened.detail.mailedTo).toBe('o•••@mail.test')
  })

  it('go to the address that was given last, when the first try was refused', async () => {
    const request = aRequest({ answersTo: 'first@mail.test' })
    const place = await placeOf(request)
    await send({ ...request, values: { description: '' } })
    const { conversationId } = await registers({ ...request, answersTo: 'second@mail.test', language: 'ru' })
    expect(conversationId).toBe(place)
    const detail = await detailOf(conversationId)
    expect(detail.mailedTo).toBe('s•••@mail.test')
    expect(detail.row.language).toBe('ru')
  })

  it('are not sent where no e-mail can be, whatever address was given', async () => {
    const silent = await startServer({ database: postgres.url, clock })
    const desk = await consoleClient(silent.url, sauleCookie)
    expect([saule.hello.sendsMail, desk.hello.sendsMail]).toEqual([true, false])
    const response = await fetch(`${silent.url}/api/console/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-komekshi': '1', cookie: sauleCookie },
      body: JSON.stringify(aRequest({ answersTo: 'nobody@mail.test' })),
    })
    const { conversationId } = (await response.json()) as WireRegistered
    const opened = await desk.open(conversationId)
    expect(opened.ok && opened.detail.mailedTo).toBeNull()
    desk.leaves()
    await silent.stop()
  })

  it('are only put down without one: nothing is sent', async () => {
    const { conversationId } = await registers()
    await saule.act(conversationId, { type: 'replied', text: 'Объяснила по телефону.' })
    await until(
      async () => (await saule.thread(conversationId)).some(({ author }) => author.kind === 'operator'),
      'the answer is in the thread',
    )
    expect(await server.sql`select 1 from outbox where conversation_id = ${conversationId}`).toHaveLength(0)
  })
})
