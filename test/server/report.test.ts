import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Activity } from '../../engine/conversation/content.ts'
import type { WireOperator } from '../../engine/wireConsole.ts'
import type { Report } from '../../engine/wireReport.ts'
import { type ConsoleClient, consoleClient, hireOperator, signIn } from '../support/consoleClient.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { settableClock } from '../support/settableClock.ts'
import { twoDesks } from '../support/twoDesks.ts'
import { until } from '../support/until.ts'
import {
  asksForPerson,
  registers,
  told,
  type VisitorClient,
  visitorClient,
} from '../support/visitorClient.ts'

/*
 * A week of a desk, lived through the real server: the report must say what the history says, to the last ticket.
 */

let postgres: TestPostgres
let server: TestServer
let supervisor: string
let aigerim: ConsoleClient
let timur: ConsoleClient
const opened: { leaves(): void }[] = []
const clock = settableClock()

const get = (path: string, cookie?: string) =>
  fetch(`${server.url}/api/console/${path}`, {
    headers: { 'accept-language': 'ru', ...(cookie && { cookie }) },
  })
async function report(query: string, cookie = supervisor): Promise<Report> {
  const response = await get(`report?${query}`, cookie)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as Report
}
const week = 'from=2026-11-20&to=2026-11-26'

async function visits(desk = 'edoc'): Promise<VisitorClient> {
  const visitor = await visitorClient(server.url, { desk, language: 'ru' })
  opened.push(visitor)
  return visitor
}
async function asks(desk = 'edoc'): Promise<VisitorClient> {
  const visitor = await visits(desk)
  await asksForPerson(visitor)
  return visitor
}
async function pass(minutes: number): Promise<void> {
  clock.pass({ minutes })
  await server.wake()
}
/** Waits until the history has so many breaches of the week. */
const breaches = (count: number) =>
  until(
    async () =>
      (await history()).filter(({ activity }) => activity?.type === 'firstResponseBreached').length === count,
    `${count} breaches`,
  )
async function answers(operator: ConsoleClient, { conversationId }: VisitorClient): Promise<void> {
  await operator.act(conversationId, { type: 'took' })
  expect(await operator.act(conversationId, { type: 'replied', text: 'Здравствуйте!' })).toMatchObject({
    ok: true,
  })
}
const resolves = async (operator: ConsoleClient, { conversationId }: VisitorClient) =>
  expect(await operator.act(conversationId, { type: 'resolved' })).toMatchObject({ ok: true })

beforeAll(async () => {
  postgres = await startPostgres()
  clock.at('2026-11-19T18:59:59.000Z')
  server = await startServer({ database: postgres.url, env: { DESKS_DIR: twoDesks() }, clock })
  aigerim = await consoleClient(server.url, await hireOperator(server.url, { name: '=Айгерім' }))
  timur = await consoleClient(
    server.url,
    await hireOperator(server.url, { name: 'Тимур', desks: ['edoc', 'second'] }),
  )
  opened.push(aigerim, timur)

  // the last second of Thursday, before the period
  await asks()

  // Friday 17:50: answered on Monday at 09:04, which is 14 working minutes later; resolved at 10:00, rated five
  clock.at('2026-11-20T12:50:00.000Z')
  const friday = await visits()
  await registers(friday, { ...told.request, description: `=1+1; ИИН ${told.identity.iin}` })
  clock.at('2026-11-23T04:04:00.000Z')
  await answers(aigerim, friday)
  clock.at('2026-11-23T05:00:00.000Z')
  await resolves(aigerim, friday)
  await friday.presses('rate:4')
  await friday.presses('rate:5')

  // Monday 10:00: answered after 20 minutes, which is too late; resolved after three hours, rated two, opened again
  const late = await asks()
  await pass(20)

  await breaches(1)
  await answers(timur, late)
  await pass(160)
  await resolves(timur, late)
  await late.presses('rate:2')
  await late.presses('reopen')

  // Monday 13:00: answered at once, and left at that
  await answers(timur, await asks())

  // nobody answers this one, and its time is over; the one at the other desk is not this supervisor's
  await asks()
  await asks('second')
  await pass(60)
  await breaches(2)

  // the FAQ helps one; another reads and asks for a person all the same; a third only opens the chat
  const helped = await visits()
  await helped.presses('article:edoc.document-status')
  await helped.presses('helped')
  const unhelped = await visits()
  await unhelped.presses('article:edoc.browser')
  await unhelped.presses('article:edoc.bug-report')
  await asksForPerson(unhelped)
  await visits()
  supervisor = await hireOperator(server.url, { name: 'Гүлнар', role: 'supervisor' })
})
afterAll(async () => {
  for (const client of opened) client.leaves()
  await server.stop()
  await postgres.stop()
  removeDataFolders()
})

/** What the messages themselves record of the edoc desk's conversations that began in the week. */
async function history() {
  return server.sql<
    { conversation: string; activity: Activity | null; choice: string | null; visitor: boolean }[]
  >`
    select m.conversation_id as conversation, m.content->'activity' as activity, m.content->>'choice' as choice,
      m.author->>'kind' = 'visitor' as visitor
    from messages m join conversations c on c.id = m.conversation_id
    where c.desk = 'edoc' and c.created_at >= '2026-11-20T00:00:00+05:00' order by m.conversation_id, m.seq`
}

describe('the report of a week', () => {
  it('agrees with what the history records', async () => {
    const rows = await history()
    const activities = rows.flatMap(({ conversation, activity }) =>
      activity ? [{ conversation, activity }] : [],
    )
    const count = (type: Activity['type']) =>
      activities.filter(({ activity }) => activity.type === type).length
    const conversations = (fits: (row: (typeof rows)[number]) => boolean) =>
      new Set(rows.filter(fits).map(({ conversation }) => conversation)).size
    const finalRatings = new Map(
      activities.flatMap(({ conversation, activity }) =>
        activity.type === 'rated' ? [[conversation, activity.stars]] : [],
      ),
    )
    const made = await report(week)

    expect(made.registered).toBe(count('registered'))
    expect(made.firstResponse.met).toBe(count('firstResponseMet'))
    expect(made.firstResponse.breached).toBe(count('firstResponseBreached'))
    expect(made.firstResponse.open).toBe(
      count('registered') - count('firstResponseMet') - count('firstResponseBreached'),
    )
    expect(made.resolution.resolved).toBe(count('resolved') - count('reopened'))
    expect(made.resolution.met).toBe(count('resolutionMet') - count('reopened'))
    expect(made.resolution.breached).toBe(count('resolutionBreached'))
    expect(made.resolution.met + made.resolution.breached + made.resolution.open).toBe(count('registered'))
    expect(made.satisfaction.stars).toEqual(
      [1, 2, 3, 4, 5].map((stars) => [...finalRatings.values()].filter((one) => one === stars).length),
    )
    expect(made.deflection).toMatchObject({
      begun: conversations(({ visitor }) => visitor),
      withArticle: conversations(({ activity }) => activity?.type === 'articleShown'),
      articlesShown: count('articleShown'),
      helped: conversations(({ choice }) => choice === 'helped'),
      toPerson: conversations(({ activity }) => activity?.type === 'registered'),
    })
  })

  it('has the numbers of this very week, in working time', async () => {
    const made = await report(week)
    expect(made.registered).toBe(5)
    expect(made.firstResponse).toEqual({
      met: 2,
      breached: 2,
      open: 1,
      workingMinutes: { median: 14, p90: 20 },
    })
    expect(made.resolution).toEqual({
      met: 1,
      breached: 0,
      open: 4,
      resolved: 1,
      workingHours: { median: 70 / 60, p90: 70 / 60 },
    })
    expect(made.satisfaction).toEqual({ asked: 2, rated: 2, average: 3.5, stars: [0, 1, 0, 0, 1] })
    expect(made.deflection).toMatchObject({
      begun: 6,
      withArticle: 2,
      articlesShown: 3,
      helped: 1,
      toPerson: 5,
    })
    expect(made.days.map(({ on, registered }) => [on.slice(8), registered])).toEqual([
      ['20', 1],
      ['21', 0],
      ['22', 0],
      ['23', 4],
      ['24', 0],
      ['25', 0],
      ['26', 0],
    ])
    const busy = made.hours.flatMap((hours, day) =>
      hours.flatMap((registered, hour) => (registered > 0 ? [[day + 1, hour, registered]] : [])),
    )
    expect(busy).toEqual([
      [1, 10, 1],
      [1, 13, 2],
      [1, 14, 1],
      [5, 17, 1],
    ])
  })

  it('begins and ends with the desk’s local days', async () => {
    expect((await report('from=2026-11-19&to=2026-11-19')).registered).toBe(1)
    expect((await report('from=2026-11-19&to=2026-11-20')).registered).toBe(2)
    expect((await report('from=2026-11-20&to=2026-11-20')).registered).toBe(1)
    expect((await report('from=2026-11-21&to=2026-11-22')).registered).toBe(0)
  })

  it('is narrowed to a channel, to a desk, to an operator and to a level', async () => {
    expect((await report(`${week}&channel=widget&desk=edoc`)).registered).toBe(5)
    expect((await report(`${week}&channel=telegram`)).registered).toBe(0)
    const made = await report(`${week}&operator=${aigerim.hello.me.id}`)
    expect([made.registered, made.firstResponse.met, made.deflection]).toEqual([1, 1, null])
    expect((await report(`${week}&level=vip`)).registered).toBe(0)
    expect((await report(`${week}&level=basic`)).registered).toBe(5)
  })

  it('is exported ticket by ticket, with nobody’s IIN and no formula', async () => {
    const response = await get(`report.csv?${week}&desk=&channel=&operator=`, supervisor)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toContain('tickets-2026-11-20-2026-11-26.csv')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [heading, ...lines] = new TextDecoder().decode(bytes).trimEnd().split('\r\n')
    expect(heading?.split(',').slice(0, 4)).toEqual(['Номер', 'Служба', 'Канал', 'Уровень'])
    expect(lines).toHaveLength(5)
    const masked = `••••••••${told.identity.iin.slice(-4)}`
    expect(lines[0]).toBe(
      '1002,Техническая поддержка E-DOC,Чат на портале,базовый,обычный,2026-11-20 17:50,2026-11-23 09:05,' +
        '2026-11-23 09:04,соблюдён,14,2026-11-24 17:50,2026-11-23 10:00,соблюдён,решено,' +
        `70,5,,'=Айгерім,"'=1+1, ИИН ${masked}"`,
    )
    expect(lines.join()).not.toContain(told.identity.iin)
  })
})

describe('the report is for supervisors and administrators, of their own desks', () => {
  it.each(['report', 'report.csv'])('%s: nobody else gets it', async (path) => {
    expect((await get(`${path}?${week}`)).status).toBe(401)
    const operator = await hireOperator(server.url, { name: 'Данияр' })
    expect((await get(`${path}?${week}`, operator)).status).toBe(403)
    expect((await get(`${path}?${week}&desk=second`, supervisor)).status).toBe(404)
    expect((await get(`${path}?${week}&desk=__proto__`, supervisor)).status).toBe(404)
  })

  it('an administrator’s is of every desk', async () => {
    const administrator = await signIn(server.url)
    expect((await report(week, administrator)).registered).toBe(6)
    expect((await report(`${week}&desk=second`, administrator)).registered).toBe(1)
  })

  it.each([
    ['no period', ''],
    ['half a period', 'from=2026-11-20'],
    ['no dates', 'from=yesterday&to=today'],
    ['a day that is not there', 'from=2026-02-30&to=2026-03-01'],
    ['a period that ends before it begins', 'from=2026-11-21&to=2026-11-20'],
    ['more than 370 days', 'from=2025-11-20&to=2026-11-25'],
    ['another age', 'from=0001-01-01&to=0001-01-02'],
    ['a channel that is not there', `${week}&channel=pigeon`],
    ['a level that is not there', `${week}&level=gold`],
    ['an operator who is no id', `${week}&operator=1%20or%201=1`],
    ['a filter twice', `${week}&desk=edoc&desk=second`],
  ])('%s is refused', async (_, query) => {
    const response = await get(`report?${query}`, supervisor)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ refusal: { key: 'refusal.invalid' } })
  })

  it('370 days are not too many', async () => {
    expect((await report('from=2025-11-20&to=2026-11-24')).days).toHaveLength(370)
  })

  it('somebody who is no longer a supervisor gets none', async () => {
    const cookie = await hireOperator(server.url, { name: 'Бывшая', role: 'supervisor' })
    const me = (await (await get('me', cookie)).json()) as WireOperator
    await fetch(`${server.url}/api/console/operators/${me.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-komekshi': '1', cookie: await signIn(server.url) },
      body: JSON.stringify({ role: 'operator' }),
    })
    expect((await get(`report?${week}`, cookie)).status).toBe(403)
  })
})
