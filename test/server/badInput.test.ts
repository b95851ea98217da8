import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WireAck } from '../../engine/wire.ts'
import type { VisitorAction } from '../../engine/wireVisitor.ts'
import { type ConsoleClient, consoleClient, hireOperator } from '../support/consoleClient.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { asksForPerson, told, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

let postgres: TestPostgres
let server: TestServer
let operator: ConsoleClient
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
  server = await startServer({ database: postgres.url })
  operator = await consoleClient(server.url, await hireOperator(server.url, { name: 'Айгерім' }))
})
afterAll(async () => {
  operator.leaves()
  await server.stop()
  await postgres.stop()
})

/** What must never reach a client: how the server is made. */
const internals =
  /zod|postgres|sql|select |syntax|stack|\bat \w+ \(|node_modules|\.ts:|undefined|expected|ECONN|TypeError/i

const refusalOf = (ack: WireAck) => {
  if (ack.ok) throw new Error('it was taken')
  expect(JSON.stringify(ack.refusal)).not.toMatch(internals)
  return ack.refusal
}

/** The server still takes an ordinary message. */
async function livesOn() {
  const visitor = await visitorClient(server.url)
  expect(await visitor.writes('сәлем')).toMatchObject({ ok: true })
  visitor.leaves()
}

const id = () => randomUUID()

describe('a visitor sends', () => {
  it.each<[string, unknown]>([
    ['nothing', null],
    ['a number', 42],
    ['a list', [1, 2, 3]],
    ['an act without an id', { type: 'wrote', text: 'сәлем' }],
    ['an id that is no uuid', { type: 'wrote', id: 'one', text: 'сәлем' }],
    ['an unknown act', { type: 'drop', id: id() }],
    ['an act of operators', { type: 'replied', id: id(), text: 'я оператор', conversationId: id() }],
    ['a text that is none', { type: 'wrote', id: id(), text: { toString: 'x' } }],
    ['an empty text', { type: 'wrote', id: id(), text: '   ' }],
    ['nothing but NUL', { type: 'wrote', id: id(), text: '\u0000\u0000' }],
    ['a choice that is no choice', { type: 'chose', id: id(), choice: "'; drop table messages; --" }],
    ['values that are no texts', { type: 'filled', id: id(), values: { iin: { $gt: '' } } }],
    ['an unknown language', { type: 'switchedLanguage', id: id(), language: 'en' }],
    ['deep nesting', JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`)],
  ])('%s: a refusal in the language of the conversation, nothing more', async (_, act) => {
    for (const [language, text] of [
      ['ru', 'Не получилось прочесть запрос. Обновите страницу и попробуйте ещё раз.'],
      ['kk', 'Сұрауды оқу мүмкін болмады. Бетті жаңартып, қайталап көріңіз.'],
    ] as const) {
      const visitor = await visitorClient(server.url, { language })
      expect(refusalOf(await visitor.act(act as VisitorAction))).toEqual({ key: 'refusal.invalid', text })
      expect(visitor.socket.connected).toBe(true)
      visitor.leaves()
    }
  })

  it('a text of 5,000 characters: it is too long, and how long it may be is said', async () => {
    const visitor = await visitorClient(server.url, { language: 'ru' })
    expect(refusalOf(await visitor.writes('х'.repeat(5_000)))).toEqual({
      key: 'refusal.tooLong',
      text: `Сообщение слишком длинное: не больше ${(4_000).toLocaleString('ru')} знаков.`,
    })
    expect(await visitor.writes('х'.repeat(4_000))).toMatchObject({ ok: true })
    visitor.leaves()
  })

  it('a field that is too long is named', async () => {
    const visitor = await visitorClient(server.url, { language: 'ru' })
    await visitor.presses('operator')
    await visitor.presses('consent')
    const refusal = refusalOf(await visitor.fills({ ...told.identity, fullName: 'А'.repeat(4_001) }))
    expect(refusal.fields).toEqual({ fullName: 'Слишком длинно. Сократите, пожалуйста, текст.' })
    visitor.leaves()
  })

  it('the refusal follows the language, also when it was changed by what was written', async () => {
    const visitor = await visitorClient(server.url, { language: 'kk' })
    await visitor.writes('как восстановить пароль')
    await until(() => visitor.state.language === 'ru', 'the conversation goes on in Russian')
    expect(refusalOf(await visitor.act({} as VisitorAction)).text).toContain('Не получилось прочесть')
    const { messages } = await visitor.socket.emitWithAck('again')
    expect(JSON.stringify(messages[0]?.content)).toContain('Здравствуйте! Я помощник портала')
    visitor.leaves()
  })

  it('NUL and halves of surrogate pairs are cleaned away, emoji and Kazakh letters stay', async () => {
    const visitor = await visitorClient(server.url)
    await asksForPerson(visitor)
    expect(await visitor.writes('қате\u0000 \ud83d шықты 🙂 \udc00')).toMatchObject({ ok: true })
    const seen = await visitor.sees('шықты')
    const text = seen.content.kind === 'text' ? seen.content.text : ''
    expect(text).not.toContain('\u0000')
    expect(text.isWellFormed()).toBe(true)
    expect(text).toContain('🙂')
    visitor.leaves()
  })

  it('markup is only text', async () => {
    const visitor = await visitorClient(server.url)
    await asksForPerson(visitor)
    await visitor.writes('<img src=x onerror=alert(1)>')
    expect((await visitor.sees('onerror')).content).toEqual({
      kind: 'text',
      text: '<img src=x onerror=alert(1)>',
    })
    visitor.leaves()
  })

  it.each(['__proto__', 'constructor', 'toString', 'prototype'])(
    'the field «%s»: it changes nothing and comes back to nobody',
    async (name) => {
      const visitor = await visitorClient(server.url, { language: 'ru' })
      await visitor.presses('operator')
      await visitor.presses('consent')
      const values = JSON.parse(JSON.stringify(told.identity).replace('{', `{"${name}":"admin",`))
      await visitor.fills(values)
      const answers = visitor.thread.find(({ content }) => content.kind === 'answers')?.content
      expect(answers?.kind === 'answers' && answers.rows.map(({ field }) => field).sort()).toEqual([
        'contact',
        'fullName',
        'iin',
      ])
      expect(({} as Record<string, unknown>).admin).toBeUndefined()
      visitor.leaves()
    },
  )

  it('more than a socket may carry: the connection ends, and the server lives on', async () => {
    const visitor = await visitorClient(server.url)
    visitor.socket.io.reconnection(false)
    visitor.socket.emit('act', { type: 'wrote', id: id(), text: 'х'.repeat(200_000) }, () => {})
    await until(() => !visitor.socket.connected, 'the connection is closed')
    await livesOn()
  })

  it('signals that are none of ours, and no function to answer to: nothing happens', async () => {
    const visitor = await visitorClient(server.url)
    const { socket } = visitor as unknown as { socket: { emit(event: string, ...args: unknown[]): void } }
    for (const args of [
      ['act'],
      ['act', null],
      ['act', { type: 'wrote' }, 'not a function'],
      ['read', Number.NaN],
      ['read', -1],
      ['read', '1; drop table'],
      ['read', 2 ** 40],
      ['delivered', {}],
      ['earlier', 'x', 'y'],
      ['after', null],
      ['again', 7],
      ['typing', { loud: true }],
      ['constructor', 1],
      ['disconnecting', 1],
    ]) {
      try {
        socket.emit(...(args as [string]))
      } catch {
        // the client itself refuses names of its own
      }
    }
    expect(await visitor.writes('әлі осындамын')).toMatchObject({ ok: true })
    visitor.leaves()
  })

  it('faster than anyone writes: the rest is refused kindly, and time makes it good', async () => {
    const visitor = await visitorClient(server.url, { language: 'ru' })
    const acks = await Promise.all(Array.from({ length: 60 }, (_, n) => visitor.writes(`${n}`)))
    const refused = acks.filter(({ ok }) => !ok)
    expect(refused.length).toBe(20)
    expect(new Set(refused.map((ack) => refusalOf(ack).text))).toEqual(
      new Set(['Слишком много сообщений подряд. Подождите немного.']),
    )
    server.clock.pass({ seconds: 10 })
    expect(await visitor.writes('теперь можно')).toMatchObject({ ok: true })
    visitor.leaves()
  })
})

describe('a handshake', () => {
  const connecting = (auth: object) =>
    new Promise<string>((resolve, reject) => {
      const socket = io(`${server.url}/visitor`, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth,
      })
      const end = (message: string) => {
        socket.disconnect()
        resolve(message)
      }
      socket.on('connect_error', ({ message }) => end(message))
      socket.on('welcome', () => end('welcome'))
      socket.on('disconnect', () => reject(new Error('disconnected')))
    })

  it.each<[string, object]>([
    ['an unknown desk', { desk: 'nobody' }],
    ['no desk', {}],
    ['a desk that is a path', { desk: '../edoc' }],
    ['a desk of the prototype', { desk: 'constructor' }],
    ['a token that is an object', { desk: 'edoc', token: { $ne: '' } }],
    ['a negative seq', { desk: 'edoc', after: -1 }],
    ['an endless token', { desk: 'edoc', token: 'x'.repeat(10_000) }],
  ])('with %s is refused in a word', async (_, auth) => {
    expect(await connecting(auth)).toBe('unknownDesk')
  })

  it('with a token that is not ours begins a new conversation under a new token', async () => {
    const owner = await visitorClient(server.url)
    await owner.writes('менің сырым')
    const guess = `${owner.token.slice(0, -1)}${owner.token.endsWith('A') ? 'B' : 'A'}`
    const stranger = await visitorClient(server.url, { token: guess, after: 0 })
    expect(stranger.token).not.toBe(guess)
    expect(stranger.conversationId).not.toBe(owner.conversationId)
    expect(JSON.stringify(stranger.welcomes)).not.toContain('менің сырым')
    owner.leaves()
    stranger.leaves()
  })

  it('that is gone before its welcome leaves nobody online', async () => {
    const visitor = await visitorClient(server.url)
    await asksForPerson(visitor)
    await operator.seesRow(visitor.conversationId, (row) => row.visitorOnline)
    const { token, conversationId } = visitor
    visitor.leaves()
    await Promise.all(
      Array.from(
        { length: 10 },
        () =>
          new Promise<void>((resolve) => {
            const socket = io(`${server.url}/visitor`, {
              transports: ['websocket'],
              forceNew: true,
              reconnection: false,
              auth: { desk: 'edoc', token },
            })
            socket.on('connect', () => {
              socket.disconnect()
              resolve()
            })
          }),
      ),
    )
    await until(() => operator.rows.get(conversationId)?.visitorOnline === false, 'the visitor is away')
    await livesOn()
    expect(operator.rows.get(conversationId)?.visitorOnline).toBe(false)
  })
})

describe('files', () => {
  const upload = async (visitor: VisitorClient) => {
    const form = new FormData()
    form.append('file', new Blob(['2026-11-23 қате']), 'қате.log')
    const response = await fetch(`${server.url}/api/uploads?conversation=${visitor.conversationId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor.token}` },
      body: form,
    })
    return ((await response.json()) as { id: string }).id
  }

  it("a stranger's file cannot be sent as one's own, and is not told from one that is not there", async () => {
    const owner = await visitorClient(server.url, { language: 'ru' })
    const stranger = await visitorClient(server.url, { language: 'ru' })
    const fileId = await upload(owner)
    const foreign = refusalOf(await stranger.act({ type: 'attached', id: id(), fileId }))
    const missing = refusalOf(await stranger.act({ type: 'attached', id: id(), fileId: id() }))
    expect(foreign).toEqual({ key: 'refusal.file.missing', text: 'Файла нет или он вам недоступен.' })
    expect(missing).toEqual(foreign)
    expect(await owner.act({ type: 'attached', id: id(), fileId })).toMatchObject({ ok: true })
    const stolen = await fetch(`${server.url}/api/uploads/${fileId}`, {
      headers: { authorization: `Bearer ${stranger.token}` },
    })
    expect(stolen.status).toBe(404)
    owner.leaves()
    stranger.leaves()
  })
})

describe('an operator sends', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no conversation', { type: 'took', id: id() }],
    ['a conversation that is no uuid', { type: 'took', id: id(), conversationId: "' or 1=1 --" }],
    ['an unknown act', { type: 'deleted', id: id(), conversationId: id() }],
  ])('%s: it cannot be read', async (_, act) => {
    expect(refusalOf(await operator.actRaw(act ?? null)).key).toBe('refusal.invalid')
  })

  it('a conversation that is not there', async () => {
    expect(refusalOf(await operator.act(id(), { type: 'took' })).key).toBe('refusal.notFound')
    expect(await operator.open('not a uuid')).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.notFound' },
    })
  })

  it('a conversation without a request cannot be opened, and nothing of it comes', async () => {
    const visitor = await visitorClient(server.url)
    expect(await operator.open(visitor.conversationId)).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.noTicket' },
    })
    const before = operator.messages.length
    await visitor.writes('тек көмекшіге')
    await visitor.sees('тек көмекшіге')
    expect(operator.messages.length).toBe(before)
    visitor.leaves()
  })

  it('too long a reply is told so', async () => {
    const visitor = await visitorClient(server.url)
    await asksForPerson(visitor)
    await operator.act(visitor.conversationId, { type: 'took' })
    const reply = { type: 'replied', text: 'я'.repeat(5_000) } as const
    expect(refusalOf(await operator.act(visitor.conversationId, reply)).key).toBe('refusal.tooLong')
    visitor.leaves()
  })

  it.each(['constructor', '__proto__', 'toString', '', 'nothing'])(
    'the field «%s» has nothing to reveal',
    async (field) => {
      const visitor = await visitorClient(server.url)
      await asksForPerson(visitor)
      expect(await operator.reveal(visitor.conversationId, field)).toMatchObject({
        ok: false,
        refusal: { key: 'refusal.notFound' },
      })
      visitor.leaves()
    },
  )
})

it('after all of this the server lives, ready and in order', async () => {
  await livesOn()
  const ready = await fetch(`${server.url}/readyz`)
  expect(ready.status).toBe(200)
})
