import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ConsoleClient,
  consoleClient,
  hireOperator,
  historyOf,
  signIn,
} from '../support/consoleClient.ts'
import { tells } from '../support/escalationSettings.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { mondayMorning, type SettableClock, settableClock } from '../support/settableClock.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'
import { until } from '../support/until.ts'
import { asksForPerson, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/*
 * Somebody waits within the desk's hours and nobody is online: the whole way from the two minutes to the supervisors'
 * console and mailbox, and to the visitor. Only the clock is moved: whatever is due must find itself.
 */

let postgres: TestPostgres
let smtp: TestSmtp
beforeAll(async () => {
  postgres = await startPostgres()
  smtp = await startSmtp()
})
afterAll(async () => {
  await smtp.stop()
  await postgres.stop()
  removeDataFolders()
})

let server: TestServer
let clock: SettableClock
let supervisor: string
let operator: string
const address = () => `boss-${server.url.slice(-5)}@help.test`
const opened: { leaves(): void }[] = []

beforeEach(async () => {
  // before the hours: a server that has just started waits for consoles to come back
  clock = settableClock('2026-11-23T03:00:00.000Z')
  server = await startServer({
    database: await postgres.createDatabase(),
    clock,
    env: { SMTP_URL: smtp.url, SMTP_FROM: 'help@desk.test', PUBLIC_URL: 'https://help.desk.test' },
  })
  supervisor = await hireOperator(server.url, { name: 'Сәуле', role: 'supervisor' })
  operator = await hireOperator(server.url, { name: 'Айгерім' })
  await tells(server.url, await signIn(server.url), [address()])
  clock.at(mondayMorning)
})
afterEach(async () => {
  for (const client of opened.splice(0)) client.leaves()
  await server.stop()
})

async function consoleOf(cookie: string): Promise<ConsoleClient> {
  const client = await consoleClient(server.url, cookie)
  opened.push(client)
  return client
}
async function registered(language: 'kk' | 'ru' = 'ru'): Promise<VisitorClient> {
  const visitor = await visitorClient(server.url, { language })
  opened.push(visitor)
  await asksForPerson(visitor)
  await until(() => visitor.state.ticketNumber !== undefined, 'registered')
  return visitor
}
/** The last operator of the desk goes home; a supervisor looks on, but answers nobody. */
async function everybodyLeaves(): Promise<ConsoleClient> {
  const boss = await consoleOf(supervisor)
  await boss.chooses('paused')
  const last = await consoleOf(operator)
  await until(() => boss.presences.Айгерім === 'online', 'she is there')
  last.leaves()
  await until(() => boss.presences.Айгерім === 'offline', 'she is gone')
  return boss
}
const told = ({ alerts }: Pick<ConsoleClient, 'alerts'>) => alerts.filter(({ kind }) => kind === 'unattended')
const wordsTo = ({ thread }: VisitorClient, words: string) =>
  thread.filter(({ content }) => JSON.stringify(content).includes(words))
const inSubject = ({ state }: VisitorClient) =>
  `№ ${state.ticketNumber}: келуші күтіп тұр, ал байланыста бірде-бір оператор жоқ`
const inText = ({ state }: VisitorClient) =>
  `№ ${state.ticketNumber}: посетитель ждёт, а на связи нет ни одного оператора`
const unattended = () => server.metric('komekshi_unattended_total{desk="edoc"}')

describe('nobody is online within the hours of the desk', () => {
  it('after two working minutes supervisors are told in the console and by e-mail, and the visitor honestly', async () => {
    const boss = await everybodyLeaves()
    const before = await registered()
    clock.pass({ seconds: 1 })
    const visitor = await registered()
    clock.pass({ minutes: 1, seconds: 59 })
    await until(() => told(boss).length > 0, 'the one before is told of')
    expect(told(boss).map(({ number }) => number)).toEqual([before.state.ticketNumber])
    await smtp.receives(address(), ({ subject }) => subject.includes(inSubject(before)))
    clock.pass({ seconds: 1 })

    await until(() => told(boss).length === 2, 'the console is alerted')
    expect(told(boss)[1]).toMatchObject({
      conversationId: visitor.conversationId,
      number: visitor.state.ticketNumber,
      at: '2026-11-23T05:02:01.000Z',
    })
    const said = await visitor.sees('никого из специалистов нет на связи')
    expect(JSON.stringify(said.content)).toContain('постараемся ответить до 10:15')
    const row = await boss.seesRow(visitor.conversationId, (one) => one.unattended)
    expect(row.stage).toBe('waiting')
    expect(historyOf(await boss.thread(visitor.conversationId))).toContain(
      'Обращение ждёт, но никого нет на связи',
    )
    // a desk writes once a minute
    clock.pass({ minutes: 1 })
    const mail = await smtp.receives(address(), ({ text }) => text.includes(inText(visitor)))
    expect(mail.subject).toContain(inSubject(visitor))
    expect(mail.text).toContain(`https://help.desk.test/console#/conversation/${visitor.conversationId}`)

    // each once, however long it lasts; and it is there for who was not looking
    const last = await registered()
    clock.pass({ minutes: 2 })
    await smtp.receives(address(), ({ text }) => text.includes(inText(last)))
    expect(await unattended()).toBe(3)
    expect(told(boss)).toHaveLength(3)
    expect(wordsTo(visitor, 'нет на связи')).toHaveLength(1)
    expect(smtp.to(address()).filter(({ text }) => text.includes(inText(visitor)))).toHaveLength(1)
    expect(told((await consoleOf(supervisor)).hello)).toHaveLength(3)
  })

  it('an operator who comes back before it answers as ever, and nobody is told', async () => {
    const boss = await everybodyLeaves()
    const visitor = await registered('kk')
    clock.pass({ minutes: 1, seconds: 59 })
    const back = await consoleOf(operator)
    await until(() => boss.presences.Айгерім === 'online', 'she is back')
    clock.pass({ minutes: 1 })
    await back.act(visitor.conversationId, { type: 'took' })
    await back.act(visitor.conversationId, { type: 'replied', text: 'Сәлеметсіз бе!' })
    await visitor.sees('Сәлеметсіз бе!')

    back.leaves()
    await until(() => boss.presences.Айгерім === 'offline', 'she is gone again')
    const next = await registered()
    clock.pass({ minutes: 2 })
    await smtp.receives(address(), ({ text }) => text.includes(inText(next)))
    expect(told(boss).map(({ number }) => number)).toEqual([next.state.ticketNumber])
    expect(wordsTo(visitor, 'байланыста емес')).toEqual([])
    expect(smtp.to(address()).filter(({ text }) => text.includes(inText(visitor)))).toEqual([])
  })

  it('a desk whose operators have never been there tells it as well', async () => {
    const visitor = await registered()
    clock.pass({ minutes: 2 })
    await visitor.sees('никого из специалистов нет на связи')
    await smtp.receives(address(), ({ text }) => text.includes(inText(visitor)))
    expect(told((await consoleOf(supervisor)).hello)).toHaveLength(1)
  })

  it('before the hours nobody is told: the two minutes begin with them', async () => {
    clock.at('2026-11-23T03:30:00.000Z')
    const boss = await everybodyLeaves()
    const visitor = await registered()
    for (const moment of [
      '2026-11-23T03:59:59.000Z',
      '2026-11-23T04:01:59.000Z',
      '2026-11-23T04:02:00.000Z',
    ]) {
      clock.at(moment)
      await visitor.writes(`ещё жду, ${moment}`)
      await boss.seesRow(visitor.conversationId, ({ lastAt }) => lastAt === moment)
    }
    await until(() => told(boss).length > 0, 'the console is alerted')
    expect(told(boss)[0]?.at).toBe('2026-11-23T04:02:00.000Z')
    await smtp.receives(address(), ({ text }) => text.includes(inText(visitor)))
    await visitor.sees('постараемся ответить до 09:15')
  })
})
