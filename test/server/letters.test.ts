import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../engine/language.ts'
import { consoleClient, hireOperator, historyOf } from '../support/consoleClient.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { registeredAtCryptopro } from '../support/registeredAtCryptopro.ts'
import {
  databases,
  removeDataFolders,
  startServer,
  startServerProcess,
  type TestServer,
} from '../support/server.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'
import { until } from '../support/until.ts'
import { type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/*
 * E-mails to visitors on what becomes of their requests, by a real SMTP server: product.md, row "notices".
 */

let postgres: TestPostgres
let smtp: TestSmtp
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
  smtp = await startSmtp()
})
afterAll(async () => {
  await postgres.stop()
  await smtp.stop()
})

const opened = leftAfterEach()

const newAddress = () => `visitor-${randomUUID().slice(0, 8)}@mail.test`

const registered = async (url: string, address: string, language?: Language): Promise<VisitorClient> => {
  const visitor = await registeredAtCryptopro(url, address, language)
  opened.push(visitor)
  return visitor
}

const numberOf = (visitor: VisitorClient) => visitor.state.ticketNumber ?? 0
const idle = (server: TestServer) =>
  until(
    async () => (await server.sql`select 1 from outbox where failed_at is null`).length === 0,
    'the outbox is empty',
  )

describe('letters to visitors', () => {
  let server: TestServer
  let cookie: string
  beforeAll(async () => {
    server = await startServer({
      database: postgres.url,
      env: { SMTP_URL: smtp.url, SMTP_FROM: 'help@desk.test', PUBLIC_URL: 'https://help.desk.test' },
    })
    cookie = await hireOperator(server.url, { name: 'Айгерім Сәрсенова', desks: ['cryptopro'] })
  })
  afterAll(() => server.stop())

  async function operatorHere() {
    const operator = await consoleClient(server.url, cookie)
    opened.push(operator)
    return operator
  }

  it('tell the number, what happened, the promise and where to go on, and nothing personal', async () => {
    const address = newAddress()
    const visitor = await registered(server.url, address)
    const mail = await smtp.receives(address)
    const number = numberOf(visitor)
    expect(mail.subject).toBe(`Обращение № ${number} принято`)
    expect(mail.from).toEqual({ name: 'Техническая поддержка КриптоПро', address: 'help@desk.test' })
    expect(mail.text).toBe(
      [
        'Здравствуйте!',
        `Мы приняли ваше обращение, его номер ${number}. Специалист ответит 23 ноября до 10:15.`,
        'Переписка идёт в чате на портале: https://support.cryptopro.ru',
        'Техническая поддержка КриптоПро',
        'Письмо отправлено автоматически. Отвечать на него не нужно: пишите, пожалуйста, в чат.',
        '',
      ]
        .join('\n\n')
        .replace(/\n+$/, '\n'),
    )
    expect(mail.raw).not.toMatch(/12345|Тайна/)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.headers.get('to')).toBe(address)
  })

  it('come in the language of the conversation', async () => {
    const address = newAddress()
    const visitor = await registered(server.url, address, 'kk')
    const mail = await smtp.receives(address)
    expect(mail.subject).toBe(`№ ${numberOf(visitor)} өтініш қабылданды`)
    expect(mail.text).toContain('Сәлеметсіз бе!')
    expect(mail.text).toContain('Маман 23 қараша күні сағат 10:15-ке дейін жауап береді.')
  })

  it('follow every change of the status in order, as one thread (cryptopro guide, §5)', async () => {
    const address = newAddress()
    const visitor = await registered(server.url, address)
    const operator = await operatorHere()
    const id = visitor.conversationId
    await operator.act(id, { type: 'took' })
    await operator.act(id, { type: 'offeredSolution', text: 'Обновите программу' })
    await visitor.presses('resolved')
    await visitor.presses('reopen')
    await smtp.receives(address, ({ subject }) => subject.endsWith('снова открыто'))
    const number = numberOf(visitor)
    expect(smtp.to(address).map(({ subject }) => subject)).toEqual([
      `Обращение № ${number} принято`,
      `Обращение № ${number} в работе`,
      `Обращение № ${number}: предложено решение`,
      `Обращение № ${number} завершено`,
      `Обращение № ${number} снова открыто`,
    ])
    const threads = smtp.to(address).map(({ headers }) => headers.get('references'))
    expect(new Set(threads).size).toBe(1)
    expect(new Set(smtp.to(address).map(({ messageId }) => messageId)).size).toBe(5)
    expect(
      smtp
        .to(address)
        .map(({ raw }) => raw)
        .join(),
    ).not.toContain('Обновите программу')
  })

  it('that the server cannot take now (451) come later, once, and hold up nobody else', async () => {
    const [address, other] = [newAddress(), newAddress()]
    smtp.answers({ at: 'text', code: 451, words: 'try again later' })
    const visitor = await registered(server.url, address)
    await until(
      async () =>
        (await server.sql`select 1 from outbox where address = ${address} and attempts = 1`).length > 0,
      'the letter waits',
    )
    await registered(server.url, other)
    await smtp.receives(other)
    expect(smtp.to(address)).toEqual([])
    server.clock.pass({ seconds: 16 })
    await server.wake()
    const mail = await smtp.receives(address)
    expect(mail.subject).toBe(`Обращение № ${numberOf(visitor)} принято`)
    await idle(server)
    expect(smtp.to(address)).toHaveLength(1)
  })

  it('that the mailbox refuses (550) are given up, and the history says so', async () => {
    const address = newAddress()
    smtp.answers({ at: 'recipient', code: 550, words: 'no such user' })
    const visitor = await registered(server.url, address)
    const operator = await operatorHere()
    await until(
      async () =>
        historyOf(await operator.thread(visitor.conversationId)).includes(
          'Письмо посетителю не доставлено: почта его не приняла',
        ),
      'the history says so',
      { everyMilliseconds: 150 },
    )
    const rows = await server.sql<{ failure: string }[]>`
      select failure from outbox where address = ${address} and failed_at is not null`
    expect(rows.map(({ failure }) => failure)).toEqual(['smtp EENVELOPE 550'])
    await server.sql`delete from outbox where address = ${address}`
  })

  it('are not written to an address with a line break or a list of them: it is refused when it is given', async () => {
    const visitor = await visitorClient(server.url, { desk: 'cryptopro', language: 'ru' })
    opened.push(visitor)
    await visitor.presses('operator')
    await visitor.presses('consent')
    for (const account of [
      'a@mail.test\r\nBcc: all@mail.test',
      'a@mail.test, b@mail.test',
      '"x" <a@mail.test>',
    ]) {
      const ack = await visitor.fills({ account })
      expect(ack.ok, account).toBe(false)
    }
  })

  it('are counted', async () => {
    expect(
      await server.metric('komekshi_notices_total{channel="email",outcome="delivered"}'),
    ).toBeGreaterThan(5)
  })
})

describe('a server without SMTP_URL', () => {
  it('keeps no letters for later', async () => {
    const server = await startServer({ database: await postgres.createDatabase() })
    await registered(server.url, newAddress())
    expect(await server.sql`select 1 from outbox`).toHaveLength(0)
    await server.stop()
  })
})

describe('two servers on one database', () => {
  it('send each letter once between them', async () => {
    const database = await postgres.createDatabase()
    const env = { SMTP_URL: smtp.url }
    const one = await startServer({ database, env })
    const other = await startServer({ database, env, clock: one.clock, dataDir: one.dataDir })
    const addresses = Array.from({ length: 12 }, newAddress)
    await Promise.all(addresses.map((address, n) => registered(n % 2 ? one.url : other.url, address)))
    await idle(one)
    for (const address of addresses) expect(smtp.to(address), address).toHaveLength(1)
    await Promise.all([one.stop(), other.stop()])
  })
})

describe.each(databases)(
  'a server that is killed (kill -9) between the commit and the delivery (%s)',
  (kind) => {
    it('sends the letter after the restart, as the same message', async () => {
      const server = await startServerProcess({
        database: kind === 'real' ? await postgres.createDatabase() : 'embedded',
        env: { SMTP_URL: smtp.url, SMTP_FROM: 'help@desk.test' },
      })
      try {
        const address = newAddress()
        smtp.answers({ at: 'hang' })
        await registered(server.url, address)
        await until(() => smtp.held > 0, 'the letter is on its way')
        await server.kill()
        for (const client of opened.splice(0)) client.leaves()
        await server.startAgain({ laterSeconds: 120 })
        await smtp.receives(address)
        await until(
          async () => (await server.look((sql) => sql`select 1 from outbox`)).length === 0,
          'the outbox is empty',
        )
        // the first one had not been answered: the mail server may have kept it, under the same id
        smtp.release()
        const ids = await until(() => {
          const got = smtp.to(address)
          return got.length > 1 && got.map(({ messageId }) => messageId)
        }, 'the held one comes too')
        expect(new Set(ids).size).toBe(1)
      } finally {
        await server.stop()
      }
    })
  },
)
