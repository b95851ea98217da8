import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { automaticDesks } from '../support/automaticDesks.ts'
import {
  type ConsoleClient,
  changeOperator,
  consoleClient,
  hireOperator,
  historyOf,
  signIn,
} from '../support/consoleClient.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { postgresOfFile } from '../support/postgresOfFile.ts'
import { startServer, startServerProcess, type TestServer } from '../support/server.ts'
import { mondayMorning, settableClock } from '../support/settableClock.ts'
import { until } from '../support/until.ts'
import { asksForPerson, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/* Who gets which conversation, and when it goes back. Time is the server's clock, moved by hand. */

const postgres = postgresOfFile()

const opened = leftAfterEach()

async function registered(url: string, language: 'kk' | 'ru' = 'ru'): Promise<VisitorClient> {
  const visitor = await visitorClient(url, { language })
  opened.push(visitor)
  await asksForPerson(visitor)
  return visitor
}

async function operatorAt(
  url: string,
  name: string,
  rest: Omit<Parameters<typeof hireOperator>[1], 'name'> = {},
): Promise<ConsoleClient> {
  const client = await consoleClient(url, await hireOperator(url, { name, ...rest }))
  opened.push(client)
  return client
}

const holder = (by: ConsoleClient, { conversationId }: VisitorClient) =>
  by.rows.get(conversationId)?.operator?.name

const isGivenTo = (by: ConsoleClient, visitor: VisitorClient, name: string) =>
  until(() => holder(by, visitor) === name, `${name} has it, not ${holder(by, visitor)}`)

async function pass({ clock, wake }: TestServer, minutes: number): Promise<void> {
  clock.pass({ minutes })
  await wake()
}

describe('a desk that gives its conversations out by itself', () => {
  let server: TestServer
  const folder = { path: '' }
  beforeAll(() => {
    folder.path = automaticDesks({ capacity: 2 })
  })
  beforeEach(async () => {
    const database = await postgres.createDatabase()
    server = await startServer({ database, env: { DESKS_DIR: folder.path } })
  })
  afterEach(async () => {
    for (const client of opened.splice(0)) client.leaves()
    await server.stop()
  })

  it('gives to who is online, by load, and no more than they can take; the rest when there is room again', async () => {
    const [first, second] = [await operatorAt(server.url, 'Айгерім'), await operatorAt(server.url, 'Данияр')]
    const visitors: VisitorClient[] = []
    for (let n = 0; n < 5; n++) {
      visitors.push(await registered(server.url))
      if (n < 4) await until(() => holder(first, visitors[n]!) !== undefined, `the ${n}. is given`)
    }
    const held = () => visitors.map((visitor) => holder(second, visitor))
    await until(() => held().filter((name) => name === 'Данияр').length === 2, 'two each')
    expect(held().filter((name) => name === 'Айгерім')).toHaveLength(2)
    expect(held()[4]).toBeUndefined()
    expect(visitors[0]!.state.operator).toBe(held()[0])

    const mine = visitors.find((visitor) => holder(first, visitor) === 'Айгерім')!
    await first.act(mine.conversationId, { type: 'resolved', text: 'Готово' })
    await isGivenTo(first, visitors[4]!, 'Айгерім')
    const lines = historyOf(await first.thread(visitors[4]!.conversationId))
    expect(lines).toContain('Назначено автоматически: Айгерім')
    expect(lines.filter((line) => line === 'Айгерім отвечает на обращение')).toHaveLength(1)
  })

  it('gives nobody a language they do not work in while another can', async () => {
    const russian = await operatorAt(server.url, 'Ольга', { languages: ['ru'] })
    await operatorAt(server.url, 'Гүлнәр', { languages: ['kk'] })
    const visitors = [await registered(server.url, 'kk'), await registered(server.url, 'kk')]
    for (const visitor of visitors) await isGivenTo(russian, visitor, 'Гүлнәр')
    const third = await registered(server.url, 'kk')
    const ours = await registered(server.url, 'ru')
    await isGivenTo(russian, ours, 'Ольга')
    expect(holder(russian, third)).toBeUndefined()
    // her hands stay full and the promise draws near: better another than nobody
    await pass(server, 5)
    await isGivenTo(russian, third, 'Ольга')
  })

  it('gives nothing to who is on a pause, and at once when they are back', async () => {
    const operator = await operatorAt(server.url, 'Салтанат')
    await operator.chooses('paused')
    const visitor = await registered(server.url)
    const row = await operator.seesRow(visitor.conversationId)
    expect(row.operator).toBeNull()
    await operator.chooses('online')
    await isGivenTo(operator, visitor, 'Салтанат')
    expect(operator.rows.get(visitor.conversationId)?.cameBy).toEqual({
      how: 'assigned',
      by: null,
      from: null,
    })
  })

  it('gives a supervisor nothing unless the team says how many, and an operator as many as it says', async () => {
    const senior = await operatorAt(server.url, 'Старшая', { role: 'supervisor' })
    const visitor = await registered(server.url)
    expect((await senior.seesRow(visitor.conversationId)).operator).toBeNull()
    await changeOperator(server.url, senior.hello.me.id, { capacity: 1 })
    const again = await consoleClient(server.url, await signedInAs(server.url, senior))
    opened.push(again)
    await isGivenTo(again, visitor, 'Старшая')
    const next = await registered(server.url)
    expect((await again.seesRow(next.conversationId)).operator).toBeNull()
  })

  it('takes back what its operator says nothing to, puts them on a pause, and gives it to another', async () => {
    const silent = await operatorAt(server.url, 'Молчунья')
    const visitor = await registered(server.url)
    await isGivenTo(silent, visitor, 'Молчунья')
    const other = await operatorAt(server.url, 'Скорая')
    await pass(server, 10)
    await isGivenTo(other, visitor, 'Скорая')
    await until(() => other.presences.Молчунья === 'paused', 'she is on a pause')
    const lines = historyOf(await other.thread(visitor.conversationId))
    expect(lines).toContain('Молчунья не отвечает, обращение снова в начале очереди')
    await visitor.sees('снова в начале очереди')
  })
})

/** A new session of somebody whose console was closed by a change. */
const signedInAs = (url: string, { hello }: ConsoleClient) =>
  signIn(url, { email: hello.me.email, password: 'another long password' })

describe('an operator whose connection is lost', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ database: await postgres.createDatabase() })
  })
  afterAll(() => server.stop())
  afterEach(() => server.clock.at(mondayMorning))

  it('keeps their conversations when they are soon back, and later those that are answered', async () => {
    const senior = await operatorAt(server.url, 'Старшая', { role: 'supervisor' })
    const cookie = await hireOperator(server.url, { name: 'Сетевая' })
    const first = await consoleClient(server.url, cookie)
    const [owed, answered] = [await registered(server.url), await registered(server.url)]
    for (const { conversationId } of [owed, answered]) await first.act(conversationId, { type: 'took' })
    for (const { conversationId } of [owed, answered])
      await first.act(conversationId, { type: 'replied', text: 'Здравствуйте!' })
    await pass(server, 2)
    await owed.writes('А дальше?')
    first.leaves()
    await until(() => senior.presences.Сетевая === 'offline', 'she is gone')
    await pass(server, 4)
    const again = await consoleClient(server.url, cookie)
    expect(again.rows.get(owed.conversationId)?.operator?.name).toBe('Сетевая')
    again.leaves()
    await until(() => senior.presences.Сетевая === 'offline', 'she is gone again')
    await pass(server, 5)
    const row = await senior.seesRow(owed.conversationId, ({ stage }) => stage === 'waiting')
    expect(row.returnedAt).toBe(server.clock.now().toISOString())
    expect(historyOf(await senior.thread(owed.conversationId))).toContain(
      'Сетевая не на связи, обращение снова в начале очереди',
    )
    expect(senior.rows.get(answered.conversationId)?.operator?.name).toBe('Сетевая')
    // until its visitor writes: nobody would read it
    await answered.writes('Не помогло')
    await senior.seesRow(answered.conversationId, ({ stage }) => stage === 'waiting')
  })

  it('has everything taken back who leaves the team', async () => {
    const senior = await operatorAt(server.url, 'Начальница', { role: 'supervisor' })
    const leaving = await operatorAt(server.url, 'Уходящая')
    const visitor = await registered(server.url)
    await leaving.act(visitor.conversationId, { type: 'took' })
    await leaving.act(visitor.conversationId, { type: 'replied', text: 'Здравствуйте!' })
    await changeOperator(server.url, leaving.hello.me.id, { active: false })
    await senior.seesRow(visitor.conversationId, ({ stage }) => stage === 'waiting')
    expect(historyOf(await senior.thread(visitor.conversationId))).toContain(
      'Уходящая больше не работает с этой службой, обращение снова в начале очереди',
    )
  })
})

describe('something that waits while nobody is online', () => {
  let server: TestServer
  beforeAll(async () => {
    const clock = settableClock('2026-11-23T03:00:00.000Z')
    server = await startServer({ database: await postgres.createDatabase(), clock })
  })
  afterAll(() => server.stop())
  const unattended = 'komekshi_unattended_total{desk="edoc"}'

  it('is told to supervisors and to the visitor, once, within the desk’s hours only', async () => {
    const senior = await operatorAt(server.url, 'Старшая', { role: 'supervisor' })
    await senior.chooses('paused')
    const early = await registered(server.url)
    await pass(server, 59)
    const row = await senior.seesRow(early.conversationId)
    expect(row.unattended).toBe(false)
    // the desk opens at nine
    await pass(server, 4)
    await senior.seesRow(early.conversationId, (one) => one.unattended)
    const said = await early.sees('никого из специалистов нет на связи')
    expect(JSON.stringify(said.content)).toContain('09:15')
    await pass(server, 1)
    await pass(server, 1)
    expect(
      early.thread.filter(({ content }) => JSON.stringify(content).includes('нет на связи')),
    ).toHaveLength(1)
    expect(await server.metric(unattended)).toBe(1)
    server.clock.at(mondayMorning)
  })

  it('is not told while somebody is there', async () => {
    const operator = await operatorAt(server.url, 'Айгерім')
    const visitor = await registered(server.url)
    await pass(server, 14)
    const row = await operator.seesRow(
      visitor.conversationId,
      ({ firstResponse }) => firstResponse?.warned === 2,
    )
    expect(row.unattended).toBe(false)
  })
})

describe('two servers on one database', () => {
  it('give each conversation to one operator, once, and nobody too many (design §6)', async () => {
    const database = await postgres.createDatabase()
    const clock = settableClock()
    const env = { DESKS_DIR: automaticDesks({ capacity: 5 }) }
    const one = await startServer({ database, clock, env })
    const other = await startServer({ database, clock, env, dataDir: one.dataDir })
    const team = await Promise.all(
      [one, other, one, other].map(({ url }, n) => operatorAt(url, `Оператор ${n}`)),
    )
    expect(team).toHaveLength(4)
    const visitors = await Promise.all(
      Array.from({ length: 24 }, (_, n) => registered((n % 2 ? one : other).url)),
    )
    const states = () =>
      one.sql<{ operator: string | null; load: number }[]>`
        select operator_id as operator, count(*)::int as load from conversations
        where stage in ('waiting', 'live') group by operator_id`
    await until(
      async () => (await states()).filter(({ operator, load }) => operator && load === 5).length === 4,
      'everybody has as much as they can take',
      { everyMilliseconds: 50 },
    )
    expect((await states()).find(({ operator }) => operator === null)?.load).toBe(visitors.length - 20)
    const rows = await one.sql<{ times: number }[]>`
      select count(*)::int as times from messages where content->'activity'->>'type' = 'assigned'
      group by conversation_id`
    expect(rows.map(({ times }) => times)).toEqual(Array.from({ length: 20 }, () => 1))
    for (const client of opened.splice(0)) client.leaves()
    await Promise.all([one.stop(), other.stop()])
  })

  it('go on when one is killed (kill -9) in the middle of it', async () => {
    const database = await postgres.createDatabase()
    const env = { DESKS_DIR: automaticDesks({ capacity: 50 }) }
    const dies = await startServerProcess({ database, env })
    const stays = await startServerProcess({ database, env, dataDir: dies.dataDir })
    await operatorAt(stays.url, 'Первая')
    await operatorAt(stays.url, 'Вторая')
    const before = await Promise.all(Array.from({ length: 10 }, () => registered(dies.url)))
    const after = Promise.all(Array.from({ length: 20 }, () => registered(stays.url)))
    await dies.kill()
    await after
    for (const visitor of before) visitor.leaves()
    const count = () =>
      stays.look(async (sql) => {
        const [row] = await sql<{ waiting: number; live: number; twice: number }[]>`
          select count(*) filter (where stage = 'waiting')::int as waiting,
            count(*) filter (where stage = 'live')::int as live,
            (select count(*) from (select 1 from messages where content->'activity'->>'type' = 'assigned'
              group by conversation_id having count(*) > 1) again)::int as twice
          from conversations`
        return row
      })
    await until(async () => (await count())?.live === 30, 'all are given', { everyMilliseconds: 100 })
    expect(await count()).toEqual({ waiting: 0, live: 30, twice: 0 })
    for (const client of opened.splice(0)) client.leaves()
    await stays.stop()
  })
})
