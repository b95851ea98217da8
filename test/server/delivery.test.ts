import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConversation } from '../../db/queries/conversations.ts'
import type { WireAck } from '../../engine/wire.ts'
import { type ConsoleClient, consoleClient, hireOperator } from '../support/consoleClient.ts'
import { postgresOfFile } from '../support/postgresOfFile.ts'
import { databases, startServer, type TestServer } from '../support/server.ts'
import { mondayMorning } from '../support/settableClock.ts'
import { until } from '../support/until.ts'
import { asksForPerson, told, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

const postgres = postgresOfFile()

const numbered = (count: number, word = 'сообщение') =>
  Array.from({ length: count }, (_, n) => `${word} ${n}`)
const seqOf = (ack: WireAck) => (ack.ok ? ack.seq : undefined)
const leave = (...clients: readonly { leaves(): void }[]) => {
  for (const client of clients) client.leaves()
}

describe.each(databases)('on the %s database', (kind) => {
  let server: TestServer
  let operator: ConsoleClient
  beforeAll(async () => {
    server = await startServer({ database: kind === 'real' ? postgres.url : 'embedded' })
    operator = await consoleClient(server.url, await hireOperator(server.url, { name: 'Айгерім Сәрсенова' }))
  })
  afterAll(async () => {
    leave(operator)
    await server.stop()
  })

  /** A visitor whose request an operator has taken. */
  async function served(): Promise<VisitorClient> {
    const visitor = await visitorClient(server.url)
    await asksForPerson(visitor)
    await operator.act(visitor.conversationId, { type: 'took' })
    return visitor
  }

  it('an act is acknowledged only after its commit (design §1)', async () => {
    const visitor = await visitorClient(server.url)
    const id = randomUUID()
    let ack: WireAck | undefined
    let acknowledged: Promise<void> | undefined
    await server.sql.begin(async (tx) => {
      await tx`select 1 from conversations where id = ${visitor.conversationId} for update`
      acknowledged = visitor.writes('как подписать документ', id).then((given) => {
        ack = given
      })
      await until(async () => {
        const waiting = await tx`select 1 from pg_locks where not granted`
        return waiting.length > 0
      }, 'the write waits for our lock')
      expect(ack).toBeUndefined()
    })
    await acknowledged
    const rows = await server.sql`select max(seq) as seq from messages where event_id = ${id}`
    expect(ack).toEqual({ ok: true, seq: rows[0]?.seq })
    leave(visitor)
  })

  it('the same id sent again, on another socket, or by both at once, appears once with the same seq (design §1)', async () => {
    const visitor = await served()
    const sameVisitor = await visitorClient(server.url, { token: visitor.token })
    const id = randomUUID()
    const acks = await Promise.all(
      [visitor, sameVisitor, visitor, sameVisitor].map((client) => client.writes('один раз', id)),
    )
    acks.push(await visitor.writes('один раз', id), await sameVisitor.writes('один раз', id))
    expect(new Set(acks.map(seqOf)).size).toBe(1)
    expect(seqOf(acks[0] as WireAck)).toBeTypeOf('number')
    await sameVisitor.sees('один раз')
    expect(visitor.ownTexts.filter((text) => text === 'один раз')).toHaveLength(1)
    const rows = await server.sql`select seq from messages where event_id = ${id}`
    expect(rows.map(({ seq }) => seq)).toEqual([seqOf(acks[0] as WireAck)])
    leave(visitor, sameVisitor)
  })

  it('an id is known however long ago it was taken', async () => {
    const visitor = await served()
    server.clock.flows(300)
    const id = randomUUID()
    const first = await visitor.writes('давно', id)
    await Promise.all(numbered(250).map((text) => visitor.writes(text)))
    expect(await visitor.writes('давно', id)).toEqual(first)
    server.clock.flows(0)
    leave(visitor)
  })

  it('also where by now it would be refused: a form that was taken is not an old form', async () => {
    const visitor = await visitorClient(server.url)
    server.clock.flows(300)
    await visitor.presses('operator')
    await visitor.presses('consent')
    const form = { type: 'filled', id: randomUUID(), values: { ...told.identity } } as const
    const first = await visitor.act(form)
    expect(first).toMatchObject({ ok: true })
    await visitor.presses('operator')
    await visitor.presses('connectNow')
    await Promise.all(numbered(210).map((text) => visitor.writes(text)))
    expect(await visitor.act(form)).toEqual(first)
    expect(await visitor.fills({ ...told.identity })).toMatchObject({ refusal: { key: 'refusal.stale' } })
    server.clock.flows(0)
    leave(visitor)
  })

  it('an operator who sends the same reply again says it once', async () => {
    const visitor = await served()
    const id = randomUUID()
    const reply = { type: 'replied', text: 'Здравствуйте!' } as const
    const acks = await Promise.all([1, 2, 3].map(() => operator.act(visitor.conversationId, reply, id)))
    expect(new Set(acks.map(seqOf)).size).toBe(1)
    await visitor.sees('Здравствуйте!')
    const rows =
      await server.sql`select 1 from messages where event_id = ${id} and author->>'kind' = 'operator'`
    expect(rows).toHaveLength(1)
    leave(visitor)
  })

  it('who was away asks for what came after the last seq, and gets exactly that, in order, without what is for operators only (design §1)', async () => {
    const visitor = await served()
    await visitor.writes('пока здесь')
    const last = visitor.thread.at(-1)?.seq ?? 0
    visitor.leaves()
    const { conversationId } = visitor
    for (const text of ['первый ответ', 'второй ответ'])
      await operator.act(conversationId, { type: 'replied', text })
    await operator.act(conversationId, { type: 'noted', text: 'для своих: проверить счёт' })
    await operator.act(conversationId, { type: 'replied', text: 'третий ответ' })
    await visitor.comesBack()

    const missed = visitor.welcomes.at(-1)?.messages ?? []
    expect(missed.map(({ content }) => content.kind === 'text' && content.text)).toEqual([
      'первый ответ',
      'второй ответ',
      'третий ответ',
    ])
    expect(missed.every(({ seq, audience }) => seq > last && audience === 'everyone')).toBe(true)
    expect(JSON.stringify(visitor.welcomes)).not.toContain('для своих')
    leave(visitor)
  })

  it('a visitor never gets what is for operators only: not pushed, not with earlier or later pages', async () => {
    const visitor = await served()
    await operator.act(visitor.conversationId, { type: 'noted', text: 'внутреннее' })
    await operator.act(visitor.conversationId, { type: 'replied', text: 'видно всем' })
    await visitor.sees('видно всем')
    const pages = await Promise.all([
      visitor.socket.emitWithAck('earlier', 2 ** 30),
      visitor.socket.emitWithAck('after', 0),
      visitor.socket.emitWithAck('again'),
    ])
    expect(JSON.stringify([pages, visitor.received])).not.toContain('внутреннее')
    for (const { messages } of pages)
      expect(messages.map(({ seq }) => seq)).toContain(visitor.thread.at(-1)?.seq)
    leave(visitor)
  })

  it('300 messages of one visitor, sent without waiting, keep their order for both sides (design §1)', async () => {
    const visitor = await served()
    server.clock.flows(300)
    const texts = numbered(300)
    const acks = await Promise.all(texts.map((text) => visitor.writes(text)))
    const seqs = acks.map((ack) => seqOf(ack) ?? -1)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    expect(new Set(seqs).size).toBe(300)
    await visitor.sees('сообщение 299')
    expect(visitor.ownTexts.slice(-300)).toEqual(texts)
    const arrived = visitor.received.map(({ seq }) => seq)
    expect(arrived).toEqual([...arrived].sort((a, b) => a - b))
    const thread = await operator.thread(visitor.conversationId)
    expect(
      thread.flatMap(({ author, content }) =>
        author.kind === 'visitor' && content.kind === 'text' && content.text.startsWith('сообщение')
          ? [content.text]
          : [],
      ),
    ).toEqual(texts)
    server.clock.flows(0)
    leave(visitor)
  })

  it('50 visitors at once each have their own thread, whole and in order', async () => {
    const visitors = await Promise.all(numbered(50).map(() => visitorClient(server.url, { language: 'ru' })))
    const acks = await Promise.all(
      visitors.flatMap((visitor, n) => numbered(4, `вопрос ${n}`).map((text) => visitor.writes(text))),
    )
    expect(acks.every(({ ok }) => ok)).toBe(true)
    for (const [n, visitor] of visitors.entries()) {
      await visitor.sees(`вопрос ${n} 3`)
      expect(visitor.ownTexts).toEqual(numbered(4, `вопрос ${n}`))
    }
    expect(new Set(visitors.map(({ conversationId }) => conversationId)).size).toBe(50)
    leave(...visitors)
  })

  it('a conversation begun by a server that died before its greeting is greeted when the visitor comes back', async () => {
    const token = randomUUID()
    await openConversation(
      server.sql,
      { channel: 'widget', desk: 'edoc', address: createHash('sha256').update(token).digest('hex') },
      { now: mondayMorning, language: 'ru', pushTo: null },
    )
    const visitor = await visitorClient(server.url, { token })
    expect(visitor.token).toBe(token)
    await visitor.sees('Здравствуйте! Я помощник портала E-DOC')
    leave(visitor)
  })

  it('every thread has the numbers 1 to its last, none missing and none twice', async () => {
    const wrong = await server.sql`
      select c.id from conversations c join messages m on m.conversation_id = c.id
      group by c.id, c.last_seq having count(*) <> c.last_seq or max(m.seq) <> c.last_seq or min(m.seq) <> 1`
    expect(wrong).toEqual([])
  })
})

describe('two servers on one database (design §6)', () => {
  let one: TestServer
  let other: TestServer
  let aigerim: ConsoleClient
  let timur: ConsoleClient
  beforeAll(async () => {
    const database = await postgres.createDatabase()
    one = await startServer({ database })
    other = await startServer({ database, clock: one.clock, dataDir: one.dataDir })
    aigerim = await consoleClient(one.url, await hireOperator(one.url, { name: 'Айгерім' }))
    timur = await consoleClient(other.url, await hireOperator(one.url, { name: 'Тимур' }))
  })
  afterAll(async () => {
    leave(aigerim, timur)
    await Promise.all([one.stop(), other.stop()])
  })

  it('the same event given to both at once is taken once, and both answer alike', async () => {
    const here = await visitorClient(one.url)
    const there = await visitorClient(other.url, { token: here.token })
    expect(there.conversationId).toBe(here.conversationId)
    for (let round = 0; round < 10; round++) {
      const id = randomUUID()
      const text = `раунд ${round}`
      const [first, second] = await Promise.all([here.writes(text, id), there.writes(text, id)])
      expect(first.ok).toBe(true)
      expect(second).toEqual(first)
    }
    const rows = await one.sql<{ text: string }[]>`
      select content->>'text' as text from messages
      where conversation_id = ${here.conversationId} and author->>'kind' = 'visitor' order by seq`
    expect(rows.map(({ text }) => text)).toEqual(numbered(10, 'раунд'))
    leave(here, there)
  })

  it('of two operators who take a conversation at the same moment one gets it, and the other is told who', async () => {
    for (let round = 0; round < 6; round++) {
      const visitor = await visitorClient(round % 2 ? one.url : other.url)
      await asksForPerson(visitor)
      const acks = await Promise.all(
        [aigerim, timur].map((operator) => operator.act(visitor.conversationId, { type: 'took' })),
      )
      expect(acks.filter(({ ok }) => ok)).toHaveLength(1)
      const [row] = await one.sql<{ name: string }[]>`
        select state->'operator'->>'name' as name from conversations where id = ${visitor.conversationId}`
      const refused = acks.find(({ ok }) => !ok)
      expect(refused).toMatchObject({ refusal: { key: 'refusal.taken' } })
      expect(refused && !refused.ok && refused.refusal.text).toContain(row?.name)
      leave(visitor)
    }
  })

  it('a server that has not heard of it yet refuses nothing that another server has made right', async () => {
    const visitor = await visitorClient(other.url)
    await asksForPerson(visitor)
    expect(await timur.act(visitor.conversationId, { type: 'noted', text: 'видел' })).toMatchObject({
      ok: true,
    })
    const timurHere = await consoleClient(one.url, await hireOperator(one.url, { name: 'Данияр' }))
    expect(await timurHere.act(visitor.conversationId, { type: 'took' })).toMatchObject({ ok: true })
    const again = await timur.act(visitor.conversationId, { type: 'took' })
    expect(again).toMatchObject({ ok: false, refusal: { key: 'refusal.taken' } })
    await timurHere.act(visitor.conversationId, { type: 'released' })
    expect(await timur.act(visitor.conversationId, { type: 'took' })).toMatchObject({ ok: true })
    leave(visitor, timurHere)
  })

  it('an operator who changes servers goes on where they were', async () => {
    const visitor = await visitorClient(other.url)
    await asksForPerson(visitor)
    const cookie = await hireOperator(one.url, { name: 'Салтанат' })
    const there = await consoleClient(other.url, cookie)
    expect(await there.act(visitor.conversationId, { type: 'noted', text: 'беру' })).toMatchObject({
      ok: true,
    })
    const here = await consoleClient(one.url, cookie)
    expect(await here.act(visitor.conversationId, { type: 'took' })).toMatchObject({ ok: true })
    expect(await there.act(visitor.conversationId, { type: 'replied', text: 'Здравствуйте!' })).toMatchObject(
      {
        ok: true,
      },
    )
    leave(visitor, here, there)
  })
})
