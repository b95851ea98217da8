import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Sql } from '../../db/client.ts'
import { consoleClient, hireOperator, historyOf } from '../support/consoleClient.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { postgresOfFile } from '../support/postgresOfFile.ts'
import {
  dataFolder,
  type ServerProcess,
  startServer,
  startServerProcess,
  type TestServer,
} from '../support/server.ts'
import { mondayMorning, settableClock } from '../support/settableClock.ts'
import { until } from '../support/until.ts'
import { asksForPerson, visitorClient } from '../support/visitorClient.ts'

/* "Never late, never twice": each deadline acts once, whatever becomes of clocks and processes. */

const postgres = postgresOfFile()

const opened = leftAfterEach()

async function registered(url: string) {
  const visitor = await visitorClient(url, { language: 'ru' })
  opened.push(visitor)
  await asksForPerson(visitor)
  return visitor
}

/** What the histories say of first responses: conversations by the lines they have, in their order. */
const promiseLines = async (sql: Sql): Promise<readonly (readonly string[])[]> => {
  const rows = await sql<{ lines: string[] }[]>`
    select array_agg((content->'activity'->>'type') || coalesce(' ' || (content->'activity'->>'minutes'), '')
      order by seq) as lines
    from messages where content->'activity'->>'type' in ('firstResponseWarning', 'firstResponseBreached')
    group by conversation_id`
  return rows.map(({ lines }) => lines)
}
const whole = ['firstResponseWarning 5', 'firstResponseWarning 10', 'firstResponseBreached']

const noneLeft = (sql: Sql) =>
  until(
    async () => {
      const [row] = await sql<{ left: number }[]>`
        select count(*)::int as left from timers where name like 'firstResponse.%'`
      return row?.left === 0
    },
    'no deadline is left',
    { patienceSeconds: 50, everyMilliseconds: 100 },
  )

describe('a clock that is set', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ database: await postgres.createDatabase() })
  })
  afterAll(() => server.stop())
  afterEach(() => server.clock.at(mondayMorning))

  it('forward: what is due by it is raised within a second, without a word from anybody', async () => {
    await registered(server.url)
    server.clock.pass({ minutes: 16 })
    await until(
      async () => (await promiseLines(server.sql)).some((lines) => lines.length === 3),
      'the breach is raised',
      { patienceSeconds: 1, everyMilliseconds: 20 },
    )
  })

  it('forward, back and forward again: nothing is raised twice, and later deadlines keep their moments', async () => {
    await server.sql`delete from timers`
    await registered(server.url)
    server.clock.pass({ minutes: 6 })
    await until(
      async () => (await promiseLines(server.sql)).some((lines) => lines.length === 1),
      'the first warning is raised',
    )
    server.clock.at('2026-11-23T04:30:00.000Z')
    await server.wake()
    const late = await registered(server.url)
    const [timer] = await server.sql<{ at: string }[]>`
      select due_at as at from timers where conversation_id = ${late.conversationId} and name = 'firstResponse.breach'`
    expect(timer?.at).toBe('2026-11-23T04:45:00.000Z')
    server.clock.at('2026-11-23T05:16:00.000Z')
    await noneLeft(server.sql)
    for (const lines of await promiseLines(server.sql)) expect(lines).toEqual(whole)
  })

  it('back between the claim of a deadline and its raising: it waits for its moment, and comes once', async () => {
    await server.sql`delete from timers`
    const visitor = await registered(server.url)
    // every look at the clock finds it earlier: the claim sees the moment come, the event no longer does
    server.clock.at('2026-11-23T05:05:00.000Z')
    server.clock.flows(-1)
    await server.wake()
    await new Promise((resolve) => setTimeout(resolve, 300))
    server.clock.flows(0)
    server.clock.at('2026-11-23T05:05:00.000Z')
    const lines = () =>
      server.sql<{ seq: number }[]>`
        select seq from messages where conversation_id = ${visitor.conversationId}
          and content->'activity'->>'type' = 'firstResponseWarning'`
    await until(async () => (await lines()).length > 0, 'the warning is raised')
    await server.wake()
    expect(await lines()).toHaveLength(1)
  })
})

describe('a deadline that is set again for the moment at which it has fallen', () => {
  it('falls again: others name the same day once more when it is over', async () => {
    const server = await startServer({ database: await postgres.createDatabase() })
    const visitor = await registered(server.url)
    const operator = await consoleClient(server.url, await hireOperator(server.url, { name: 'Айгерім' }))
    opened.push(operator)
    const due = async () =>
      historyOf(await operator.thread(visitor.conversationId)).filter((line) =>
        line.includes('Наступил день'),
      )
    const passedOn = { type: 'passedOn', to: 'thirdParty', dueOn: '2026-11-23' } as const
    await operator.act(visitor.conversationId, { type: 'took' })
    // who leaves the visitor without a word would not have it any longer by then
    await operator.act(visitor.conversationId, { type: 'replied', text: 'Здравствуйте!' })
    await operator.act(visitor.conversationId, passedOn)
    server.clock.at('2026-11-23T13:00:01.000Z')
    await until(async () => (await due()).length === 1, 'the day is over', { everyMilliseconds: 150 })
    await operator.act(visitor.conversationId, passedOn)
    await until(async () => (await due()).length === 2, 'it is over again', { everyMilliseconds: 150 })
    await server.stop()
  })
})

describe('several servers with clocks of their own', () => {
  it('raise each deadline once, also where one of the clocks is a minute ahead', async () => {
    const database = await postgres.createDatabase()
    const [clock, ahead] = [settableClock(), settableClock('2026-11-23T05:01:00.000Z')]
    const one = await startServer({ database, clock })
    const other = await startServer({ database, clock: ahead, dataDir: one.dataDir })
    const visitors = await Promise.all(Array.from({ length: 12 }, () => registered(one.url)))
    for (let minute = 0; minute < 17; minute++) {
      clock.pass({ minutes: 1 })
      ahead.pass({ minutes: 1 })
      await one.wake()
    }
    await noneLeft(one.sql)
    const lines = await promiseLines(one.sql)
    expect(lines).toHaveLength(visitors.length)
    for (const of of lines) expect(of).toEqual(whole)
    await Promise.all([one.stop(), other.stop()])
  })
})

describe('three servers of which one is killed (kill -9) with deadlines in flight, and one that is started again', () => {
  it('raise each deadline once and in order, those of the time when all were down included', async () => {
    const database = await postgres.createDatabase()
    const dataDir = dataFolder()
    const servers: ServerProcess[] = []
    for (let count = 0; count < 3; count++) servers.push(await startServerProcess({ database, dataDir }))
    const [one, two, three] = servers as [ServerProcess, ServerProcess, ServerProcess]
    const visitors = await Promise.all(Array.from({ length: 60 }, () => registered(one.url)))
    const lastBreach = await one.look(async (sql) => {
      const [row] = await sql<{ at: string }[]>`
        select max(due_at) as at from timers where name = 'firstResponse.breach'`
      return Date.parse(row?.at ?? '')
    })
    for (const visitor of opened.splice(0)) visitor.leaves()
    await Promise.all(servers.map((server) => server.kill()))
    // all come back when the warnings are long due and the breaches are seconds away
    const laterSeconds = (lastBreach - Date.now()) / 1000 - 4
    await Promise.all(servers.map((server) => server.startAgain({ laterSeconds })))
    await two.look(async (sql) => {
      await until(
        async () => (await promiseLines(sql)).flat().includes('firstResponseBreached'),
        'the first breach is raised',
        { patienceSeconds: 30, everyMilliseconds: 5 },
      )
      await one.kill()
      const restarted = three.kill().then(() => three.startAgain({ laterSeconds }))
      await noneLeft(sql)
      await restarted
      const lines = await promiseLines(sql)
      expect(lines).toHaveLength(visitors.length)
      for (const of of lines) expect(of).toEqual(whole)
    })
    await Promise.all([two.stop(), three.stop()])
  }, 180_000)
})
