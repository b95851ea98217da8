import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Delivery } from '../../bot/deliver.ts'
import type { WireContent, WireFile } from '../../engine/wire.ts'
import type { FakeUser } from '../support/fakeBotApi.people.ts'
import { type Bench, startBench } from './bench.ts'

const png = Buffer.from('89504e470d0a1a0a', 'hex')
const dana = { kind: 'operator', id: 'o1', name: 'Дана' } as const
const file = (over: Partial<WireFile> = {}): WireFile => ({
  id: 'f1',
  name: 'экран.png',
  type: 'image/png',
  bytes: png.length,
  path: '/api/uploads/f1',
  image: true,
  ...over,
})
const said = (text: string, ...labels: string[]): WireContent => ({
  kind: 'said',
  text,
  choices: labels.map((label) => ({ id: 'new', label, primary: false })),
})

let bench: Bench
let user: FakeUser
let last = 0

const deliver = (content: WireContent, over: Partial<Delivery> = {}) => {
  last += 1
  const id = `delivery${last}`
  return bench.bot.deliver({
    id,
    chatId: 501,
    language: 'ru',
    author: { kind: 'assistant' },
    content,
    ...over,
  })
}

beforeEach(async () => {
  bench = await startBench()
  user = bench.telegram.user(501)
})
afterEach(() => bench.stop())

describe('a message reaches its chat', () => {
  it('with its styles, its buttons, and nothing in it taken for markup', async () => {
    expect(await deliver({ kind: 'text', text: 'a < b & "c"' }, { author: dana })).toEqual({
      outcome: 'delivered',
    })
    expect(user.messages()).toMatchObject([
      { text: 'Дана: a < b & "c"', entities: [{ type: 'bold', offset: 0, length: 4 }] },
    ])
  })

  it('the visitor’s own message is delivered by being there', async () => {
    expect(await deliver({ kind: 'text', text: 'сәлем' }, { author: { kind: 'visitor' } })).toEqual({
      outcome: 'delivered',
    })
    expect(user.messages()).toEqual([])
  })

  it('only the newest buttons stay', async () => {
    await deliver(said('Бір', 'Жаңа'))
    await deliver(said('Екі', 'Жаңа'))
    await deliver({ kind: 'text', text: 'Үш' })

    expect(user.messages().map(({ buttons }) => buttons)).toEqual([[], [['Жаңа']], []])
  })

  it('the phone button comes with the question and goes after the answer', async () => {
    const asked: WireContent = {
      kind: 'said',
      text: '',
      form: {
        asking: 'phone',
        submitLabel: 'Дальше',
        fields: [
          { id: 'phone', kind: 'phone', label: 'Т', question: 'Ваш телефон?', required: true, maxLength: 40 },
        ],
      },
    }
    await deliver(asked)
    expect(user.keyboard()).toEqual(['Отправить мой номер'])

    user.presses('Отправить мой номер')
    await bench.telegram.confirmed()
    expect(bench.ports.eventsOf(501)).toMatchObject([{ type: 'visitor.wrote', text: '+77011234567' }])

    await deliver(said('О чём вопрос?', 'Назад'))
    expect(user.keyboard()).toEqual([])
    expect(user.messages().map(({ text }) => text)).toEqual([
      'Ваш телефон?',
      'Хорошо, идём дальше.',
      'О чём вопрос?',
    ])
  })

  it('typing can be shown, and its failure is nobody’s concern', async () => {
    bench.telegram.fails('sendChatAction', { status: 500 })
    await bench.bot.typing(501)
    await bench.bot.typing(501)
    expect(bench.telegram.callsOf('sendChatAction').map(({ status }) => status)).toEqual([500, 200])
  })
})

describe('an operator’s file', () => {
  const open = (bytes: Buffer, name = 'экран.png') =>
    bench.ports.openable.set('f1', { name, type: 'image/png', bytes })

  it('a picture is shown as one', async () => {
    open(png)
    expect(await deliver({ kind: 'file', file: file(), text: 'Вот' }, { author: dana })).toEqual({
      outcome: 'delivered',
    })
    expect(user.messages()).toMatchObject([
      { text: 'Дана: Вот', file: { as: 'photo', name: 'экран.png', bytes: png } },
    ])
  })

  it('a picture Telegram cannot read goes as a document', async () => {
    open(Buffer.from('бұл сурет емес'))
    expect(await deliver({ kind: 'file', file: file() })).toEqual({ outcome: 'delivered' })
    expect(user.messages()).toMatchObject([{ file: { as: 'document' } }])
  })

  it('a picture over 10 MB goes as a document at once', async () => {
    open(png)
    await deliver({ kind: 'file', file: file({ bytes: 10 * 1024 * 1024 + 1 }) })
    expect(bench.telegram.callsOf('sendPhoto')).toEqual([])
    expect(user.messages()).toMatchObject([{ file: { as: 'document' } }])
  })

  it('anything else goes as a document, streamed, under a name that cannot break the request', async () => {
    const bytes = async function* () {
      yield Buffer.from('%PDF')
      yield Buffer.from('-1.7')
    }
    bench.ports.openable.set('f1', { name: 'акт "5"; v\r\n2.pdf', type: 'application/pdf', bytes: bytes() })
    await deliver({ kind: 'file', file: file({ image: false }) })

    expect(user.messages()).toMatchObject([
      { file: { as: 'document', name: 'акт _5__ v__2.pdf', bytes: Buffer.from('%PDF-1.7') } },
    ])
  })

  it('one that is gone is refused', async () => {
    expect(await deliver({ kind: 'file', file: file() })).toMatchObject({ outcome: 'refused' })
  })

  it('is closed even when nobody was there to read it', async () => {
    const bytes = Readable.from([Buffer.from('%PDF')])
    const cutOff = await startBench({ apiRoot: 'http://127.0.0.1:9', receives: false })
    cutOff.ports.openable.set('f1', { name: 'a.pdf', type: 'application/pdf', bytes })
    const content: WireContent = { kind: 'file', file: file({ image: false }) }
    expect(
      await cutOff.bot.deliver({
        id: 'd',
        chatId: 501,
        language: 'kk',
        author: { kind: 'assistant' },
        content,
      }),
    ).toMatchObject({ outcome: 'retryAt' })
    expect(bytes.destroyed).toBe(true)
    await cutOff.stop()
  })

  it('one that cannot be opened now is tried later', async () => {
    const bytes = async function* () {
      yield Buffer.from('%PDF')
      throw new Error('the disk hiccupped')
    }
    bench.ports.openable.set('f1', { name: 'a.pdf', type: 'application/pdf', bytes: bytes() })
    expect(await deliver({ kind: 'file', file: file({ image: false }) })).toMatchObject({
      outcome: 'retryAt',
    })
    expect(user.messages()).toEqual([])
  })
})

describe('what became of a delivery', () => {
  const text: WireContent = { kind: 'text', text: 'Сәлем' }

  it('too many: tried after what Telegram asks for', async () => {
    bench.telegram.fails('sendMessage', { status: 429, retryAfter: 17 })
    expect(await deliver(text)).toMatchObject({ outcome: 'retryAt', afterSeconds: 17 })
  })

  it.each([{ status: 502 } as const, 'drop' as const])(
    'unreachable for now (%o): later and later',
    async (failure) => {
      bench.telegram.fails('sendMessage', failure, 3)
      const again = { id: 'the same' }
      expect(await deliver(text, again)).toMatchObject({ outcome: 'retryAt', afterSeconds: 1 })
      expect(await deliver(text, again)).toMatchObject({ outcome: 'retryAt', afterSeconds: 2 })
      expect(await deliver(text, again)).toMatchObject({ outcome: 'retryAt', afterSeconds: 3 })
      expect(await deliver(text, again)).toEqual({ outcome: 'delivered' })
    },
  )

  it('a wrong token loses no message: a minute later', async () => {
    bench.telegram.fails('sendMessage', { status: 401 })
    expect(await deliver(text)).toMatchObject({ outcome: 'retryAt', afterSeconds: 60 })
  })

  it('blocked by the visitor, or their account gone', async () => {
    user.blocks()
    expect(await deliver(text)).toEqual({ outcome: 'unreachable', reason: 'blocked' })
    user.unblocks()
    bench.telegram.fails('sendMessage', { status: 403, description: 'Forbidden: user is deactivated' })
    expect(await deliver(text)).toEqual({ outcome: 'unreachable', reason: 'blocked' })
  })

  it('no such chat', async () => {
    expect(await deliver(text, { chatId: 999 })).toEqual({ outcome: 'unreachable', reason: 'refused' })
  })

  it('Telegram does not take the message', async () => {
    bench.telegram.fails('sendMessage', { status: 400, description: 'Bad Request: message is strange' })
    expect(await deliver(text)).toEqual({
      outcome: 'refused',
      description: 'sendMessage: 400 Bad Request: message is strange',
    })
  })

  it('markup that Telegram does not read is sent once more without any', async () => {
    bench.telegram.fails('sendMessage', { status: 400, description: "Bad Request: can't parse entities: x" })
    expect(await deliver(text, { author: dana })).toEqual({ outcome: 'delivered' })
    expect(user.messages()).toMatchObject([{ text: 'Дана: Сәлем', entities: [] }])

    bench.telegram.fails(
      'sendMessage',
      { status: 400, description: "Bad Request: can't parse entities: x" },
      2,
    )
    expect(await deliver(text)).toMatchObject({ outcome: 'refused' })
  })

  it('a delivery that is asked for again while it is under way is sent once', async () => {
    const again = { id: 'once' }
    const results = await Promise.all([deliver(text, again), deliver(text, again)])
    expect(results).toEqual([{ outcome: 'delivered' }, { outcome: 'delivered' }])
    expect(user.messages()).toHaveLength(1)
  })

  it('a message that stopped halfway goes on from there', async () => {
    const long: WireContent = { kind: 'text', text: 'бір екі\n'.repeat(1000) }
    bench.telegram.fails('sendMessage', 'drop')
    const again = { id: 'long' }
    expect(await deliver(long, again)).toMatchObject({ outcome: 'retryAt' })
    expect(await deliver(long, again)).toEqual({ outcome: 'delivered' })
    expect(user.messages()).toHaveLength(2)

    const other = { id: 'longer' }
    await deliver({ kind: 'text', text: 'үш' })
    const before = user.messages().length
    const halfway = deliver(long, other)
    await bench.telegram.until(() => user.messages().length === before + 1, 'the first part is shown')
    bench.telegram.fails('sendMessage', { status: 429, retryAfter: 2 })
    expect(await halfway).toMatchObject({ outcome: 'retryAt', afterSeconds: 2 })
    expect(await deliver(long, other)).toEqual({ outcome: 'delivered' })
    expect(user.messages()).toHaveLength(before + 2)
  })
})

describe('a group that has grown into a supergroup', () => {
  it('is told where it is now', async () => {
    bench.telegram.group(-7)
    bench.telegram.fails('sendMessage', {
      status: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      movedTo: -100777,
    })
    expect(await deliver(said('Бір'), { chatId: -7 })).toEqual({ outcome: 'moved', address: '-100777' })
  })
})
