import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContractInput, WireContract } from '../../../engine/wireContracts.ts'
import {
  type ConsoleClient,
  consoleClient,
  hireOperator,
  historyOf,
  signIn,
} from '../../support/consoleClient.ts'
import { keepContract } from '../../support/keepContract.ts'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../../support/server.ts'
import { settableClock } from '../../support/settableClock.ts'
import { told, type VisitorClient, visitorClient } from '../../support/visitorClient.ts'

/* Contracts in the real server, on Monday 23 November 2026. */

let postgres: TestPostgres
/** Two processes on one database, as they stand behind a balancer. */
let server: TestServer
let second: TestServer
let cookie: string
let operator: ConsoleClient
const opened: { leaves(): void }[] = []
const clock = settableClock()

beforeAll(async () => {
  postgres = await startPostgres()
  clock.at('2026-11-23T05:00:00.000Z')
  server = await startServer({ database: postgres.url, clock })
  second = await startServer({ database: postgres.url, clock })
  cookie = await signIn(server.url)
  operator = await consoleClient(
    server.url,
    await hireOperator(server.url, { name: 'Айгерім', desks: ['edoc', 'cryptopro'] }),
  )
  opened.push(operator)
})
afterAll(async () => {
  for (const one of opened) one.leaves()
  await second?.stop()
  await server?.stop()
  await postgres?.stop()
  removeDataFolders()
})

const keeps = (desk: string, contract: Partial<ContractInput>): Promise<WireContract> =>
  keepContract(server.url, cookie, desk, contract)

async function visits(desk: string, at = server): Promise<VisitorClient> {
  const visitor = await visitorClient(at.url, { desk, language: 'ru' })
  opened.push(visitor)
  await visitor.presses('operator')
  await visitor.presses('consent')
  return visitor
}
/** At the summary of a request by a certificate. */
async function certified(number: string, account = 'rasul@example.kz', at = server): Promise<VisitorClient> {
  const visitor = await visits('cryptopro', at)
  await visitor.fills({ account, certificate: number, certificateTerm: '' })
  return visitor
}
const describes = (visitor: VisitorClient) =>
  visitor.fills({ product: 'csp', subject: 'Не запускается', description: 'Окно не открывается' })

describe('a contract is found for the visitor who names it', () => {
  it('VIP by the organisation’s BIN: first in the queue, told to the visitor and to the operator', async () => {
    const bin = '990140000384'
    await keeps('edoc', { bin, organisation: 'ТОО «Ромашка»', level: 'vip', type: 'vip' })
    const visitor = await visits('edoc')
    await visitor.fills({ ...told.identity, organisation: 'ТОО «Ромашка»', bin })
    await visitor.sees('VIP-поддержка по договору: ТОО «Ромашка», он действует до 31 декабря 2026 года.')
    await visitor.fills(told.request)
    await visitor.presses('confirm')
    expect(await operator.seesRow(visitor.conversationId)).toMatchObject({ level: 'vip', contractRank: 0 })
    const detail = await operator.open(visitor.conversationId)
    if (!detail.ok) throw new Error(detail.refusal.text)
    expect(detail.detail.contract).toMatchObject({ bin, organisation: 'ТОО «Ромашка»', open: 1, limit: null })
    expect(historyOf(await operator.thread(visitor.conversationId))).toContain(
      'Договор: ТОО «Ромашка», VIP, до 31 декабря 2026 года',
    )
  })

  it('by a certificate’s number, until its limit is reached; a request that is over makes room', async () => {
    await keeps('cryptopro', { number: 'ТП-1', type: 'workplace' })
    const first = await certified('тп 1')
    await first.sees('Сертификат № тп 1 действует')
    await describes(first)
    await first.presses('confirm')
    await keepsSending('ТП-1')
    const third = await certified('ТП-1', 'dana@example.kz')
    await third.sees('уже открыто 2 обращения')
    expect(JSON.stringify(third.thread)).not.toMatch(/Хранимое|Ваши открытые/)
    const same = await certified('ТП-1')
    await same.sees(/Ваши открытые обращения: № \d+, № \d+\./)
    await operator.act(first.conversationId, { type: 'took' })
    await operator.act(first.conversationId, { type: 'replied', text: 'Готово' })
    await operator.act(first.conversationId, { type: 'resolved' })
    const fourth = await certified('ТП-1')
    await fourth.sees('Сертификат № ТП-1 действует')
  })

  async function keepsSending(number: string) {
    const visitor = await certified(number)
    await describes(visitor)
    expect(await visitor.presses('confirm')).toMatchObject({ ok: true })
    return visitor
  }

  it('the last place is given once, whoever asks at the same moment on whichever process', async () => {
    await keeps('cryptopro', { number: 'ТП-2', openLimit: 1 })
    const visitors = await Promise.all(
      [server, second, server, second].map(async (at, who) => {
        const visitor = await certified('ТП-2', `who${who}@example.kz`, at)
        await describes(visitor)
        return visitor
      }),
    )
    await Promise.all(visitors.map((visitor) => visitor.presses('confirm')))
    const stages = visitors.map(({ state }) => state.stage).sort()
    expect(stages).toEqual(['reviewing', 'reviewing', 'reviewing', 'waiting'])
    const [counted] = await server.sql<{ count: number }[]>`
      select count(*)::int as count from tickets t join contracts c on c.id = t.contract_id where c.number = 'ТП-2'`
    expect(counted?.count).toBe(1)
  })

  it('without one: the lowest priority, and the visitor knows', async () => {
    const visitor = await visits('cryptopro')
    await visitor.fills({ account: 'rasul@example.kz', certificate: '', certificateTerm: '' })
    await visitor.sees('Без сертификата у обращения самый низкий приоритет')
    await describes(visitor)
    await visitor.presses('confirm')
    expect(await operator.seesRow(visitor.conversationId)).toMatchObject({
      priority: 'low',
      contractRank: null,
    })
  })
})

describe('who guesses other people’s numbers', () => {
  it('gets no further than ten a day in a conversation, and learns neither names nor terms', async () => {
    await keeps('cryptopro', { number: 'ТАЙНА-11', endsOn: '2026-11-01' })
    const visitor = await certified('ТАЙНА-1')
    for (let number = 2; number <= 10; number++) await visitor.writes(`ТАЙНА-${number}`)
    await visitor.sees('Сертификат № ТАЙНА-10 не нашёлся')
    await visitor.writes('ТАЙНА-11')
    await visitor.sees('Сегодня сертификат проверяли слишком много раз')
    expect(JSON.stringify(visitor.thread)).not.toMatch(/Хранимое|ноября/)
  })
})

describe('an operator names the contract of a request', () => {
  it('and the console shows it at once; one of another desk cannot be named', async () => {
    const contract = await keeps('cryptopro', { number: 'ТП-3', type: 'extended', level: 'vip' })
    const other = await keeps('edoc', { number: 'Д-1', type: 'vip', level: 'vip' })
    const visitor = await visits('cryptopro')
    await visitor.fills({ account: 'rasul@example.kz', certificate: '', certificateTerm: '' })
    await describes(visitor)
    await visitor.presses('confirm')
    const { conversationId } = visitor
    await operator.act(conversationId, { type: 'took' })
    expect(await operator.act(conversationId, { type: 'recognised', contract: other.id })).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.contract.gone' },
    })
    expect(await operator.act(conversationId, { type: 'recognised', contract: contract.id })).toMatchObject({
      ok: true,
    })
    await visitor.sees('Специалист нашёл ваш сертификат')
    await operator.seesRow(conversationId, ({ level, priority }) => level === 'vip' && priority === 'normal')
    const detail = await operator.open(conversationId)
    expect(detail.ok && detail.detail.contract).toMatchObject({ id: contract.id, open: 1, limit: 5 })
    await operator.act(conversationId, { type: 'recognised', contract: null })
    await operator.seesRow(conversationId, ({ level, priority }) => level === 'basic' && priority === 'low')
  })

  it('nobody else may, and no id that is none', async () => {
    const visitor = await visits('cryptopro')
    await visitor.presses('operator')
    await visitor.presses('connectNow')
    const { conversationId } = visitor
    const stranger = await consoleClient(server.url, await hireOperator(server.url, { name: 'Тимур' }))
    opened.push(stranger)
    const missing = '00000000-0000-4000-8000-000000000000'
    expect(await stranger.act(conversationId, { type: 'recognised', contract: missing })).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.notFound' },
    })
    await operator.act(conversationId, { type: 'took' })
    expect(await operator.act(conversationId, { type: 'recognised', contract: missing })).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.contract.gone' },
    })
    expect(await operator.act(conversationId, { type: 'recognised', contract: 'x' })).toMatchObject({
      ok: false,
    })
  })
})
