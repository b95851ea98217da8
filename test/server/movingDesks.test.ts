import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationDetail } from '../../engine/wireConsole.ts'
import { type ConsoleClient, consoleClient, hireOperator, historyOf } from '../support/consoleClient.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { registers, told, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

/* A request of edoc turns out to be about the unified gateway, which sts looks after. */

let postgres: TestPostgres
let server: TestServer
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
  server = await startServer({ database: postgres.url })
})
afterAll(async () => {
  await server.stop()
  await postgres.stop()
})

const opened = leftAfterEach()

async function at(desk: string, name: string, role: 'operator' | 'supervisor' = 'operator') {
  const client = await consoleClient(
    server.url,
    await hireOperator(server.url, { name, desks: [desk], role }),
  )
  opened.push(client)
  return client
}

async function moved(): Promise<{ edoc: ConsoleClient; sts: ConsoleClient; visitor: VisitorClient }> {
  const [edoc, sts] = [await at('edoc', 'Айгерім'), await at('sts', 'Тимур')]
  const visitor = await visitorClient(server.url, { desk: 'edoc', language: 'ru' })
  opened.push(visitor)
  await registers(visitor)
  await edoc.act(visitor.conversationId, { type: 'took' })
  await edoc.act(visitor.conversationId, { type: 'replied', text: 'Здравствуйте!' })
  await edoc.open(visitor.conversationId)
  const ack = await edoc.act(visitor.conversationId, {
    type: 'movedToDesk',
    desk: 'sts',
    reason: 'вопрос о шлюзе',
  })
  expect(ack).toMatchObject({ ok: true })
  await sts.seesRow(visitor.conversationId)
  return { edoc, sts, visitor }
}

describe('a request that is passed to another desk', () => {
  it('keeps its number and what was told, the IIN masked, and shows its whole history there', async () => {
    const { sts, visitor } = await moved()
    const row = await sts.seesRow(visitor.conversationId)
    expect(row).toMatchObject({ desk: 'sts', stage: 'waiting', ticketNumber: visitor.state.ticketNumber })
    expect(row.name).toBe(told.identity.fullName)
    expect(row.subject).toBe(told.request.description)
    const detail = await sts.open(visitor.conversationId)
    if (!detail.ok) throw new Error('not opened')
    const iin = detail.detail.identity.find(({ field }) => field === 'iin')
    expect(iin).toMatchObject({ label: 'ИИН', masked: true, value: `••••••••${told.identity.iin.slice(-4)}` })
    expect(JSON.stringify(detail)).not.toContain(told.identity.iin)
    expect(await sts.reveal(visitor.conversationId, 'iin')).toEqual({ ok: true, value: told.identity.iin })
    const lines = historyOf(await sts.thread(visitor.conversationId))
    expect(
      lines.find((line) => line.includes('в другую службу') && line.includes('вопрос о шлюзе')),
    ).toBeTruthy()
    const [ticket] = await server.sql`
      select desk from tickets where conversation_id = ${visitor.conversationId}`
    expect(ticket?.desk).toBe('sts')
  })

  it('is gone for who serves only the desk it left, at once and whatever they do', async () => {
    const { edoc, sts, visitor } = await moved()
    const id = visitor.conversationId
    await until(() => !edoc.rows.has(id), 'the line is gone')
    const notFound = { ok: false, refusal: { key: 'refusal.notFound' } }
    expect(await edoc.open(id)).toMatchObject(notFound)
    expect(await edoc.reveal(id, 'iin')).toMatchObject(notFound)
    expect(await edoc.act(id, { type: 'noted', text: 'и ещё' })).toMatchObject(notFound)
    expect(await edoc.thread(id)).toEqual([])
    await visitor.writes('вы здесь?')
    await sts.act(id, { type: 'took' })
    await sts.act(id, { type: 'replied', text: 'теперь отвечаю я' })
    await visitor.sees('теперь отвечаю я')
    expect(JSON.stringify(edoc.messages)).not.toContain('вы здесь?')
    const [marks] = await server.sql`select operator_read_seq as seq from conversations where id = ${id}`
    edoc.socket.emit('read', id, 2 ** 20)
    await edoc.thread(id)
    expect(await server.sql`select operator_read_seq as seq from conversations where id = ${id}`).toEqual([
      marks,
    ])
  })

  it('goes on for the visitor in the same chat; their old words stay those of the first desk', async () => {
    const { visitor, sts } = await moved()
    await visitor.sees('передано в другую службу')
    expect(JSON.stringify(visitor.thread)).not.toContain('вопрос о шлюзе')
    const again = await visitorClient(server.url, { desk: 'edoc', token: visitor.token })
    opened.push(again)
    expect(again.token).toBe(visitor.token)
    expect(again.welcomes[0]?.desk.id).toBe('sts')
    const [greeting] = again.thread
    expect(JSON.stringify(greeting?.content)).toContain('E-DOC')
    await again.writes('спасибо, жду')
    await until(
      async () => JSON.stringify(await sts.thread(visitor.conversationId)).includes('спасибо, жду'),
      'the other desk reads it',
      { everyMilliseconds: 100 },
    )
  })

  it('tells the visitor the name of its new desk at once, and again in another language', async () => {
    const edoc = await at('edoc', 'Айгерім')
    const visitor = await visitorClient(server.url, { desk: 'edoc', language: 'ru' })
    opened.push(visitor)
    const named: string[] = []
    visitor.socket.on('desk', ({ assistant }) => named.push(assistant))
    await registers(visitor)
    await edoc.act(visitor.conversationId, { type: 'took' })
    await edoc.act(visitor.conversationId, { type: 'movedToDesk', desk: 'sts' })
    await visitor.sees('передано в другую службу')
    await until(() => named.length === 1, 'the desk is told')
    await visitor.act({ type: 'switchedLanguage', id: randomUUID(), language: 'kk' })
    await until(() => named.length === 2, 'the desk is told in Kazakh')
    expect(named).toEqual(['Помощник ГТС', 'МТҚ көмекшісі'])
    expect(visitor.welcomes).toHaveLength(1)
  })

  it('shows whoever has it open the new desk, and what that desk still needs to know', async () => {
    const both = await consoleClient(
      server.url,
      await hireOperator(server.url, { name: 'Сәуле', desks: ['edoc', 'sts'] }),
    )
    opened.push(both)
    const visitor = await visitorClient(server.url, { desk: 'edoc', language: 'ru' })
    opened.push(visitor)
    await registers(visitor)
    const id = visitor.conversationId
    const first = await both.open(id)
    if (!first.ok) throw new Error('not opened')
    expect(first.detail.missing).toEqual([])
    await both.act(id, { type: 'took' })
    const details: Pick<ConversationDetail, 'row' | 'missing'>[] = []
    both.socket.on('detail', (detail) => details.push(detail))
    await both.act(id, { type: 'movedToDesk', desk: 'sts' })
    const moved = await until(() => details.find(({ row }) => row.desk === 'sts'), 'the new detail')
    expect(moved.missing.map(({ label }) => label)).toEqual([
      'Организация',
      'Электронная почта',
      'Категория',
      'Тип запроса',
    ])
  })

  it('what is asked after it is asked at the first desk again, under a new number', async () => {
    const { visitor, sts, edoc } = await moved()
    const id = visitor.conversationId
    const number = visitor.state.ticketNumber
    await sts.act(id, { type: 'took' })
    await sts.act(id, { type: 'resolved', text: 'Готово' })
    await visitor.presses('new')
    await visitor.presses('operator')
    await visitor.presses('connectNow')
    await until(() => (visitor.state.ticketNumber ?? 0) > (number ?? 0), 'a new request')
    const row = await edoc.seesRow(id)
    expect(row.desk).toBe('edoc')
    const rows = await server.sql<{ number: number; desk: string }[]>`
      select number, desk from tickets where conversation_id = ${id} order by number`
    expect(rows.map(({ desk }) => desk)).toEqual(['sts', 'edoc'])
  })

  it('cannot be passed to a desk there is not, nor by who does not have it', async () => {
    const [edoc, other] = [await at('edoc', 'Айгерім'), await at('edoc', 'Данияр')]
    const visitor = await visitorClient(server.url, { desk: 'edoc', language: 'ru' })
    opened.push(visitor)
    await registers(visitor)
    await edoc.act(visitor.conversationId, { type: 'took' })
    const move = (by: ConsoleClient, desk: string) =>
      by.act(visitor.conversationId, { type: 'movedToDesk', desk })
    expect(await move(edoc, 'nowhere')).toMatchObject({ ok: false, refusal: { key: 'refusal.unknownDesk' } })
    expect(await move(edoc, '__proto__')).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.unknownDesk' },
    })
    expect(await move(other, 'sts')).toMatchObject({ ok: false, refusal: { key: 'refusal.notYours' } })
  })
})

describe('a supervisor takes over', () => {
  it('in one act, and an operator cannot', async () => {
    const [edoc, other, senior] = [
      await at('edoc', 'Айгерім'),
      await at('edoc', 'Данияр'),
      await at('edoc', 'Старшая', 'supervisor'),
    ]
    const visitor = await visitorClient(server.url, { desk: 'edoc', language: 'ru' })
    opened.push(visitor)
    await registers(visitor)
    const id = visitor.conversationId
    await edoc.act(id, { type: 'took' })
    expect(await other.act(id, { type: 'tookOver' })).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.forbidden' },
    })
    expect(await senior.act(id, { type: 'tookOver' })).toMatchObject({ ok: true })
    const row = await edoc.seesRow(id, ({ operator }) => operator?.name === 'Старшая')
    expect(row.cameBy).toMatchObject({ how: 'tookOver', by: senior.hello.me.id, from: edoc.hello.me.id })
    await visitor.sees('Старшая отвечает на обращение')
  })
})
