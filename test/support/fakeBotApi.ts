import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from 'grammy/types'
import { type Entity, ParseFailure, parseHtml } from './fakeBotApi.html.ts'
import { parseMultipart, type UploadedPart } from './fakeBotApi.multipart.ts'

/*
 * A Bot API server of our own, over HTTP on loopback, for tests of the bot and of the whole server.
 *
 *   const telegram = await startFakeBotApi()
 *   // give the program TELEGRAM_API_ROOT=telegram.root and TELEGRAM_BOT_TOKEN=telegram.token
 *   const aigul = telegram.user(501, { language_code: 'kk' })
 *   aigul.sends('/start')
 *   const greeting = await aigul.sees(/Сәлеметсіз бе/)
 *   aigul.presses('Маманды шақыру')
 *   await telegram.stop()
 *
 * It keeps the real one's rules where a bot can break them: lengths, HTML, buttons' data, offsets, one poller at a
 * time, editing, a webhook's secret. Nothing here waits for a fixed time: `sees`, `until` and `confirmed` look
 * again after every call, and fail after five seconds.
 */

type Params = Readonly<Record<string, unknown>>

export type RecordedCall = {
  readonly method: string
  readonly params: Params
  readonly files: Readonly<Record<string, UploadedPart>>
  /** 200 when it went well; 0 when the connection was dropped. */
  readonly status: number
}

/** How the next call of a method is to fail. `drop` does nothing and hangs up, `dropAfter` does it and hangs up. */
export type Failure =
  | {
      readonly status: number
      readonly retryAfter?: number
      readonly description?: string
      /** The supergroup that the group has become. */
      readonly movedTo?: number
    }
  | 'drop'
  | 'dropAfter'

type InlineButton = { readonly text: string; readonly callback_data?: string; readonly url?: string }
type KeyboardButton = { readonly text: string; readonly request_contact?: boolean }

/** A message of the bot as the chat shows it now. */
export type ShownMessage = {
  readonly messageId: number
  /** The text or the caption, without markup. */
  readonly text: string
  readonly entities: readonly Entity[]
  /** Labels of the inline buttons, by row; empty once they were taken away. */
  readonly buttons: readonly (readonly string[])[]
  readonly file?: { readonly as: 'photo' | 'document'; readonly name: string; readonly bytes: Buffer }
}

export type Profile = {
  readonly first_name?: string
  readonly last_name?: string
  readonly username?: string
  readonly language_code?: string
}

export type Toast = { readonly queryId: string; readonly text?: string }

/** A person with the bot's private chat open. What they do returns the update that the bot is to get. */
export type FakeUser = {
  readonly sends: (text: string) => Update
  /** Presses the newest inline button with this label; or the button under the input field. */
  readonly presses: (label: string) => Update
  /** Presses a button by its data, though it is shown no more: a client may do it late. */
  readonly pressesStale: (data: string, messageId?: number) => Update
  readonly sharesContact: (phone?: string) => Update
  readonly sharesForeignContact: (phone?: string) => Update
  readonly sendsPhoto: (bytes: Uint8Array, caption?: string) => Update
  /** `size`: what Telegram announces, when it is to differ from the bytes. */
  readonly sendsDocument: (
    bytes: Uint8Array,
    file: {
      readonly name: string
      readonly type?: string
      readonly caption?: string
      readonly size?: number
    },
  ) => Update
  /** Any other kind of message, by its own fields: `{ sticker: {…} }`. */
  readonly sendsOther: (fields: Readonly<Record<string, unknown>>) => Update
  /** Changes the text (or caption) of an earlier message. */
  readonly edits: (update: Update, text: string) => Update
  readonly blocks: () => Update
  readonly unblocks: () => Update
  /** The bot's messages, oldest first, as they are shown now. */
  readonly messages: () => readonly ShownMessage[]
  /** The keyboard under the input field: labels, or none. */
  readonly keyboard: () => readonly string[]
  readonly toasts: () => readonly Toast[]
  /** Waits until one of the bot's messages shows this, and gives the newest that does. */
  readonly sees: (what: string | RegExp) => Promise<ShownMessage>
}

export type FakeGroup = {
  readonly addsBot: (by?: Profile) => Update
  readonly someoneWrites: (text: string) => Update
  readonly sendsBotAway: () => Update
  /** The group has grown into a supergroup, which is another chat. */
  readonly becomes: (chatId: number) => Update
  readonly messages: () => readonly ShownMessage[]
  readonly botIsThere: () => boolean
}

export type FakeBotApi = {
  /** For `apiRoot`. */
  readonly root: string
  readonly token: string
  readonly calls: readonly RecordedCall[]
  readonly callsOf: (method: string) => readonly RecordedCall[]
  readonly user: (chatId: number, profile?: Profile) => FakeUser
  readonly group: (chatId: number) => FakeGroup
  /** Makes the next calls of a method (`*`: of any) fail, then all is well again. */
  readonly fails: (method: string, failure: Failure, times?: number) => void
  /** Gives an update once more, even if it was confirmed. */
  readonly redeliver: (update: Update) => void
  /** Looks after each call whether it has come true. */
  readonly until: (condition: () => boolean, what: string) => Promise<void>
  /** Waits until the bot has confirmed every update so far. */
  readonly confirmed: () => Promise<void>
  /** Updates that the bot has not confirmed. */
  readonly unconfirmed: () => readonly Update[]
  /** The commands and descriptions that were set, by language code; '' is the default. */
  readonly profile: {
    readonly commands: ReadonlyMap<string, readonly { command: string; description: string }[]>
    readonly descriptions: ReadonlyMap<string, string>
    readonly shortDescriptions: ReadonlyMap<string, string>
  }
  readonly webhook: () => { readonly url: string; readonly secret?: string } | undefined
  readonly stop: () => Promise<void>
}

class Refused extends Error {
  constructor(
    readonly status: number,
    description: string,
    readonly retryAfter?: number,
    readonly movedTo?: number,
  ) {
    super(description)
  }
}

const bad = (why: string): never => {
  throw new Refused(400, `Bad Request: ${why}`)
}

type StoredMessage = {
  messageId: number
  fromBot: boolean
  text: string
  entities: readonly Entity[]
  inline?: readonly (readonly InlineButton[])[]
  plainMarkup: boolean
  file?: ShownMessage['file']
  raw: Record<string, unknown>
}

type Chat = {
  readonly id: number
  readonly kind: 'private' | 'supergroup'
  profile: Profile
  blocked: boolean
  botIsThere: boolean
  readonly messages: StoredMessage[]
  keyboard: readonly (readonly KeyboardButton[])[]
  lastMessageId: number
}

type Poll = {
  readonly offset: number
  readonly limit: number
  readonly answer: (updates: readonly Update[]) => void
  readonly fail: (failure: Refused) => void
}

const patienceMilliseconds = 5_000
const botId = 7_000_000_001
const bot = { id: botId, is_bot: true, first_name: 'Komekshi', username: 'komekshi_bot' }
const date = 1_780_000_000
const pictures = ['ffd8ff', '89504e47', '47494638', '52494646']
const isPicture = (bytes: Buffer) =>
  pictures.some((magic) => bytes.subarray(0, magic.length / 2).toString('hex') === magic)

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** Starts the fake on a free port of loopback. */
export async function startFakeBotApi(
  token = '700000001:AAFakeTokenForTests-0123456789abcdef',
): Promise<FakeBotApi> {
  const calls: RecordedCall[] = []
  const chats = new Map<number, Chat>()
  const watchers = new Set<() => void>()
  const failures: { method: string; failure: Failure }[] = []
  const queue: Update[] = []
  const again = new Set<Update>()
  const files = new Map<string, { path: string; bytes: Buffer; size: number }>()
  const queries = new Map<string, number>()
  const toasts: (Toast & { chatId: number })[] = []
  const commands = new Map<string, readonly { command: string; description: string }[]>()
  const descriptions = new Map<string, string>()
  const shortDescriptions = new Map<string, string>()
  let allowed: readonly string[] = []
  let webhook: { url: string; secret?: string } | undefined
  let pushing = false
  let stopped = false
  let waiting: Poll | undefined
  let lastUpdateId = 100_000_000
  let lastFile = 0
  let lastQuery = 0

  const changed = () => {
    for (const look of [...watchers]) look()
  }

  function until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!condition()) return
        clearTimeout(timer)
        watchers.delete(look)
        resolve()
      }
      const timer = setTimeout(() => {
        watchers.delete(look)
        const recent = calls.slice(-8).map(({ method, status }) => `${method} ${status}`)
        reject(new Error(`in vain waited for: ${what} (last calls: ${recent.join(', ')})`))
      }, patienceMilliseconds)
      watchers.add(look)
    })
  }

  /* ── updates ── */

  function serve(): void {
    if (webhook) return void push()
    if (!waiting) return
    const ready = queue.filter((update) => again.has(update) || update.update_id >= (waiting?.offset ?? 0))
    if (ready.length === 0) return
    const poll = waiting
    waiting = undefined
    const batch = ready.slice(0, poll.limit)
    for (const update of batch) {
      if (again.delete(update) && update.update_id < poll.offset) queue.splice(queue.indexOf(update), 1)
    }
    poll.answer(batch)
  }

  async function push(): Promise<void> {
    if (pushing) return
    pushing = true
    for (let tries = 0; webhook && queue.length > 0 && tries < 100 && !stopped; tries++) {
      const update = queue[0] as Update
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret && { 'x-telegram-bot-api-secret-token': webhook.secret }),
        },
        body: JSON.stringify(update),
      }).catch(() => null)
      if (response?.ok) {
        queue.shift()
        tries = 0
      } else await new Promise((resolve) => setTimeout(resolve, 20))
      changed()
    }
    pushing = false
  }

  function give(content: Omit<Update, 'update_id'>): Update {
    lastUpdateId += 1
    const update = { update_id: lastUpdateId, ...content } as Update
    const kind = Object.keys(content)[0] ?? ''
    if (allowed.length === 0 || allowed.includes(kind)) queue.push(update)
    serve()
    return update
  }

  /* ── what the methods do ── */

  const chatFor = (params: Params): Chat => {
    const chat = chats.get(Number(params.chat_id))
    if (!chat) return bad('chat not found')
    if (chat.blocked) throw new Refused(403, 'Forbidden: bot was blocked by the user')
    if (!chat.botIsThere) throw new Refused(403, 'Forbidden: bot was kicked from the supergroup chat')
    return chat
  }

  function textOf(params: Params, field: 'text' | 'caption', limit: number) {
    const given = params[field]
    const raw = typeof given === 'string' ? given : ''
    const mode = params.parse_mode
    if (mode !== undefined && mode !== 'HTML') bad('unsupported parse_mode')
    const listed = params[field === 'text' ? 'entities' : 'caption_entities']
    const parsed =
      mode === 'HTML'
        ? parseHtml(raw)
        : { text: raw, entities: Array.isArray(listed) ? (listed as Entity[]) : [] }
    const text = parsed.text.trim()
    if (field === 'text' && text === '') bad('message text is empty')
    if (text.length > limit) bad(field === 'text' ? 'message is too long' : 'message caption is too long')
    for (const { offset, length } of parsed.entities) {
      if (offset < 0 || length < 1 || offset + length > parsed.text.length) bad('ENTITY_BOUNDS_INVALID')
    }
    return { text, entities: parsed.entities }
  }

  function inlineOf(markup: Record<string, unknown>): readonly (readonly InlineButton[])[] | undefined {
    const rows = markup.inline_keyboard
    if (rows === undefined) return undefined
    const inline = rows as readonly (readonly InlineButton[])[]
    for (const button of inline.flat()) {
      if (!button.text) bad("can't parse inline keyboard button: text must be non-empty")
      if (!button.url && !button.callback_data) bad('BUTTON_TYPE_INVALID')
      if (Buffer.byteLength(button.callback_data ?? '') > 64) bad('BUTTON_DATA_INVALID')
    }
    if (inline.some((row) => row.length > 8)) bad('too many buttons in a row')
    return inline.flat().length > 0 ? inline : undefined
  }

  const telegramChat = (chat: Chat) =>
    chat.kind === 'private'
      ? { id: chat.id, type: 'private', first_name: chat.profile.first_name ?? 'Гость' }
      : { id: chat.id, type: 'supergroup', title: 'Топ' }

  function rawOf(chat: Chat, message: StoredMessage): Record<string, unknown> {
    const { text, entities, file, inline } = message
    return {
      message_id: message.messageId,
      date,
      chat: telegramChat(chat),
      from: bot,
      ...(file
        ? {
            [file.as === 'photo' ? 'photo' : 'document']: file.as === 'photo' ? [] : {},
            caption: text,
            caption_entities: entities,
          }
        : { text, entities }),
      ...(inline && { reply_markup: { inline_keyboard: inline } }),
    }
  }

  function post(
    chat: Chat,
    params: Params,
    said: { text: string; entities: readonly Entity[] },
    file?: ShownMessage['file'],
  ) {
    const markup = object(params.reply_markup)
    const inline = inlineOf(markup)
    chat.lastMessageId += 1
    const message: StoredMessage = {
      messageId: chat.lastMessageId,
      fromBot: true,
      ...said,
      ...(inline && { inline }),
      plainMarkup: 'keyboard' in markup || 'remove_keyboard' in markup,
      ...(file && { file }),
      raw: {},
    }
    if (Array.isArray(markup.keyboard))
      chat.keyboard = markup.keyboard as readonly (readonly KeyboardButton[])[]
    if (markup.remove_keyboard === true) chat.keyboard = []
    chat.messages.push(message)
    return rawOf(chat, message)
  }

  function sendFile(as: 'photo' | 'document', params: Params, uploads: RecordedCall['files']) {
    const chat = chatFor(params)
    const said = textOf(params, 'caption', 1024)
    const reference = params[as]
    const key = typeof reference === 'string' ? reference.replace(/^attach:\/\//, '') : as
    const upload = uploads[key] ?? bad(`there is no ${as} in the request`)
    if (upload.bytes.length === 0) bad('file must be non-empty')
    if (as === 'photo' && upload.bytes.length > 10 * 1024 * 1024) bad('file is too big for a photo')
    if (as === 'photo' && !isPicture(upload.bytes)) bad('IMAGE_PROCESS_FAILED')
    if (upload.bytes.length > 50 * 1024 * 1024) throw new Refused(413, 'Request Entity Too Large')
    return post(chat, params, said, { as, name: upload.name, bytes: upload.bytes })
  }

  function edit(
    params: Params,
    change: (message: StoredMessage, inline: StoredMessage['inline']) => boolean,
  ) {
    const chat = chatFor(params)
    const message = chat.messages.find(({ messageId }) => messageId === Number(params.message_id))
    if (!message) return bad('message to edit not found')
    if (!message.fromBot || message.plainMarkup) return bad("message can't be edited")
    const inline = inlineOf(object(params.reply_markup))
    const sameButtons = JSON.stringify(inline) === JSON.stringify(message.inline)
    if (!change(message, inline) && sameButtons) return bad('message is not modified')
    if (inline) message.inline = inline
    else delete message.inline
    return rawOf(chat, message)
  }

  const language = (params: Params) => String(params.language_code ?? '')

  function described(into: Map<string, string>, params: Params, field: string, limit: number): true {
    const text = String(params[field] ?? '')
    if (text.length > limit) bad(`${field} is too long`)
    into.set(language(params), text)
    return true
  }

  const methods: Readonly<Record<string, (params: Params, uploads: RecordedCall['files']) => unknown>> = {
    getMe: () => bot,
    sendMessage: (params) => post(chatFor(params), params, textOf(params, 'text', 4096)),
    sendPhoto: (params, uploads) => sendFile('photo', params, uploads),
    sendDocument: (params, uploads) => sendFile('document', params, uploads),
    sendChatAction: (params) => chatFor(params) !== undefined,
    editMessageText: (params) =>
      edit(params, (message) => {
        const { text, entities } = textOf(params, 'text', 4096)
        const differs = text !== message.text
        Object.assign(message, { text, entities })
        return differs
      }),
    editMessageCaption: (params) =>
      edit(params, (message) => {
        const { text, entities } = textOf(params, 'caption', 1024)
        const differs = text !== message.text
        Object.assign(message, { text, entities })
        return differs
      }),
    editMessageReplyMarkup: (params) => edit(params, () => false),
    answerCallbackQuery: (params) => {
      const queryId = String(params.callback_query_id)
      const chatId = queries.get(queryId)
      if (chatId === undefined) {
        return bad('query is too old and response timeout expired or query ID is invalid')
      }
      const text = params.text
      if (typeof text === 'string' && text.length > 200) bad('MESSAGE_TOO_LONG')
      queries.delete(queryId)
      toasts.push({ chatId, queryId, ...(typeof text === 'string' && { text }) })
      return true
    },
    getFile: (params) => {
      const id = String(params.file_id)
      const file = files.get(id) ?? bad('invalid file_id')
      if (file.size > 20 * 1024 * 1024) bad('file is too big')
      return { file_id: id, file_unique_id: `u${id}`, file_size: file.size, file_path: file.path }
    },
    setMyCommands: (params) => {
      const list = (params.commands ?? []) as readonly { command: string; description: string }[]
      for (const { command, description } of list) {
        if (!/^[a-z0-9_]{1,32}$/.test(command)) bad('BOT_COMMAND_INVALID')
        if (description.length < 1 || description.length > 256) bad('BOT_COMMAND_DESCRIPTION_INVALID')
      }
      commands.set(language(params), list)
      return true
    },
    setMyDescription: (params) => described(descriptions, params, 'description', 512),
    setMyShortDescription: (params) => described(shortDescriptions, params, 'short_description', 120),
    leaveChat: (params) => {
      chatFor(params).botIsThere = false
      return true
    },
    setWebhook: (params) => {
      const secret = params.secret_token
      if (typeof secret === 'string' && !/^[\w-]{1,256}$/.test(secret))
        bad('secret token contains unallowed characters')
      webhook = { url: String(params.url), ...(typeof secret === 'string' && { secret }) }
      allowed = (params.allowed_updates as readonly string[] | undefined) ?? allowed
      void push()
      return true
    },
    deleteWebhook: () => {
      webhook = undefined
      return true
    },
  }

  /* ── HTTP ── */

  async function bodyOf(request: IncomingMessage) {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const type = String(request.headers['content-type'] ?? '')
    if (!type.startsWith('multipart/form-data')) {
      return { params: object(body.length > 0 ? JSON.parse(body.toString('utf8')) : {}), uploads: {} }
    }
    const { values, files: uploads } = parseMultipart(body, type)
    const params = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, /^[[{]/.test(value) ? JSON.parse(value) : value]),
    )
    return { params, uploads }
  }

  const takeFailure = (method: string): Failure | undefined => {
    const at = failures.findIndex((planned) => planned.method === method || planned.method === '*')
    return at < 0 ? undefined : failures.splice(at, 1)[0]?.failure
  }

  function answerUpdates(params: Params, response: ServerResponse): Promise<readonly Update[]> {
    if (webhook) {
      throw new Refused(409, "Conflict: can't use getUpdates method while webhook is active")
    }
    const offset = Number(params.offset ?? 0)
    allowed = (params.allowed_updates as readonly string[] | undefined) ?? allowed
    for (const update of [...queue]) {
      if (update.update_id < offset && !again.has(update)) queue.splice(queue.indexOf(update), 1)
    }
    changed()
    waiting?.fail(new Refused(409, 'Conflict: terminated by other getUpdates request'))
    return new Promise((resolve, reject) => {
      const settle = <T>(finish: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer)
          if (waiting === poll) waiting = undefined
          finish(value)
        }
      }
      const poll: Poll = {
        offset,
        limit: Number(params.limit ?? 100),
        answer: settle(resolve),
        fail: settle(reject),
      }
      const timer = setTimeout(() => poll.answer([]), Number(params.timeout ?? 0) * 1_000)
      response.once('close', () => poll.answer([]))
      waiting = poll
      serve()
    })
  }

  async function callMethod(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    known: boolean,
  ) {
    const { params, uploads } = await bodyOf(request)
    const respond = (status: number, body: unknown) => {
      calls.push({ method, params, files: uploads, status })
      if (!response.destroyed)
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      changed()
    }
    const hangUp = () => {
      calls.push({ method, params, files: uploads, status: 0 })
      request.socket.destroy()
      changed()
    }
    try {
      if (!known) throw new Refused(401, 'Unauthorized')
      const failure = takeFailure(method)
      if (failure === 'drop') return hangUp()
      if (failure && failure !== 'dropAfter') {
        const { status, retryAfter, movedTo } = failure
        const { description = status === 429 ? 'Too Many Requests' : 'Failed' } = failure
        throw new Refused(status, description, retryAfter, movedTo)
      }
      const run = methods[method]
      if (!run && method !== 'getUpdates') throw new Refused(404, 'Not Found: method not found')
      const result = run ? run(params, uploads) : await answerUpdates(params, response)
      if (failure === 'dropAfter') return hangUp()
      respond(200, { ok: true, result })
    } catch (error) {
      const { status, message, retryAfter, movedTo } =
        error instanceof ParseFailure
          ? new Refused(400, error.message)
          : error instanceof Refused
            ? error
            : new Refused(500, String(error))
      respond(status, {
        ok: false,
        error_code: status,
        description: message,
        ...(retryAfter !== undefined && { parameters: { retry_after: retryAfter } }),
        ...(movedTo !== undefined && { parameters: { migrate_to_chat_id: movedTo } }),
      })
    }
  }

  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    const [, gotToken = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? []
    if (method) return void callMethod(request, response, method, gotToken === token)
    const filePath = path.startsWith(`/file/bot${token}/`) ? path.slice(`/file/bot${token}/`.length) : ''
    const file = [...files.values()].find((stored) => stored.path === filePath)
    const failure = takeFailure('download')
    calls.push({
      method: 'download',
      params: { path: filePath },
      files: {},
      status: file && !failure ? 200 : 404,
    })
    if (failure === 'drop') request.socket.destroy()
    else if (file && !failure) response.end(file.bytes)
    else response.writeHead(404).end('{}')
    changed()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /* ── people ── */

  function openChat(id: number, kind: Chat['kind'], profile: Profile): Chat {
    const known = chats.get(id)
    if (known) return known
    const chat: Chat = {
      id,
      kind,
      profile,
      blocked: false,
      botIsThere: kind === 'private',
      messages: [],
      keyboard: [],
      lastMessageId: 0,
    }
    chats.set(id, chat)
    return chat
  }

  const person = (id: number, profile: Profile) => ({ id, is_bot: false, first_name: 'Гость', ...profile })

  const shown = (chat: Chat): readonly ShownMessage[] =>
    chat.messages
      .filter(({ fromBot }) => fromBot)
      .map(({ messageId, text, entities, inline = [], file }) => ({
        messageId,
        text,
        entities,
        buttons: inline.map((row) => row.map((button) => button.text)),
        ...(file && { file }),
      }))

  const keepFile = (bytes: Uint8Array, folder: string, size = bytes.length): string => {
    lastFile += 1
    const id = `file${lastFile}`
    files.set(id, { path: `${folder}/${id}`, bytes: Buffer.from(bytes), size })
    return id
  }

  function user(chatId: number, profile: Profile = {}): FakeUser {
    const chat = openChat(chatId, 'private', profile)
    const from = person(chatId, chat.profile)

    const says = (fields: Record<string, unknown>): Update => {
      chat.lastMessageId += 1
      const raw = { message_id: chat.lastMessageId, date, chat: telegramChat(chat), from, ...fields }
      chat.messages.push({
        messageId: chat.lastMessageId,
        fromBot: false,
        text: String(fields.text ?? ''),
        entities: [],
        plainMarkup: false,
        raw,
      })
      return give({ message: raw } as unknown as Omit<Update, 'update_id'>)
    }
    const presses = (data: string, message: Record<string, unknown>): Update => {
      lastQuery += 1
      const id = `query${lastQuery}`
      queries.set(id, chatId)
      const query = { id, from, chat_instance: String(chatId), data, message }
      return give({ callback_query: query } as unknown as Omit<Update, 'update_id'>)
    }
    const membership = (status: 'kicked' | 'member'): Update => {
      chat.blocked = status === 'kicked'
      const change = {
        chat: telegramChat(chat),
        from,
        date,
        old_chat_member: { user: bot, status: status === 'kicked' ? 'member' : 'kicked' },
        new_chat_member: { user: bot, status, ...(status === 'kicked' && { until_date: 0 }) },
      }
      return give({ my_chat_member: change } as unknown as Omit<Update, 'update_id'>)
    }
    const contact = (userId: number | undefined, phone: string) => ({
      contact: {
        phone_number: phone,
        first_name: from.first_name,
        ...(userId !== undefined && { user_id: userId }),
      },
    })
    const sharesContact = (phone = '77011234567') => says(contact(chatId, phone))

    const find = (what: string | RegExp) =>
      [...shown(chat)]
        .reverse()
        .find(({ text }) => (typeof what === 'string' ? text.includes(what) : what.test(text)))

    return {
      sends: (text) => says({ text }),
      presses: (label) => {
        for (const message of [...chat.messages].reverse()) {
          const button = message.inline?.flat().find(({ text }) => text === label)
          if (button) return presses(button.callback_data ?? '', rawOf(chat, message))
        }
        const key = chat.keyboard.flat().find(({ text }) => text === label)
        if (!key)
          throw new Error(`no button “${label}” among: ${JSON.stringify(shown(chat).map((m) => m.buttons))}`)
        return key.request_contact ? sharesContact() : says({ text: label })
      },
      pressesStale: (data, messageId = 1) => {
        const message = chat.messages.find((one) => one.messageId === messageId && one.fromBot)
        const raw = message
          ? rawOf(chat, message)
          : { message_id: messageId, date: 0, chat: telegramChat(chat) }
        return presses(data, raw)
      },
      sharesContact,
      sharesForeignContact: (phone = '77059998877') => says(contact(chatId + 1, phone)),
      sendsPhoto: (bytes, caption) => {
        const photo = [90, 1280, 320].map((width) => ({
          file_id: keepFile(bytes, `photos${width}`),
          file_unique_id: `p${width}`,
          width,
          height: width,
          file_size: bytes.length,
        }))
        return says({ photo, ...(caption !== undefined && { caption }) })
      },
      sendsDocument: (bytes, { name, type, caption, size = bytes.length }) => {
        const document = {
          file_id: keepFile(bytes, 'documents', size),
          file_unique_id: 'd',
          file_name: name,
          file_size: size,
          ...(type && { mime_type: type }),
        }
        return says({ document, ...(caption !== undefined && { caption }) })
      },
      sendsOther: (fields) => says({ ...fields }),
      edits: (update, text) => {
        const original = object(update.message)
        const field = 'caption' in original ? 'caption' : 'text'
        const edited = { ...original, [field]: text, edit_date: date + 1 }
        return give({ edited_message: edited } as unknown as Omit<Update, 'update_id'>)
      },
      blocks: () => membership('kicked'),
      unblocks: () => membership('member'),
      messages: () => shown(chat),
      keyboard: () => chat.keyboard.flat().map(({ text }) => text),
      toasts: () => toasts.filter((toast) => toast.chatId === chatId),
      sees: async (what) => {
        await until(() => find(what) !== undefined, `chat ${chatId} shows ${what}`)
        return find(what) as ShownMessage
      },
    }
  }

  function group(chatId: number): FakeGroup {
    const chat = openChat(chatId, 'supergroup', {})
    const service = (fields: object) => {
      chat.lastMessageId += 1
      const message = {
        message_id: chat.lastMessageId,
        date,
        chat: telegramChat(chat),
        from: person(1, {}),
        ...fields,
      }
      return give({ message } as unknown as Omit<Update, 'update_id'>)
    }
    return {
      addsBot: (by = {}) => {
        chat.botIsThere = true
        const change = {
          chat: telegramChat(chat),
          from: person(1, by),
          date,
          old_chat_member: { user: bot, status: 'left' },
          new_chat_member: { user: bot, status: 'member' },
        }
        return give({ my_chat_member: change } as unknown as Omit<Update, 'update_id'>)
      },
      someoneWrites: (text) => service({ text }),
      becomes: (to) => service({ migrate_to_chat_id: to }),
      sendsBotAway: () => {
        chat.botIsThere = false
        const change = {
          chat: telegramChat(chat),
          from: person(1, {}),
          date,
          old_chat_member: { user: bot, status: 'member' },
          new_chat_member: { user: bot, status: 'kicked' },
        }
        return give({ my_chat_member: change } as unknown as Omit<Update, 'update_id'>)
      },
      messages: () => shown(chat),
      botIsThere: () => chat.botIsThere,
    }
  }

  return {
    root,
    token,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    user,
    group,
    fails: (method, failure, times = 1) => {
      for (let n = 0; n < times; n++) failures.push({ method, failure })
    },
    redeliver: (update) => {
      again.add(update)
      if (!queue.includes(update)) queue.unshift(update)
      serve()
    },
    until,
    confirmed: () => until(() => queue.length === 0, 'every update is confirmed'),
    unconfirmed: () => [...queue],
    profile: { commands, descriptions, shortDescriptions },
    webhook: () => webhook,
    stop: async () => {
      stopped = true
      waiting?.answer([])
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
