import { randomUUID } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deskFields } from '../../engine/desk.ts'
import type { WireFile } from '../../engine/wire.ts'
import { type ConsoleClient, consoleClient, hireOperator, historyOf } from '../support/consoleClient.ts'
import { edoc } from '../support/edoc.ts'
import type { FakeUser } from '../support/fakeBotApi.people.ts'
import { type FakeBotApi, startFakeBotApi } from '../support/fakeBotApi.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import {
  databases,
  removeDataFolders,
  startServer,
  startServerProcess,
  type TestServer,
} from '../support/server.ts'
import { mondayMorning } from '../support/settableClock.ts'
import { type TranscriptStep, transcripts } from '../support/transcripts.ts'
import { until } from '../support/until.ts'
import { wordsOf } from '../support/visitorClient.ts'
import { jpeg, pngOf } from './uploads/samples.ts'

let postgres: TestPostgres
let telegram: FakeBotApi
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const channelOn = (root: string, token: string) => ({
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_API_ROOT: root,
  TELEGRAM_DESK: 'edoc',
})

/** So that asking again and again stays within what a console may ask. */
const seldom = { everyMilliseconds: 150 }

let lastChat = 500
const nextChat = () => ++lastChat

describe('the Telegram channel of a running server', () => {
  let server: TestServer
  let operator: ConsoleClient
  let cookie: string
  beforeAll(async () => {
    telegram = await startFakeBotApi()
    server = await startServer({ database: postgres.url, env: channelOn(telegram.root, telegram.token) })
    cookie = await hireOperator(server.url, { name: 'Айгерім' })
    operator = await consoleClient(server.url, cookie)
  })
  afterAll(async () => {
    operator.leaves()
    await server.stop()
    await telegram.stop()
  })
  beforeEach(() => server.clock.at(mondayMorning))

  const conversationOf = async (chatId: number) => {
    const [row] = await server.sql<{ id: string; stage: string }[]>`
      select c.id, c.stage from addresses a join conversations c on c.id = a.conversation_id
      where a.channel = 'telegram' and a.address = ${String(chatId)}`
    return row
  }

  /** A visitor whose request waits in the queue. */
  async function waiting(language: 'kk' | 'ru' = 'ru') {
    const chatId = nextChat()
    const user = telegram.user(chatId, { language_code: language })
    user.sends('/operator')
    await user.sees(language === 'ru' ? 'согласие на использование' : 'келісіміңіз керек')
    user.sends(language === 'ru' ? 'позовите оператора' : 'адам керек')
    await user.sees(language === 'ru' ? 'Осталось совсем немного' : 'Аз ғана қалды')
    user.presses(language === 'ru' ? 'Соединить сейчас' : 'Қазір қосу')
    await user.sees(language === 'ru' ? 'принято' : 'қабылданды')
    const conversation = await conversationOf(chatId)
    if (!conversation) throw new Error('no conversation')
    return { user, chatId, id: conversation.id }
  }

  const shownAfter = (user: FakeUser, heard: number) =>
    user
      .messages()
      .slice(heard)
      .map(({ text }) => text)
      .join('\n')

  /** Plays one step; `heard` messages of the bot had been shown when the visitor last did something. */
  async function play(
    user: FakeUser,
    chatId: number,
    language: 'kk' | 'ru',
    step: TranscriptStep,
    heard: number,
  ) {
    const shows = (text: string) =>
      telegram.until(() => shownAfter(user, heard).includes(text), `chat ${chatId} shows «${text}»`)
    if ('writes' in step) user.sends(step.writes)
    else if ('presses' in step) {
      const wanted = step.presses
      const shown = () => user.messages().some(({ buttons }) => buttons.flat().includes(wanted))
      if (wanted === 'Маманды шақыру' && !user.messages().at(-1)?.buttons.flat().includes(wanted))
        user.sends('/operator')
      else {
        await telegram.until(shown, `a button «${wanted}»`)
        user.presses(wanted)
      }
    } else if ('says' in step) await shows(step.says)
    else if ('asks' in step) {
      const field = deskFields(edoc).find(({ id }) => id === step.asks)
      await shows(field?.question[language] ?? '')
    } else if ('summary' in step) {
      for (const [id, value] of Object.entries(step.summary)) {
        const label = deskFields(edoc).find((field) => field.id === id)?.label[language]
        await shows(`${label}: ${value}`)
      }
    } else await until(async () => (await conversationOf(chatId))?.stage === step.stage, step.stage)
  }

  it.each(transcripts)(
    '$name: from the first word to the registered request, then an operator answers in Telegram',
    async ({ language, steps }) => {
      const chatId = nextChat()
      const user = telegram.user(chatId, { language_code: language })
      user.sends('/start')
      let heard = 0
      for (const step of steps) {
        const before = user.messages().length
        await play(user, chatId, language, step, heard)
        if ('writes' in step || 'presses' in step) heard = before
      }
      const id = (await conversationOf(chatId))?.id ?? ''
      const row = await operator.seesRow(id)
      expect(row).toMatchObject({ channel: 'telegram', stage: 'waiting', language })
      await operator.act(id, { type: 'took' })
      await operator.act(id, { type: 'replied', text: 'Сәлеметсіз бе, здравствуйте!' })
      await user.sees('Айгерім: Сәлеметсіз бе, здравствуйте!')
      user.sends('Рақмет, спасибо')
      await until(
        async () => {
          const thread = await operator.thread(id)
          return thread.some(({ content }) => wordsOf(content) === 'Рақмет, спасибо')
        },
        'the operator reads the answer',
        seldom,
      )
    },
  )

  it('the number and the moment of the promise are in the ticket message, in Kazakh too', async () => {
    const { user } = await waiting('kk')
    expect((await user.sees('қабылданды')).text).toMatch(
      /^№ \d+ өтініш қабылданды\. Маман сағат 10:15-ке дейін жауап береді\./,
    )
  })

  it.each(['kk', 'ru'] as const)(
    '/help leads to the help pages in the language of the chat (%s)',
    async (language) => {
      const user = telegram.user(nextChat(), { language_code: language })
      user.sends('/help')
      await user.sees(`/help/edoc/${language}/`)
    },
  )

  it('an update that comes again is dropped (design §1)', async () => {
    const { user, id } = await waiting()
    const update = user.sends('повтор')
    await telegram.confirmed()
    telegram.redeliver(update)
    await telegram.confirmed()
    user.sends('после повтора')
    await telegram.confirmed()
    const rows = await server.sql<{ text: string }[]>`
      select content->>'text' as text from messages
      where conversation_id = ${id} and content->>'text' like '%повтор%' order by seq`
    expect(rows.map(({ text }) => text)).toEqual(['повтор', 'после повтора'])
  })

  it('retry_after is respected: the chat waits as long as it is told, in order, and others are served meanwhile', async () => {
    const [slow, other] = [await waiting(), await waiting()]
    for (const { id } of [slow, other]) await operator.act(id, { type: 'took' })
    await slow.user.sees('Айгерім')
    await other.user.sees('Айгерім')
    telegram.fails('sendMessage', { status: 429, retryAfter: 30 })
    await operator.act(slow.id, { type: 'replied', text: 'первое' })
    await telegram.until(() => telegram.calls.some(({ status }) => status === 429), 'Telegram says to wait')
    await operator.act(slow.id, { type: 'replied', text: 'второе' })
    await operator.act(other.id, { type: 'replied', text: 'без очереди' })
    await other.user.sees('без очереди')
    const [row] = await server.sql<{ at: string }[]>`
      select next_attempt_at as at from outbox where conversation_id = ${slow.id} order by id limit 1`
    expect(Date.parse(row?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(mondayMorning) + 30_000)
    server.clock.pass({ seconds: 29 })
    await server.wake()
    await operator.act(other.id, { type: 'replied', text: 'и ещё раз' })
    await other.user.sees('и ещё раз')
    expect(shownAfter(slow.user, 0)).not.toContain('первое')
    server.clock.pass({ seconds: 5 })
    await server.wake()
    await slow.user.sees('второе')
    const texts = slow.user.messages().map(({ text }) => text)
    expect(texts.filter((text) => /первое|второе/.test(text))).toEqual(['Айгерім: первое', 'Айгерім: второе'])
  })

  it('who blocked the bot: the history says so, and what waits for them is given up', async () => {
    const { user, id, chatId } = await waiting()
    await operator.act(id, { type: 'took' })
    await user.sees('Айгерім')
    telegram.fails('sendMessage', { status: 429, retryAfter: 60 })
    const calls = telegram.calls.length
    await operator.act(id, { type: 'replied', text: 'один' })
    await telegram.until(
      () => telegram.calls.slice(calls).some(({ status }) => status === 429),
      'the first message has to wait',
    )
    for (const text of ['два', 'три']) await operator.act(id, { type: 'replied', text })
    user.blocks()
    await telegram.confirmed()
    server.clock.pass({ minutes: 2 })
    await server.wake()
    await until(async () => {
      const left =
        await server.sql`select 1 from outbox where address = ${String(chatId)} and failed_at is null`
      return left.length === 0
    }, 'nothing waits for the chat any longer')
    const failed = await server.sql`select failure from outbox where address = ${String(chatId)}`
    expect(failed.map(({ failure }) => failure)).toEqual(['blocked', 'blocked', 'blocked'])
    expect(historyOf(await operator.thread(id))).toContain(
      'Посетитель заблокировал бота: сообщения не доставляются',
    )
    expect(shownAfter(user, 0)).not.toMatch(/Айгерім: /)
  })

  it('a screenshot comes in, a file goes out, byte by byte', async () => {
    const { user, id } = await waiting()
    user.sendsPhoto(jpeg, 'вот ошибка')
    const message = await until(
      async () => {
        const thread = await operator.thread(id)
        return thread.find(({ content }) => content.kind === 'file')
      },
      'the operator sees the file',
      seldom,
    )
    if (message.content.kind !== 'file') throw new Error('not a file')
    expect(message.content.text).toBe('вот ошибка')
    expect(message.content.file.image).toBe(true)
    const inBytes = await fetch(server.url + message.content.file.path, { headers: { cookie } })
    expect(Buffer.from(await inBytes.arrayBuffer()).equals(jpeg)).toBe(true)

    await operator.act(id, { type: 'took' })
    const answer = pngOf('ответ')
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(answer)]), 'нұсқаулық.png')
    const uploaded = await fetch(`${server.url}/api/uploads?conversation=${id}`, {
      method: 'POST',
      headers: { cookie, 'x-komekshi': '1' },
      body: form,
    })
    expect(uploaded.status).toBe(201)
    const { id: fileId } = (await uploaded.json()) as WireFile
    const ack = await operator.act(id, { type: 'attached', fileId, text: 'Как исправить' })
    expect(ack.ok).toBe(true)
    const shown = await user.sees('Как исправить')
    expect(shown.file?.name).toBe('нұсқаулық.png')
    expect(shown.file?.bytes.equals(answer)).toBe(true)
  })

  it('what the desk cannot keep is answered in words', async () => {
    const user = telegram.user(nextChat(), { language_code: 'ru' })
    user.sends('/start')
    await user.sees('Здравствуйте!')
    user.sendsDocument(Buffer.from('MZ'), { name: 'вирус.exe' })
    await user.sees('Такой файл принять не могу')
    user.sendsOther({ voice: { file_id: 'v', file_unique_id: 'v', duration: 3 } })
    await user.sees('Голосовое сообщение я прослушать не могу')
  })

  it('a message that Telegram will never take is put down in the history, and the next ones go on', async () => {
    const { user, id } = await waiting()
    await operator.act(id, { type: 'took' })
    await user.sees('Айгерім')
    telegram.fails('sendMessage', { status: 400, description: 'Bad Request: MESSAGE_REFUSED' })
    await operator.act(id, { type: 'replied', text: 'не дойдёт' })
    await operator.act(id, { type: 'replied', text: 'дойдёт' })
    await user.sees('Айгерім: дойдёт')
    expect(historyOf(await operator.thread(id))).toContain('Канал не принял сообщение: оно не доставлено')
    expect(shownAfter(user, 0)).not.toContain('не дойдёт')
  })

  it('in the end nothing is left to be sent', async () => {
    await until(async () => {
      const left = await server.sql`select 1 from outbox where failed_at is null`
      return left.length === 0
    }, 'the outbox is empty')
  })
})

/** Stands before the fake and, while it holds, lets messages of the bot hang: neither refused nor delivered. */
async function holdingProxy(target: string) {
  let holding = false
  const held: ServerResponse[] = []
  const server = createServer(async (request, response) => {
    if (holding && request.url?.endsWith('/sendMessage')) {
      held.push(response)
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const answer = await fetch(target + request.url, {
      method: request.method ?? 'GET',
      headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    }).catch(() => undefined)
    if (!answer) return void response.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    held,
    hold(on: boolean) {
      holding = on
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe.each(databases)(
  'a server that is killed between the commit and the delivery (%s database)',
  (kind) => {
    it('delivers after the restart, once and in order (design §1)', async () => {
      telegram = await startFakeBotApi()
      const proxy = await holdingProxy(telegram.root)
      const server = await startServerProcess({
        database: kind === 'real' ? await postgres.createDatabase() : 'embedded',
        env: channelOn(proxy.root, telegram.token),
      })
      try {
        const user = telegram.user(901, { language_code: 'ru' })
        user.sends('/start')
        await user.sees('Здравствуйте!')
        proxy.hold(true)
        user.sends('позовите оператора')
        await until(() => proxy.held.length > 0, 'the answer is on its way')
        user.sends('не хочу называть')
        await telegram.confirmed()
        const pending = await server.look((sql) => sql`select 1 from outbox`)
        expect(pending.length).toBeGreaterThanOrEqual(2)
        await server.kill()
        proxy.hold(false)
        await server.startAgain({ laterSeconds: 120 })
        await user.sees('Какое это обращение?')
        await until(
          async () =>
            (await server.look((sql) => sql`select 1 from outbox where failed_at is null`)).length === 0,
          'the outbox is empty',
        )
        const texts = user.messages().map(({ text }) => text)
        expect(new Set(texts).size).toBe(texts.length)
        const place = (part: string) => texts.findIndex((text) => text.includes(part))
        expect(place('Здравствуйте!')).toBe(0)
        expect(place('согласие на использование')).toBe(1)
        expect(place('данные не спрашиваю')).toBe(2)
        expect(place('Какое это обращение?')).toBe(3)
        expect(texts).toHaveLength(4)
      } finally {
        await server.stop()
        await proxy.stop()
        await telegram.stop()
      }
    })
  },
)

describe('a server without the channel', () => {
  it('refuses to start on a desk that is not there, and says which', async () => {
    await expect(
      startServer({
        database: postgres.url,
        env: { ...channelOn('http://127.0.0.1:9', 'token'), TELEGRAM_DESK: `none-${randomUUID()}` },
      }),
    ).rejects.toThrow(/TELEGRAM_DESK names the desk none-/)
  })
})
