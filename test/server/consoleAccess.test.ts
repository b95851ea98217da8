import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ConsoleClient,
  changeOperator,
  consoleClient,
  hireOperator,
  historyOf,
  signIn,
} from '../support/consoleClient.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { twoDesks } from '../support/twoDesks.ts'
import { until } from '../support/until.ts'
import { registers, told, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

let postgres: TestPostgres
let server: TestServer
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
  server = await startServer({ database: postgres.url, env: { DESKS_DIR: twoDesks() } })
})
afterAll(async () => {
  await server.stop()
  await postgres.stop()
})

const hired = async (person: Parameters<typeof hireOperator>[1]) =>
  consoleClient(server.url, await hireOperator(server.url, person))

describe('without a session nobody gets in', () => {
  it.each([
    ['no cookie', undefined],
    ['an empty cookie', 'komekshi_session='],
    ['an invented cookie', `komekshi_session=${'A'.repeat(43)}`],
    ['a cookie of another name', `session=${'A'.repeat(43)}`],
  ])('%s: unauthorized', async (_, cookie) => {
    await expect(consoleClient(server.url, cookie)).rejects.toThrow('unauthorized')
  })

  it('a session that was signed out is over, and its console is told', async () => {
    const cookie = await hireOperator(server.url, { name: 'Уходящая' })
    const operator = await consoleClient(server.url, cookie)
    await fetch(`${server.url}/api/console/logout`, {
      method: 'POST',
      headers: { cookie, 'x-komekshi': '1' },
    })
    await until(() => operator.signedOut && !operator.socket.connected, 'the console is closed')
    await expect(consoleClient(server.url, cookie)).rejects.toThrow('unauthorized')
  })

  it('a session ends twelve hours after it was last used', async () => {
    const cookie = await hireOperator(server.url, { name: 'Ушедшая домой' })
    server.clock.pass({ minutes: 12 * 60 + 1 })
    await expect(consoleClient(server.url, cookie)).rejects.toThrow('unauthorized')
    server.clock.pass({ minutes: -(12 * 60 + 1) })
  })
})

describe('operators see the desks they work for, and no other', () => {
  let ours: ConsoleClient
  let theirs: ConsoleClient
  let visitor: VisitorClient
  beforeAll(async () => {
    ours = await hired({ name: 'Айгерім', desks: ['edoc'] })
    theirs = await hired({ name: 'Тимур', desks: ['second'] })
    visitor = await visitorClient(server.url, { desk: 'edoc', language: 'ru' })
    await registers(visitor)
    await ours.seesRow(visitor.conversationId)
  })
  afterAll(() => {
    for (const client of [ours, theirs, visitor]) client.leaves()
  })

  it('the line of the queue comes to one and not to the other, now and at the next sign-in', async () => {
    const second = await visitorClient(server.url, { desk: 'second' })
    await registers(second)
    await theirs.seesRow(second.conversationId)
    expect([...theirs.rows.keys()]).toEqual([second.conversationId])
    const again = await hired({ name: 'Данияр', desks: ['second'] })
    expect(again.hello.rows.map(({ conversationId }) => conversationId)).toEqual([second.conversationId])
    expect(again.hello.desks.map(({ id }) => id)).toEqual(['second'])
    again.leaves()
    second.leaves()
  })

  it('a conversation of another desk is as if it were not there, whatever is done', async () => {
    const id = visitor.conversationId
    const notFound = { ok: false, refusal: { key: 'refusal.notFound' } }
    expect(await theirs.open(id)).toMatchObject(notFound)
    expect(await theirs.reveal(id, 'iin')).toMatchObject(notFound)
    expect(await theirs.act(id, { type: 'took' })).toMatchObject(notFound)
    expect(await theirs.act(id, { type: 'noted', text: 'привет' })).toMatchObject(notFound)
    expect(await theirs.thread(id)).toEqual([])
    expect(await theirs.socket.emitWithAck('earlier', id, 2 ** 30)).toEqual({
      messages: [],
      hasEarlier: false,
    })
    theirs.socket.emit('read', id, 1)
    theirs.socket.emit('typing', id)
    await ours.act(id, { type: 'took' })
    await ours.act(id, { type: 'replied', text: 'только своим' })
    await visitor.sees('только своим')
    expect(theirs.messages).toEqual([])
  })

  it('a request cannot be handed to somebody who does not work for the desk', async () => {
    const ack = await ours.act(visitor.conversationId, { type: 'transferred', to: theirs.hello.me.id })
    expect(ack).toMatchObject({ ok: false, refusal: { key: 'refusal.noSuchOperator' } })
  })
})

describe('an operator who is deactivated', () => {
  it('is put out at once, everywhere, and does not get in again', async () => {
    const cookie = await hireOperator(server.url, { name: 'Бывшая' })
    const [one, two] = await Promise.all([
      consoleClient(server.url, cookie),
      consoleClient(server.url, cookie),
    ])
    await changeOperator(server.url, one.hello.me.id, { active: false })
    await until(() => !one.socket.connected && !two.socket.connected, 'both consoles are closed')
    await expect(consoleClient(server.url, cookie)).rejects.toThrow('unauthorized')
  })

  it('who gets another desk sees that one after coming back, and the former no more', async () => {
    const cookie = await hireOperator(server.url, { name: 'Переведённая', desks: ['edoc'] })
    const before = await consoleClient(server.url, cookie)
    await changeOperator(server.url, before.hello.me.id, { desks: ['second'] })
    await until(() => !before.socket.connected, 'the console is closed')
    const after = await consoleClient(server.url, cookie)
    expect(after.hello.desks.map(({ id }) => id)).toEqual(['second'])
    expect(after.hello.rows.every(({ desk }) => desk === 'second')).toBe(true)
    after.leaves()
  })
})

describe('the IIN is masked wherever it need not be read (product.md, who the visitor is)', () => {
  const { iin } = told.identity
  const masked = `••••••••${iin.slice(-4)}`
  let operator: ConsoleClient
  let visitor: VisitorClient
  beforeAll(async () => {
    operator = await hired({ name: 'Салтанат' })
    visitor = await visitorClient(server.url, { language: 'ru' })
    await visitor.writes(`мой ИИН ${iin}, помогите`)
    await registers(visitor, { type: 'defect', description: `Подпись на ИИН ${iin} не проходит` })
    await visitor.writes(`ещё раз: ${iin}`)
  })
  afterAll(() => {
    operator.leaves()
    visitor.leaves()
  })

  it('in the line of the queue, beside the thread and in the thread, from whatever source', async () => {
    const row = await operator.seesRow(visitor.conversationId, ({ lastText }) => lastText.includes('ещё раз'))
    expect(row.lastText).toBe(`ещё раз: ${masked}`)
    const opened = await operator.open(visitor.conversationId)
    if (!opened.ok) throw new Error('not opened')
    expect(opened.detail.identity).toContainEqual({ field: 'iin', label: 'ИИН', value: masked, masked: true })
    expect(opened.detail.request.find(({ field }) => field === 'description')?.value).toContain(masked)
    const thread = await operator.thread(visitor.conversationId)
    expect(JSON.stringify([row, opened, thread, operator.messages])).not.toContain(iin)
    await visitor.writes(`и ещё ${iin}`)
    await until(() => JSON.stringify(operator.messages).includes('и ещё'), 'the message comes')
    expect(JSON.stringify(operator.messages)).not.toContain(iin)
  })

  it('the visitor reads their own words as they wrote them', () => {
    expect(visitor.ownTexts).toContain(`мой ИИН ${iin}, помогите`)
    const summary = visitor.thread.flatMap(({ content }) =>
      content.kind === 'said' && content.summary ? content.summary.rows : [],
    )
    expect(summary.find(({ field }) => field === 'iin')?.value).toBe(iin)
  })

  it('whole on demand; the history says who looked, and the visitor does not read that', async () => {
    const id = visitor.conversationId
    expect(await operator.reveal(id, 'iin')).toEqual({ ok: true, value: iin })
    expect(historyOf(await operator.thread(id))).toContain('Салтанат смотрит данные посетителя: ИИН')
    const { messages } = await visitor.socket.emitWithAck('again')
    expect(JSON.stringify(messages)).not.toContain('смотрит данные')
  })
})

describe('presence', () => {
  it('a console that was opened and closed at once leaves nobody online', async () => {
    const cookie = await hireOperator(server.url, { name: 'Мимолётная' })
    const first = await consoleClient(server.url, cookie)
    const me = first.hello.me.id
    first.leaves()
    const administrator = await signIn(server.url)
    const rounds = await Promise.all(Array.from({ length: 5 }, () => consoleClient(server.url, cookie)))
    for (const one of rounds) one.leaves()
    await until(
      async () => {
        const response = await fetch(`${server.url}/api/console/operators`, {
          headers: { cookie: administrator },
        })
        const all = (await response.json()) as { id: string; presence: string }[]
        return all.find(({ id }) => id === me)?.presence === 'offline'
      },
      'nobody is online',
      { everyMilliseconds: 100 },
    )
  })
})
