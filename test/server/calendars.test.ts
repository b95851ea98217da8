import { randomUUID } from 'node:crypto'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sql } from '../../db/client.ts'
import type { AskedEdit, CalendarPreview, WireCalendar } from '../../engine/wireCalendar.ts'
import { createContractLookup } from '../../server/contracts/lookup.ts'
import { createAccept } from '../../server/conversations/accept.ts'
import { type ConsoleClient, consoleClient, hireOperator, historyOf } from '../support/consoleClient.ts'
import { edoc } from '../support/edoc.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import {
  dataFolder,
  removeDataFolders,
  startServer,
  startServerProcess,
  type TestServer,
} from '../support/server.ts'
import { settableClock } from '../support/settableClock.ts'
import { until } from '../support/until.ts'
import { asksForPerson, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/*
 * product.md: the calendar is "each editable, without a restart"; what is open is planned anew at once. The clock stands
 * at Monday 23 November 2026, 10:00 in Almaty.
 */

const name = { kk: 'Кеңсе көшеді', ru: 'Переезд офиса' }
const off = (day: string): AskedEdit => ({ type: 'days', from: day, to: day, rule: [], name })
const today = '2026-11-23'
const dueToday = '2026-11-23T05:15:00.000Z'
const dueTomorrow = '2026-11-24T04:15:00.000Z'
const said = 'Срок изменён: первый ответ, завтра до 09:15. Причина: изменён рабочий календарь'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
afterAll(removeDataFolders)

const opened = leftAfterEach()

async function registered(url: string): Promise<VisitorClient> {
  const visitor = await visitorClient(url, { language: 'ru' })
  opened.push(visitor)
  await asksForPerson(visitor)
  return visitor
}

async function operatorAt(url: string, cookie: string): Promise<ConsoleClient> {
  const operator = await consoleClient(url, cookie)
  opened.push(operator)
  return operator
}

/** A supervisor's calls, as the console makes them. */
function supervising(url: string, cookie: string, desk = 'edoc') {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/console/calendar${path}`, {
      method,
      headers: { cookie, 'x-komekshi': '1', 'accept-language': 'ru', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  const look = async (year = 2026) => (await call('GET', `?desk=${desk}&year=${year}`)).body as WireCalendar
  const ask = async (path: string, edit: unknown, version?: number) =>
    call('POST', path, { desk, version: version ?? (await look()).version, edit })
  return {
    look,
    call,
    preview: async (edit: AskedEdit) => (await ask('/preview', edit)).body as CalendarPreview,
    tries: (edit: unknown, version?: number) => ask('', edit, version),
    async changes(edit: AskedEdit): Promise<WireCalendar> {
      const { status, body } = await ask('', edit)
      expect(status, JSON.stringify(body)).toBe(200)
      return body as WireCalendar
    },
    planned: () =>
      until(async () => (await look()).pending === 0, 'everything is planned anew', {
        everyMilliseconds: 100,
      }),
  }
}

const historyAt = async (url: string, cookie: string, { conversationId }: VisitorClient) =>
  historyOf(await (await operatorAt(url, cookie)).thread(conversationId))

/** Waits until a request's first answer is due at a moment, by the database: whichever process has planned it. */
const isDue = ({ sql }: TestServer, { conversationId }: VisitorClient, dueAt: string, breached = false) =>
  until(async () => {
    const [ticket] = await sql<{ due: string; resolution: string; breachedAt: string | null }[]>`
      select first_response_due_at as due, resolution_due_at as resolution,
        first_response_breached_at as "breachedAt"
      from tickets where conversation_id = ${conversationId}`
    return ticket?.due === dueAt && (ticket.breachedAt !== null) === breached && ticket
  }, `a first answer is due at ${dueAt}`)

/** Makes many open requests of the one that is there, each with its deadlines. */
async function copied(sql: Sql, conversationId: string, count: number): Promise<void> {
  await sql`
    with made as (
      insert into conversations (id, desk, channel, contact_id, version, last_seq, state, stage, ticket_number, last_at,
        created_at)
      select gen_random_uuid(), c.desk, c.channel, c.contact_id, 0, 0,
        jsonb_set(c.state, '{ticket,number}', to_jsonb(100000 + n)), c.stage, 100000 + n, c.last_at, c.created_at
      from conversations c, generate_series(1, ${count}) n where c.id = ${conversationId}
      returning id, ticket_number),
    ticketed as (
      insert into tickets (number, conversation_id, desk, channel, level, priority, values, identity_refused,
        registered_at, first_response_due_at)
      select m.ticket_number, m.id, t.desk, t.channel, t.level, t.priority, t.values, t.identity_refused,
        t.registered_at, t.first_response_due_at
      from made m, tickets t where t.conversation_id = ${conversationId})
    insert into timers (conversation_id, name, due_at)
    select m.id, t.name, t.due_at from made m, timers t where t.conversation_id = ${conversationId}`
}

describe('the calendar in the console', () => {
  let server: TestServer
  let cookie: string
  beforeAll(async () => {
    server = await startServer({ database: await postgres.createDatabase() })
    cookie = await hireOperator(server.url, { name: 'Сәуле', role: 'supervisor' })
  })
  afterAll(() => server.stop())

  it('is for supervisors and administrators, each of their own desks', async () => {
    const operator = await hireOperator(server.url, { name: 'Айгерім' })
    expect((await supervising(server.url, operator).call('GET', '?desk=edoc')).status).toBe(403)
    expect((await supervising(server.url, operator).tries(off('2026-12-30'), 0)).status).toBe(403)
    expect((await supervising(server.url, '').call('GET', '?desk=edoc')).status).toBe(401)
    expect((await supervising(server.url, cookie, 'court').call('GET', '?desk=court')).status).toBe(404)
    expect((await supervising(server.url, cookie, 'court').tries(off('2026-12-30'), 0)).status).toBe(404)
    const foreign = await fetch(`${server.url}/api/console/calendar`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ desk: 'edoc', version: 0, edit: off('2026-12-30') }),
    })
    expect(foreign.status).toBe(403)
  })

  it('shows the year: hours of the week, holidays with their names, moved days', async () => {
    const calendar = await supervising(server.url, cookie).look(2025)
    expect(calendar).toMatchObject({ desk: 'edoc', zone: 'Asia/Almaty', year: 2025, today, pending: 0 })
    expect(calendar.years).toEqual({ first: 2024, last: 2029 })
    expect(calendar.week[1]).toEqual([{ from: '09:00', to: '18:00' }])
    expect(calendar.week[6]).toEqual([])
    expect(calendar.days.find(({ date }) => date === '2025-01-05')).toEqual({
      date: '2025-01-05',
      hours: [{ from: '09:00', to: '18:00' }],
      country: {
        kind: 'movedWorkingDay',
        name: { kk: 'Ауыстырылған демалыс күні', ru: 'Перенесённый выходной день' },
      },
      own: null,
    })
  })

  it.each([
    [
      'shifts that lie over one another',
      {
        type: 'days',
        from: today,
        to: today,
        name,
        rule: [
          { from: '09:00', to: '13:00' },
          { from: '12:00', to: '18:00' },
        ],
      },
    ],
    ['a day that does not exist', { ...off('2026-02-30') }],
    ['a day off without a name', { ...off(today), name: null }],
    ['a name in one language', { ...off(today), name: { ru: 'Переезд' } }],
    ['a period that ends before it begins', { ...off(today), to: '2026-11-20' }],
    ['a period of more than a month', { ...off(today), to: '2027-01-20' }],
    ['a weekday that is none', { ...off(today), rule: { like: 8 } }],
    ['a day moved to itself', { type: 'move', off: today, worked: today, name }],
    ['what nobody knows', { type: 'everything' }],
  ])('refuses %s', async (_, edit) => {
    const { status, body } = await supervising(server.url, cookie).tries(edit)
    expect([status, Object.keys(body as object)]).toEqual([400, ['refusal']])
  })

  it.each([
    ['what is so already', { type: 'clear', from: today, to: today }, 400, 'refusal.calendar.same'],
    ['a day beyond the years it knows', off('2035-01-10'), 400, 'refusal.calendar.years'],
    [
      'a week without work',
      { type: 'week', from: today, week: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] } },
      400,
      'refusal.calendar.closed',
    ],
    ['to take back what never was', { type: 'undo', change: 99 }, 404, 'refusal.calendar.gone'],
  ])('refuses %s, in words', async (_, edit, status, key) => {
    const answer = await supervising(server.url, cookie).tries(edit)
    expect(answer).toMatchObject({ status, body: { refusal: { key } } })
  })

  it('is not overwritten by somebody who has seen an earlier one', async () => {
    const supervisor = supervising(server.url, cookie)
    const { version } = await supervisor.look()
    const answers = await Promise.all([
      supervisor.tries(off('2027-02-01'), version),
      supervisor.tries(off('2027-02-02'), version),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('two servers on one database', () => {
  let one: TestServer
  let other: TestServer
  let cookie: string
  beforeAll(async () => {
    const database = await postgres.createDatabase()
    const clock = settableClock()
    one = await startServer({ database, clock })
    other = await startServer({ database, clock, dataDir: one.dataDir })
    cookie = await hireOperator(one.url, { name: 'Сәуле Ермекова', role: 'supervisor' })
  })
  afterAll(() => Promise.all([one.stop(), other.stop()]))

  it('a supervisor adds a day off: the preview says what will move, and nothing moves before it is saved', async () => {
    const visitor = await registered(one.url)
    const supervisor = supervising(one.url, cookie)
    const preview = await supervisor.preview(off(today))
    const [{ number } = { number: 0 }] = await one.sql<{ number: number }[]>`
      select number from tickets where conversation_id = ${visitor.conversationId}`
    expect(preview).toMatchObject({
      days: [{ date: today, before: [{ from: '09:00', to: '18:00' }], after: [] }],
      dayCount: 1,
      open: 1,
      moved: { requests: 1, deadlines: 2 },
      becomeLate: 0,
      noLongerLate: 0,
    })
    expect(preview.examples).toEqual([
      {
        ticketNumber: number,
        of: 'firstResponse',
        before: dueToday,
        after: dueTomorrow,
        wasLate: false,
        isLate: false,
      },
      {
        ticketNumber: number,
        of: 'resolution',
        before: '2026-11-25T05:00:00.000Z',
        after: '2026-11-26T04:00:00.000Z',
        wasLate: false,
        isLate: false,
      },
    ])
    expect((await supervisor.look()).changes).toEqual([])
    const [ticket] = await one.sql`select first_response_due_at as due from tickets where number = ${number}`
    expect(ticket?.due).toBe(dueToday)
  })

  it('saves it, without a restart: every process counts by it, the queue and the history say so, and it can be undone (product.md)', async () => {
    const visitor = await registered(one.url)
    const supervisor = supervising(one.url, cookie)
    const saved = await supervisor.changes(off(today))
    const savedAt = performance.now()
    // what a new request is promised by the other process
    await until(async () => {
      const { days } = await supervising(other.url, cookie).look()
      return days.some(({ date, own }) => date === today && own)
    }, 'the other process shows it')
    const later = await registered(other.url)
    await isDue(other, later, dueTomorrow)
    const due = await isDue(one, visitor, dueTomorrow)
    expect(due.resolution).toBe('2026-11-26T04:00:00.000Z')
    expect(performance.now() - savedAt).toBeLessThan(5_000)
    const row = await (await operatorAt(one.url, cookie)).seesRow(visitor.conversationId)
    expect(row.firstResponse?.dueAt).toBe(dueTomorrow)
    expect(await historyAt(other.url, cookie, visitor)).toContain(said)
    expect(saved.changes).toEqual([
      {
        number: saved.version,
        at: '2026-11-23T05:00:00.000Z',
        act: 'edited',
        operator: 'Сәуле Ермекова',
        patch: { days: { [today]: { before: null, after: { rule: [], name } } } },
        undoes: null,
        undoable: true,
      },
    ])
    expect(saved.days.find(({ date }) => date === today)).toMatchObject({ hours: [], own: { name } })
    const timers = await one.sql<{ name: string; at: string }[]>`
      select name, due_at as at from timers where conversation_id = ${visitor.conversationId} order by due_at`
    expect(timers[0]).toEqual({ name: 'firstResponse.warning.5', at: '2026-11-24T04:05:00.000Z' })

    const undo: AskedEdit = { type: 'undo', change: saved.version }
    expect((await supervising(other.url, cookie).preview(undo)).moved.requests).toBeGreaterThan(0)
    const undone = await supervising(other.url, cookie).changes(undo)
    await isDue(one, visitor, dueToday)
    expect(undone.changes[0]).toMatchObject({ act: 'undone', undoes: saved.version })
    expect(undone.changes.map(({ undoable }) => undoable)).toEqual([true, false])
    expect(undone.days.some(({ own }) => own)).toBe(false)
  })

  it('clears what was late only by a mistake of the calendar (a decree that is published late)', async () => {
    const visitor = await registered(one.url)
    one.clock.pass({ minutes: 20 })
    await one.wake()
    await isDue(one, visitor, dueToday, true)
    const preview = await supervising(one.url, cookie).preview(off(today))
    expect(preview.noLongerLate).toBeGreaterThanOrEqual(1)
    await supervising(one.url, cookie).changes(off(today))
    await isDue(one, visitor, dueTomorrow)
    const row = await (await operatorAt(one.url, cookie)).seesRow(visitor.conversationId)
    expect(row.firstResponse).toMatchObject({ dueAt: dueTomorrow, breached: false })
  })

  it('plans each of a thousand open requests once, while visitors go on writing', async () => {
    const visitor = await registered(one.url)
    await copied(one.sql, visitor.conversationId, 1_000)
    const supervisor = supervising(one.url, cookie)
    const { version } = await supervisor.changes(off('2026-11-24'))
    const slowest = []
    for (let n = 0; n < 10; n++) {
      const sent = performance.now()
      await visitor.writes(`сообщение ${n}`)
      slowest.push(performance.now() - sent)
    }
    await supervisor.planned()
    const [planned] = await one.sql<{ left: number; once: number; more: number }[]>`
      with told as (
        select conversation_id, count(*) as times from messages
        where event_id like ${`calendar:${version}:%`} and content->'activity'->>'metric' = 'firstResponse'
        group by 1)
      select (select count(*)::int from conversations where desk = 'edoc' and stage = 'waiting'
          and calendar_version < ${version}) as left,
        count(*) filter (where times = 1)::int as once, count(*) filter (where times > 1)::int as more from told`
    expect(planned).toMatchObject({ left: 0, more: 0 })
    expect(planned?.once).toBeGreaterThanOrEqual(1_001)
    expect(Math.max(...slowest)).toBeLessThan(3_000)
  })
})

describe('a deadline of the old calendar', () => {
  it('is not raised, though its request still waits to be planned anew', async () => {
    const server = await startServer({ database: await postgres.createDatabase() })
    const visitor = await registered(server.url)
    // a process that knows the new calendar already, and is given the deadline first
    const calendar = { ...edoc.calendar, exceptions: { ...edoc.calendar.exceptions, [today]: [] } }
    const { accept } = createAccept({
      sql: server.sql,
      desks: new Map([['edoc', { ...edoc, calendar, calendarVersion: 7 }]]),
      contracts: createContractLookup(server.sql),
      committed: () => undefined,
      writesLetters: false,
      failed: (_, error) => {
        throw error
      },
    })
    await accept(visitor.conversationId, {
      type: 'timer.fired',
      id: randomUUID(),
      at: dueToday,
      timer: 'firstResponse.breach',
      dueAt: dueToday,
    })
    const told = await server.sql<{ type: string }[]>`
      select content->'activity'->>'type' as type from messages
      where conversation_id = ${visitor.conversationId} and content->>'kind' = 'activity' order by seq`
    expect(told.map(({ type }) => type)).not.toContain('firstResponseBreached')
    expect(told.filter(({ type }) => type === 'replanned')).toHaveLength(2)
    const timers = await server.sql<{ at: string }[]>`
      select due_at as at from timers
      where conversation_id = ${visitor.conversationId} and name = 'firstResponse.breach'`
    expect(timers.map(({ at }) => at)).toEqual([dueTomorrow])
    await server.stop()
  })
})

describe('a server that is killed in the middle of planning anew (design §1)', () => {
  it('goes on after its restart: every request is planned, and each once', async () => {
    const server = await startServerProcess({ database: await postgres.createDatabase() })
    const cookie = await hireOperator(server.url, { name: 'Сәуле', role: 'supervisor' })
    const visitor = await registered(server.url)
    visitor.leaves()
    await server.look((sql) => copied(sql, visitor.conversationId, 2_000))
    const supervisor = supervising(server.url, cookie)
    const { version, week } = await supervisor.look()
    // hours that move the deadline whatever the day and hour is at which this test runs
    const round = Object.fromEntries(
      Object.keys(week).map((day) => [day, [{ from: '00:10', to: '00:11' }]]),
    ) as unknown as WireCalendar['week']
    const changed = await supervisor.changes({ type: 'week', from: '2026-01-01', week: round })
    expect(changed.version).toBeGreaterThan(version)
    const left = () =>
      server.look(async (sql) => {
        const [row] = await sql<{ count: number }[]>`
          select count(*)::int as count from conversations
          where stage = 'waiting' and calendar_version < ${changed.version}`
        return row?.count ?? 0
      })
    await until(async () => (await left()) < 1_900, 'some are planned')
    await server.kill()
    const leftAtDeath = await left()
    expect(leftAtDeath).toBeGreaterThan(0)
    await server.startAgain()
    await until(async () => (await left()) === 0, 'the rest is planned', {
      patienceSeconds: 40,
      everyMilliseconds: 50,
    })
    const times = await server.look(
      (sql) => sql<{ times: number; requests: number }[]>`
        select times, count(*)::int as requests from (
          select conversation_id, count(*)::int as times from messages
          where content->'activity'->>'type' = 'replanned' and content->'activity'->>'metric' = 'firstResponse'
          group by 1) told group by 1`,
    )
    expect([...times]).toEqual([{ times: 1, requests: 2_001 }])
    await server.stop()
  })
})

describe('the files of a desk', () => {
  it('the holidays are read again when they are edited, and open deadlines are planned anew', async () => {
    const desksDir = join(dataFolder(), 'desks')
    cpSync(join(import.meta.dirname, '../../desks'), desksDir, { recursive: true })
    const file = join(desksDir, 'kz-calendar.yaml')
    const shipped = readFileSync(file, 'utf8')
    const database = await postgres.createDatabase()
    const server = await startServer({ database, env: { DESKS_DIR: desksDir } })
    const cookie = await hireOperator(server.url, { name: 'Сәуле', role: 'supervisor' })
    const visitor = await registered(server.url)
    const operator = await operatorAt(server.url, cookie)

    writeFileSync(file, `${shipped}  - off: ${today}\n    worked: 2026-11-31\n    name: { kk: а, ru: а }\n`)
    writeFileSync(file, `${shipped}  - off: ${today}\n    worked: 2026-11-28\n    name: { kk: а, ru: а }\n`)
    await operator.seesRow(
      visitor.conversationId,
      ({ firstResponse }) => firstResponse?.dueAt === dueTomorrow,
    )
    expect(await historyAt(server.url, cookie, visitor)).toContain(said)
    const calendar = await supervising(server.url, cookie).look()
    expect(calendar.days.find(({ date }) => date === '2026-11-28')?.hours).toEqual([
      { from: '09:00', to: '18:00' },
    ])
    expect(calendar.changes[0]).toMatchObject({ act: 'files', operator: null, undoable: false })
    await server.stop()

    // what was edited while nobody ran is found at the start; here: the moved day is taken back
    writeFileSync(file, shipped)
    const again = await startServer({ database, env: { DESKS_DIR: desksDir }, dataDir: server.dataDir })
    const later = await operatorAt(again.url, cookie)
    await later.seesRow(visitor.conversationId, ({ firstResponse }) => firstResponse?.dueAt === dueToday)
    await again.stop()
  })
})
