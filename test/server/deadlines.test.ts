import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleClient, consoleClient, hireOperator, historyOf } from '../support/consoleClient.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { postgresOfFile } from '../support/postgresOfFile.ts'
import { dataFolder, startServer, type TestServer } from '../support/server.ts'
import { mondayMorning, settableClock } from '../support/settableClock.ts'
import { until } from '../support/until.ts'
import { asksForPerson, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/*
 * The promise of product.md: the first answer of a person within 15 working minutes, warned at 5 and 10. Time is the
 * server's clock, moved by hand.
 */

const warningAt = (minutes: number) => `Первый ответ ждут уже ${minutes} рабочих минут`
const breach = 'Срок первого ответа нарушен'
const kept = 'Первый ответ дан в срок'
const warnings = 'komekshi_first_response_warnings_total{desk="edoc"}'
const breaches = 'komekshi_first_response_breaches_total{desk="edoc"}'

const postgres = postgresOfFile()

const opened = leftAfterEach()

async function registered(server: TestServer): Promise<VisitorClient> {
  const visitor = await visitorClient(server.url, { language: 'ru' })
  opened.push(visitor)
  await asksForPerson(visitor)
  return visitor
}

async function operatorAt(server: TestServer, name = 'Айгерім'): Promise<ConsoleClient> {
  const operator = await consoleClient(server.url, await hireOperator(server.url, { name }))
  opened.push(operator)
  return operator
}

/** Moves the server's clock and lets it look. */
async function pass(server: TestServer, minutes: number, seconds = 0): Promise<void> {
  server.clock.pass({ minutes, seconds })
  await server.wake()
}

/** What the history says of the promise, once it says `what`. */
const promiseHistory = (operator: ConsoleClient, { conversationId }: VisitorClient, what: string) =>
  until(
    async () => {
      const lines = historyOf(await operator.thread(conversationId)).filter((line) =>
        /Первый ответ|Срок первого/.test(line),
      )
      return lines.includes(what) && lines
    },
    what,
    // seldom enough for what a console may ask
    { everyMilliseconds: 150 },
  )

const timersOf = async ({ sql }: TestServer, { conversationId }: VisitorClient) =>
  Object.fromEntries(
    (
      await sql<{ name: string; dueAt: string }[]>`
        select name, due_at as "dueAt" from timers
        where conversation_id = ${conversationId} and name like 'firstResponse.%'`
    ).map(({ name, dueAt }) => [name, dueAt]),
  )

describe('the promise of a first answer (product.md, first response)', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ database: postgres.url })
  })
  afterAll(() => server.stop())
  afterEach(() => server.clock.at(mondayMorning))

  it('registration sets the deadlines at 5, 10 and 15 working minutes', async () => {
    const visitor = await registered(server)
    expect(await timersOf(server, visitor)).toEqual({
      'firstResponse.warning.5': '2026-11-23T05:05:00.000Z',
      'firstResponse.warning.10': '2026-11-23T05:10:00.000Z',
      'firstResponse.breach': '2026-11-23T05:15:00.000Z',
    })
  })

  it('each is raised at its moment, put down in the history and counted', async () => {
    const operator = await operatorAt(server)
    const visitor = await registered(server)
    const [warned, broken] = await Promise.all([server.metric(warnings), server.metric(breaches)])
    await pass(server, 5)
    expect(await promiseHistory(operator, visitor, warningAt(5))).toEqual([warningAt(5)])
    expect(
      await operator.seesRow(visitor.conversationId, (row) => row.firstResponse?.warned === 1),
    ).toBeTruthy()
    await pass(server, 5)
    expect(await promiseHistory(operator, visitor, warningAt(10))).toEqual([warningAt(5), warningAt(10)])
    await pass(server, 4, 59)
    await pass(server, 0, 1)
    expect(await promiseHistory(operator, visitor, breach)).toEqual([warningAt(5), warningAt(10), breach])
    const row = await operator.seesRow(visitor.conversationId, (one) => one.firstResponse?.breached === true)
    expect(row.firstResponse?.dueAt).toBe('2026-11-23T05:15:00.000Z')
    expect(await timersOf(server, visitor)).toEqual({})
    expect(await server.metric(warnings)).toBeGreaterThanOrEqual(warned + 2)
    expect(await server.metric(breaches)).toBeGreaterThanOrEqual(broken + 1)
    const [ticket] = await server.sql`
      select first_response_breached_at as at from tickets where conversation_id = ${visitor.conversationId}`
    expect(ticket?.at).toBe('2026-11-23T05:15:00.000Z')
  })

  it('the visitor is told nothing of warnings and breaches', async () => {
    const operator = await operatorAt(server)
    const visitor = await registered(server)
    await pass(server, 16)
    await promiseHistory(operator, visitor, breach)
    const { messages } = await visitor.socket.emitWithAck('again')
    expect(JSON.stringify(messages)).not.toMatch(/Срок первого|Первый ответ/)
  })

  it('who took it and says nothing breaks the promise as well', async () => {
    const operator = await operatorAt(server)
    const visitor = await registered(server)
    await operator.act(visitor.conversationId, { type: 'took' })
    await operator.act(visitor.conversationId, { type: 'noted', text: 'разбираюсь' })
    await pass(server, 15, 1)
    expect(await promiseHistory(operator, visitor, breach)).toContain(breach)
  })

  it('an operator who answers keeps it: nothing is raised afterwards', async () => {
    const operator = await operatorAt(server)
    const visitor = await registered(server)
    await pass(server, 5)
    await promiseHistory(operator, visitor, warningAt(5))
    await operator.act(visitor.conversationId, { type: 'took' })
    await operator.act(visitor.conversationId, { type: 'replied', text: 'Здравствуйте!' })
    expect(await timersOf(server, visitor)).toEqual({})
    const other = await registered(server)
    await pass(server, 20)
    await promiseHistory(operator, other, breach)
    expect(await promiseHistory(operator, visitor, kept)).toEqual([warningAt(5), kept])
  })

  it("the assistant's words and internal notes do not (product.md: only an operator's message is a first response)", async () => {
    const operator = await operatorAt(server)
    const visitor = await registered(server)
    await visitor.writes('есть кто-нибудь?')
    await visitor.presses('operator')
    await visitor.sees('у специалистов')
    await operator.act(visitor.conversationId, { type: 'noted', text: 'вижу' })
    expect(Object.keys(await timersOf(server, visitor))).toHaveLength(3)
    await pass(server, 15, 1)
    await promiseHistory(operator, visitor, breach)
  })

  it('an answer that comes late is counted as late', async () => {
    const operator = await operatorAt(server)
    const visitor = await registered(server)
    await operator.act(visitor.conversationId, { type: 'took' })
    await pass(server, 30)
    await promiseHistory(operator, visitor, breach)
    const late = 'komekshi_first_responses_total{desk="edoc",verdict="breached"}'
    // who said nothing for so long has it no more
    await operator.seesRow(visitor.conversationId, ({ stage }) => stage === 'waiting')
    await operator.act(visitor.conversationId, { type: 'took' })
    const before = await server.metric(late)
    await operator.act(visitor.conversationId, { type: 'replied', text: 'Простите за ожидание' })
    expect(await server.metric(late)).toBe(before + 1)
    expect(await promiseHistory(operator, visitor, breach)).not.toContain(kept)
  })
})

describe('out of hours the visitor is told the real moment (product.md)', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ database: await postgres.createDatabase() })
  })
  afterAll(() => server.stop())

  it.each([
    {
      when: 'Friday 18:05',
      at: '2026-11-20T13:05:00.000Z',
      dueAt: '2026-11-23T04:15:00.000Z',
      ru: 'в понедельник до 09:15',
      kk: 'дүйсенбіде сағат 09:15-ке дейін',
    },
    {
      when: 'Friday 17:50: ten minutes are left of the day, five go over to Monday',
      at: '2026-11-20T12:50:00.000Z',
      dueAt: '2026-11-23T04:05:00.000Z',
      ru: 'в понедельник до 09:05',
      kk: 'дүйсенбіде сағат 09:05-ке дейін',
    },
    {
      when: 'the evening before Independence Day (Wednesday)',
      at: '2026-12-15T13:30:00.000Z',
      dueAt: '2026-12-17T04:15:00.000Z',
      ru: 'в четверг до 09:15',
      kk: 'бейсенбіде сағат 09:15-ке дейін',
    },
    {
      when: 'the last evening of the year, with New Year on Friday, its second day and Christmas moved around a weekend',
      at: '2026-12-31T13:30:00.000Z',
      dueAt: '2027-01-05T04:15:00.000Z',
      ru: 'во вторник до 09:15',
      kk: 'сейсенбіде сағат 09:15-ке дейін',
    },
    {
      when: 'Monday morning before opening',
      at: '2026-11-23T03:00:00.000Z',
      dueAt: '2026-11-23T04:15:00.000Z',
      ru: 'до 09:15',
      kk: 'сағат 09:15-ке дейін',
    },
  ])('$when', async ({ at, dueAt, ru, kk }) => {
    server.clock.at(at)
    for (const [language, dueText] of Object.entries({ ru, kk })) {
      const visitor = await visitorClient(server.url, { language: language as 'kk' | 'ru' })
      opened.push(visitor)
      await asksForPerson(visitor)
      const card = await until(
        () => visitor.thread.find(({ content }) => content.kind === 'said' && content.ticket)?.content,
        'the ticket card',
      )
      expect(card).toMatchObject({ kind: 'said', ticket: { dueAt, dueText } })
    }
  })
})

describe('a deadline that falls due while the server is down (design §1)', () => {
  it.each(['embedded', 'real'])(
    'is raised at the next start, once, with its own moment (%s)',
    async (kind) => {
      const database = kind === 'real' ? await postgres.createDatabase() : 'embedded'
      const dataDir = dataFolder()
      const clock = settableClock()
      const first = await startServer({ database, dataDir, clock })
      const cookie = await hireOperator(first.url, { name: 'Айгерім' })
      const visitor = await registered(first)
      visitor.leaves()
      await first.stop()

      clock.pass({ minutes: 47 })
      for (const start of ['the next', 'and the one after that']) {
        const again = await startServer({ database, dataDir, clock })
        const operator = await consoleClient(again.url, cookie)
        expect(await promiseHistory(operator, visitor, breach), start).toEqual([
          warningAt(5),
          warningAt(10),
          breach,
        ])
        const rows = await again.sql<{ activity: unknown; at: string }[]>`
        select content->'activity' as activity, at from messages
        where conversation_id = ${visitor.conversationId}
          and content->'activity'->>'type' = 'firstResponseBreached'`
        expect([...rows]).toEqual([
          {
            activity: { type: 'firstResponseBreached', dueAt: '2026-11-23T05:15:00.000Z' },
            at: '2026-11-23T05:47:00.000Z',
          },
        ])
        operator.leaves()
        await again.stop()
      }
    },
  )
})

describe('two servers on one database', () => {
  it('raise each deadline once between them (design §6)', async () => {
    const database = await postgres.createDatabase()
    const clock = settableClock()
    const one = await startServer({ database, clock })
    const other = await startServer({ database, clock, dataDir: one.dataDir })
    const visitors = await Promise.all(Array.from({ length: 20 }, () => registered(one)))
    clock.pass({ minutes: 16 })
    await one.wake()
    await until(async () => {
      const [left] = await one.sql<
        { count: number }[]
      >`select count(*)::int as count from timers where name like 'firstResponse.%'`
      return left?.count === 0
    }, 'no deadline is left')
    const rows = await one.sql<{ raised: number; different: number }[]>`
      select count(*)::int as raised,
        count(distinct content->'activity'->>'type' || coalesce(content->'activity'->>'minutes', ''))::int as different
      from messages where content->'activity'->>'type' in ('firstResponseWarning', 'firstResponseBreached')
      group by conversation_id`
    expect(rows).toHaveLength(visitors.length)
    for (const { raised, different } of rows) expect([raised, different]).toEqual([3, 3])
    const counted = await Promise.all([one, other].map((server) => server.metric(breaches)))
    expect(counted.reduce((sum, count) => sum + count)).toBe(visitors.length)
    await Promise.all([one.stop(), other.stop()])
  })
})
