import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from 'grammy/types'
import type { Profile } from './fakeBotApi.chats.ts'
import { ParseFailure } from './fakeBotApi.html.ts'
import { object, type Params } from './fakeBotApi.markup.ts'
import { type BotState, botMethods, type Uploads } from './fakeBotApi.methods.ts'
import { parseMultipart } from './fakeBotApi.multipart.ts'
import { type FakeGroup, type FakeUser, fakePeople } from './fakeBotApi.people.ts'
import { Refused } from './fakeBotApi.refused.ts'
import { createUpdates } from './fakeBotApi.updates.ts'

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

type RecordedCall = {
  readonly method: string
  readonly params: Params
  readonly files: Uploads
  /** 200 when it went well; 0 when the connection was dropped. */
  readonly status: number
}

/** How the next call of a method is to fail. `drop` does nothing and hangs up, `dropAfter` does it and hangs up. */
type Failure =
  | {
      readonly status: number
      readonly retryAfter?: number
      readonly description?: string
      /** The supergroup that the group has become. */
      readonly movedTo?: number
    }
  | 'drop'
  | 'dropAfter'

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

const patienceMilliseconds = 5_000

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

/** Starts the fake on a free port of loopback. */
export async function startFakeBotApi(
  token = '700000001:AAFakeTokenForTests-0123456789abcdef',
): Promise<FakeBotApi> {
  const calls: RecordedCall[] = []
  const watchers = new Set<() => void>()
  const failures: { method: string; failure: Failure }[] = []
  const state: BotState = {
    chats: new Map(),
    files: new Map(),
    queries: new Map(),
    toasts: [],
    commands: new Map(),
    descriptions: new Map(),
    shortDescriptions: new Map(),
  }

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

  const updates = createUpdates(changed)
  const methods = botMethods(state, updates)

  const takeFailure = (method: string): Failure | undefined => {
    const at = failures.findIndex((planned) => planned.method === method || planned.method === '*')
    return at < 0 ? undefined : failures.splice(at, 1)[0]?.failure
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
      const result = run ? run(params, uploads) : await updates.getUpdates(params, response)
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
    const file = [...state.files.values()].find((stored) => stored.path === filePath)
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

  return {
    root,
    token,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    ...fakePeople(state, updates, until),
    fails: (method, failure, times = 1) => {
      for (let n = 0; n < times; n++) failures.push({ method, failure })
    },
    redeliver: updates.redeliver,
    until,
    confirmed: () => until(() => updates.unconfirmed.length === 0, 'every update is confirmed'),
    unconfirmed: () => updates.unconfirmed,
    profile: state,
    webhook: () => updates.webhook,
    stop: async () => {
      updates.stop()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
