import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ConsoleClient, consoleClient, hireOperator, signIn } from '../support/consoleClient.ts'
import { escalationCall as call, tells } from '../support/escalationSettings.ts'
import { type FakeBotApi, startFakeBotApi } from '../support/fakeBotApi.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { mondayMorning } from '../support/settableClock.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'
import { until } from '../support/until.ts'
import { asksForPerson, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/*
 * Supervisors are told of broken promises, insults and warnings: in the console at once, and by e-mail and Telegram as
 * the desk's settings say. Time is the server's clock, moved by hand.
 */

let postgres: TestPostgres
let smtp: TestSmtp
let telegram: FakeBotApi
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
  smtp = await startSmtp()
  telegram = await startFakeBotApi()
})
afterAll(async () => {
  await telegram.stop()
  await smtp.stop()
  await postgres.stop()
})

const channelsOn = () => ({
  SMTP_URL: smtp.url,
  SMTP_FROM: 'help@desk.test',
  PUBLIC_URL: 'https://help.desk.test',
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_API_ROOT: telegram.root,
  TELEGRAM_DESK: 'edoc',
})
const opened = leftAfterEach()

let lastAddress = 0
const newAddress = () => `chief-${++lastAddress}@help.test`

async function registered(server: TestServer): Promise<VisitorClient> {
  const visitor = await visitorClient(server.url, { language: 'ru' })
  opened.push(visitor)
  await asksForPerson(visitor)
  await until(() => visitor.state.ticketNumber !== undefined, 'registered')
  return visitor
}
async function consoleOf(server: TestServer, cookie: string): Promise<ConsoleClient> {
  const client = await consoleClient(server.url, cookie)
  opened.push(client)
  return client
}
const pass = async (server: TestServer, time: { minutes?: number; seconds?: number }) => {
  server.clock.pass(time)
  await server.wake()
}
const settled = (server: TestServer) =>
  until(
    async () =>
      (await server.sql`select 1 from outbox where failed_at is null`).length === 0 &&
      (await server.sql`select 1 from timers where due_at <= ${server.clock.now().toISOString()}`).length ===
        0,
    'nothing is left to be done',
  )

describe('escalation of a desk', () => {
  let server: TestServer
  let cookie: string
  let admin: string
  beforeAll(async () => {
    server = await startServer({ database: await postgres.createDatabase(), env: channelsOn() })
    cookie = await hireOperator(server.url, { name: 'Айгерім Сәрсенова', languages: ['kk', 'ru'] })
    admin = await signIn(server.url)
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    server.clock.at(mondayMorning)
    await server.sql`update escalations set last_told_at = null`
    await server.sql`update alerts set told_at = at where told_at is null`
  })

  it('a breach is told by e-mail at once: number, promise, a link; nothing of the visitor', async () => {
    const address = newAddress()
    await tells(server.url, admin, [address])
    const visitor = await registered(server)
    await visitor.writes('секрет 850412300125')
    await pass(server, { minutes: 15 })
    const mail = await smtp.receives(address)
    const number = visitor.state.ticketNumber
    const link = `https://help.desk.test/console#/conversation/${visitor.conversationId}`
    expect(mail.text).toContain(
      `№ ${number}: срок первого ответа нарушен, ответ был обещан до 10:15\n${link}`,
    )
    expect(mail.text).toContain(`№ ${number}: алғашқы жауап мерзімі бұзылды`)
    expect(mail.raw).not.toMatch(/850412300125|секрет/)
    expect(mail.from.address).toBe('help@desk.test')
    await settled(server)
    expect(smtp.to(address)).toHaveLength(1)
  })

  it('comes in the first language of the operator whose address it is, and not to who works there no longer', async () => {
    const [saule, gone] = [newAddress(), newAddress()]
    await hireOperator(server.url, { name: 'Сәуле', email: saule, role: 'supervisor', languages: ['kk'] })
    await hireOperator(server.url, { name: 'Бывший', email: gone, role: 'supervisor' })
    await server.sql`update operators set active = false where email = ${gone}`
    await tells(server.url, admin, [saule, gone], ['breach'])
    const visitor = await registered(server)
    await pass(server, { minutes: 15 })
    const mail = await smtp.receives(saule)
    expect(mail.subject).toBe(
      `E-DOC техникалық қолдау қызметі: № ${visitor.state.ticketNumber}: алғашқы жауап мерзімі бұзылды, жауап сағат 10:15-ке дейін уәде етілген еді`,
    )
    expect(mail.text).not.toContain('срок')
    await settled(server)
    expect(smtp.to(gone)).toEqual([])
  })

  it('only what was chosen is told: warnings by nobody’s wish, then by it', async () => {
    const address = newAddress()
    await tells(server.url, admin, [address], ['insult'])
    await registered(server)
    await pass(server, { minutes: 15 })
    await settled(server)
    await until(
      async () => (await server.sql`select 1 from alerts where told_at is null`).length === 0,
      'all was gone through',
    )
    expect(smtp.to(address)).toEqual([])
    await tells(server.url, admin, [address], ['warning'])
    const visitor = await registered(server)
    await pass(server, { minutes: 5 })
    const mail = await smtp.receives(address)
    expect(mail.text).toContain(`№ ${visitor.state.ticketNumber}: первый ответ обещан до`)
  })

  it('a storm of breaches is a message at once and one for all the rest, a minute later', async () => {
    const address = newAddress()
    await tells(server.url, admin, [address], ['breach'])
    const storm = 40
    const visitors: VisitorClient[] = []
    for (let n = 0; n < storm; n += 8)
      visitors.push(...(await Promise.all(Array.from({ length: 8 }, () => registered(server)))))
    const numbers = visitors.map(({ state }) => state.ticketNumber ?? 0)
    await pass(server, { minutes: 15 })
    await smtp.receives(address)
    await until(
      async () =>
        (await server.sql`select 1 from alerts where kind = 'breach' and number = any(${numbers}::int[])`)
          .length === storm,
      'every promise is broken',
    )
    const told = smtp.to(address).length
    expect(told).toBe(1)
    await pass(server, { seconds: 30 })
    await settled(server)
    expect(smtp.to(address)).toHaveLength(1)
    await pass(server, { seconds: 31 })
    const rest = await smtp.receives(
      address,
      ({ subject }) => /событи/.test(subject) || /оқиға/.test(subject),
    )
    await settled(server)
    const lines = smtp
      .to(address)
      .flatMap(({ text }) => text.match(/срок первого ответа нарушен/g) ?? []).length
    const more = smtp
      .to(address)
      .reduce((sum, { text }) => sum + Number(/И ещё (\d+) событи/.exec(text)?.[1] ?? 0), 0)
    expect(lines + more).toBe(storm)
    expect(rest.text.match(/срок первого ответа нарушен/g)?.length).toBeLessThanOrEqual(10)
    expect(smtp.to(address).length).toBeLessThanOrEqual(2)
  })

  it('an insult that was warned of, and the end for it, are told (edoc regulation, §16)', async () => {
    const address = newAddress()
    await tells(server.url, admin, [address], ['insult'])
    const operator = await consoleOf(server, cookie)
    const visitor = await registered(server)
    await operator.act(visitor.conversationId, { type: 'took' })
    await operator.act(visitor.conversationId, { type: 'warned', text: 'Прошу без оскорблений' })
    const mail = await smtp.receives(address)
    expect(mail.text).toContain(`№ ${visitor.state.ticketNumber}: посетитель предупреждён за оскорбления`)
    await operator.act(visitor.conversationId, { type: 'ended' })
    await pass(server, { seconds: 61 })
    await smtp.receives(address, ({ text }) => text.includes('разговор завершён из-за оскорблений'))
  })

  it('a mail that the server cannot take now (451) is told later, once; a dead mailbox is shown in the settings', async () => {
    const [address, dead] = [newAddress(), newAddress()]
    await tells(server.url, admin, [address])
    smtp.answers({ at: 'text', code: 451, words: 'later' })
    await registered(server)
    await pass(server, { minutes: 15 })
    await until(
      async () =>
        (await server.sql`select 1 from outbox where address = ${address} and attempts = 1`).length > 0,
      'it waits',
    )
    await pass(server, { seconds: 20 })
    await smtp.receives(address)
    await settled(server)
    expect(smtp.to(address)).toHaveLength(1)

    await tells(server.url, admin, [dead])
    smtp.answers({ at: 'recipient', code: 550, words: 'no such user' })
    await call(server.url, admin, 'POST', '/edoc/trial')
    await until(async () => {
      const answer = await fetch(`${server.url}/api/console/escalation`, {
        headers: { 'x-komekshi': '1', cookie: admin },
      })
      const { desks } = (await answer.json()) as { desks: { failures: { address: string }[] }[] }
      return desks.some(({ failures }) => failures.some((one) => one.address === dead))
    }, 'the settings show it')
  })

  it('a group that a code connects is told, after 429 as late as Telegram asks, and the bot stays there', async () => {
    const { command } = await call(server.url, admin, 'POST', '/edoc/chat')
    const group = telegram.group(-100700)
    group.addsBot({ language_code: 'ru' })
    await telegram.confirmed()
    expect(group.botIsThere()).toBe(true)
    group.someoneWrites(command)
    await telegram.until(
      () => group.messages().some(({ text }) => text.includes('этот чат подключён')),
      'the chat is connected',
    )
    await tells(server.url, admin, [])
    telegram.fails('sendMessage', { status: 429, retryAfter: 30 })
    const visitor = await registered(server)
    await pass(server, { minutes: 15 })
    await until(
      async () =>
        (await server.sql`select 1 from outbox where channel = 'telegram' and attempts = 1`).length > 0,
      'Telegram says to wait',
    )
    await pass(server, { seconds: 31 })
    await telegram.until(
      () => group.messages().some(({ text }) => text.includes(`№ ${visitor.state.ticketNumber}`)),
      'the group is told',
    )
    await settled(server)
    expect(
      group.messages().filter(({ text }) => text.includes(`№ ${visitor.state.ticketNumber}: срок`)),
    ).toHaveLength(1)
    group.someoneWrites('кто возьмёт?')
    await telegram.confirmed()
    expect(group.botIsThere()).toBe(true)

    // the group has grown, and the bot is in the new one: it is told there
    await call(server.url, admin, 'POST', '/edoc/chat')
    telegram.group(-100701).addsBot()
    await telegram.confirmed()
    telegram.fails('sendMessage', { status: 400, description: 'Bad Request: upgraded', movedTo: -100701 })
    await call(server.url, admin, 'POST', '/edoc/trial')
    const grown = telegram.group(-100701)
    await telegram.until(
      () => grown.messages().some(({ text }) => text.includes('будут приходить сюда')),
      'the grown group is told',
    )
    grown.sendsBotAway()
    await telegram.confirmed()
    await until(
      async () => (await server.sql`select 1 from escalations where telegram_chat is not null`).length === 0,
      'the chat is forgotten',
    )
  })

  it('a group that nobody expects is left, as ever', async () => {
    await server.sql`delete from chat_codes`
    const group = telegram.group(-100800)
    group.addsBot()
    await telegram.until(() => !group.botIsThere(), 'the bot leaves')
    group.someoneWrites('/connect ABCD2345')
    await telegram.confirmed()
    expect(await server.sql`select 1 from escalations where telegram_chat = '-100800'`).toHaveLength(0)
  })
})

describe('alerts in the console', () => {
  let server: TestServer
  let supervisor: string
  let operator: string
  let colleague: string
  beforeAll(async () => {
    server = await startServer({ database: await postgres.createDatabase() })
    supervisor = await hireOperator(server.url, { name: 'Сәуле', role: 'supervisor' })
    operator = await hireOperator(server.url, { name: 'Айгерім' })
    colleague = await hireOperator(server.url, { name: 'Тимур' })
  })
  afterAll(() => server.stop())

  const kindsOf = (client: ConsoleClient) => client.alerts.map(({ kind }) => kind)

  it('come to the desk’s supervisors and to whose conversation it is, to nobody else; and are there at the next sign-in', async () => {
    const [boss, mine, other] = await Promise.all(
      [supervisor, operator, colleague].map((who) => consoleOf(server, who)),
    )
    if (!boss || !mine || !other) throw new Error('nobody')
    const visitor = await registered(server)
    const waiting = await registered(server)
    // taken late: who has it for ten minutes without a word has it no longer
    await pass(server, { minutes: 10 })
    await mine.act(visitor.conversationId, { type: 'took' })
    await pass(server, { minutes: 5 })
    await until(() => kindsOf(boss).filter((kind) => kind === 'breach').length === 2, 'the supervisor hears')
    await until(() => kindsOf(mine).includes('breach'), 'the operator hears')
    expect(new Set(boss.alerts.map(({ number }) => number))).toEqual(
      new Set([visitor.state.ticketNumber, waiting.state.ticketNumber]),
    )
    expect(new Set(mine.alerts.map(({ number }) => number))).toEqual(new Set([visitor.state.ticketNumber]))
    expect(other.alerts).toEqual([])

    const again = await consoleOf(server, supervisor)
    expect(again.hello.alerts.filter(({ kind }) => kind === 'breach')).toHaveLength(2)
    expect(again.hello.alertsSeenAt).toBeNull()
    const newest = again.hello.alerts[0]?.at ?? ''
    again.socket.emit('alertsSeen', newest)
    await until(() => boss.alertsSeenAt === newest, 'her other screen knows')
    const later = await consoleOf(server, supervisor)
    expect(later.hello.alertsSeenAt).toBe(newest)
    expect((await consoleOf(server, colleague)).hello.alerts).toEqual([])
  })

  it('a mark from the future, or that is no moment, is not taken', async () => {
    const boss = await consoleOf(server, supervisor)
    const before = boss.hello.alertsSeenAt
    boss.socket.emit('alertsSeen', '2999-01-01T00:00:00.000Z')
    boss.socket.emit('alertsSeen', 'now()' as string)
    const visitor = await registered(server)
    await boss.seesRow(visitor.conversationId)
    expect((await consoleOf(server, supervisor)).hello.alertsSeenAt).toBe(before)
  })

  it('what waits for an operator is told to them alone: silence, reopening (edoc regulation, §15)', async () => {
    const [boss, mine] = await Promise.all([supervisor, operator].map((who) => consoleOf(server, who)))
    if (!boss || !mine) throw new Error('nobody')
    const visitor = await registered(server)
    await mine.act(visitor.conversationId, { type: 'took' })
    await mine.act(visitor.conversationId, { type: 'replied', text: 'Здравствуйте!' })
    await mine.act(visitor.conversationId, { type: 'resolved' })
    await visitor.presses('reopen')
    await until(() => kindsOf(mine).includes('reopened'), 'the operator hears')
    expect(boss.alerts.map(({ kind }) => kind)).not.toContain('reopened')
  })
})

describe('two servers on one database', () => {
  it('tell each thing once between them', async () => {
    const database = await postgres.createDatabase()
    const address = newAddress()
    const env = { SMTP_URL: smtp.url }
    const one = await startServer({ database, env })
    const other = await startServer({ database, env, clock: one.clock, dataDir: one.dataDir })
    await tells(one.url, await signIn(one.url), [address], ['breach'])
    const visitors = await Promise.all(Array.from({ length: 10 }, (_, n) => registered(n % 2 ? one : other)))
    one.clock.pass({ minutes: 15 })
    await one.wake()
    await settled(one)
    await pass(one, { minutes: 2 })
    await until(
      async () =>
        (await one.sql`select 1 from alerts where told_at is null and kind = 'breach'`).length === 0,
      'every breach is told',
    )
    await settled(one)
    const text = smtp
      .to(address)
      .map((mail) => mail.text)
      .join('\n')
    for (const { state } of visitors)
      expect(
        text.match(new RegExp(`№ ${state.ticketNumber}: срок`, 'g')),
        `${state.ticketNumber}`,
      ).toHaveLength(1)
    await Promise.all([one.stop(), other.stop()])
  })
})
