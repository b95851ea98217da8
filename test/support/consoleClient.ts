import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Language } from '../../engine/language.ts'
import type { Presence, PresenceChoice } from '../../engine/presence.ts'
import type { WireAck, WireMessage, WireRefusal } from '../../engine/wire.ts'
import type { Role } from '../../engine/wireAccess.ts'
import type {
  ConsoleClientEvents,
  ConsoleHello,
  ConsoleServerEvents,
  ConversationDetail,
  OperatorAction,
  QueueRow,
  WireOperator,
} from '../../engine/wireConsole.ts'
import type { WireAlert } from '../../engine/wireEscalation.ts'
import { administrator } from './server.ts'
import { until } from './until.ts'

type WithoutBase<A> = A extends unknown ? Omit<A, 'id' | 'conversationId'> : never
type Opened =
  | { readonly ok: true; readonly detail: ConversationDetail }
  | { readonly ok: false; readonly refusal: WireRefusal }

export type ConsoleClient = {
  readonly socket: Socket<ConsoleServerEvents, ConsoleClientEvents>
  readonly hello: ConsoleHello
  /** The queue as it is now, by conversation. */
  readonly rows: ReadonlyMap<string, QueueRow>
  /** What came of opened conversations, in the order of arrival. */
  readonly messages: readonly WireMessage[]
  /** What it was alerted of since it was opened. */
  readonly alerts: readonly WireAlert[]
  /** Up to when they were seen, as it heard last. */
  readonly alertsSeenAt: string | undefined
  /** The colleagues as they are now, by name. */
  readonly presences: Readonly<Record<string, Presence>>
  readonly signedOut: boolean
  act(conversationId: string, action: WithoutBase<OperatorAction>, id?: string): Promise<WireAck>
  /** Sends anything at all as an act. */
  actRaw(action: unknown): Promise<WireAck>
  open(conversationId: string): Promise<Opened>
  /** The whole thread with its history, oldest first. */
  thread(conversationId: string): Promise<readonly WireMessage[]>
  reveal(
    conversationId: string,
    field: string,
  ): Promise<{ ok: true; value: string } | { ok: false; refusal: WireRefusal }>
  chooses(choice: PresenceChoice): Promise<void>
  seesRow(conversationId: string, fits?: (row: QueueRow) => boolean): Promise<QueueRow>
  leaves(): void
}

/** Opens a console; fails with `unauthorized` as the server says it. */
export async function consoleClient(
  url: string,
  cookie: string | undefined,
  language: Language = 'ru',
): Promise<ConsoleClient> {
  const rows = new Map<string, QueueRow>()
  const messages: WireMessage[] = []
  const alerts: WireAlert[] = []
  let alertsSeenAt: string | undefined
  let hello: ConsoleHello | undefined
  let operators: readonly WireOperator[] = []
  let signedOut = false
  let refused: Error | undefined
  const socket: ConsoleClient['socket'] = io(`${url}/console`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { language },
    ...(cookie !== undefined && { extraHeaders: { cookie } }),
  })
  socket.on('connect_error', (error) => {
    refused = error
  })
  socket.on('hello', (given) => {
    hello = given
    operators = given.operators
    for (const row of given.rows) rows.set(row.conversationId, row)
  })
  socket.on('rows', (changed) => {
    for (const row of changed) rows.set(row.conversationId, row)
  })
  socket.on('operators', (all) => {
    operators = all
  })
  socket.on('gone', (ids) => {
    for (const id of ids) rows.delete(id)
  })
  socket.on('messages', (_, more) => {
    messages.push(...more)
  })
  socket.on('alerts', (more) => {
    alerts.push(...more)
  })
  socket.on('alertsSeen', (at) => {
    alertsSeenAt = at
  })
  socket.on('signedOut', () => {
    signedOut = true
  })
  await until(() => {
    if (!refused) return hello !== undefined
    socket.disconnect()
    throw refused
  }, 'the console is greeted')

  const actRaw = (action: unknown) =>
    new Promise<WireAck>((resolve) => {
      socket.emit('act', action as OperatorAction, resolve)
    })
  return {
    socket,
    rows,
    messages,
    alerts,
    get alertsSeenAt() {
      return alertsSeenAt
    },
    get hello() {
      return hello as ConsoleHello
    },
    get presences() {
      return Object.fromEntries(operators.map(({ name, presence }) => [name, presence]))
    },
    get signedOut() {
      return signedOut
    },
    act: (conversationId, action, id = randomUUID()) => actRaw({ ...action, id, conversationId }),
    actRaw,
    open: (conversationId) => new Promise((resolve) => socket.emit('open', conversationId, resolve)),
    thread: (conversationId) =>
      new Promise((resolve) => socket.emit('after', conversationId, 0, ({ messages: all }) => resolve(all))),
    reveal: (conversationId, field) =>
      new Promise((resolve) => socket.emit('reveal', conversationId, field, resolve)),
    async chooses(choice) {
      const answer = await socket.emitWithAck('presence', choice)
      if (!answer.ok) throw new Error(`presence: ${answer.refusal.text}`)
    },
    seesRow: (conversationId, fits = () => true) =>
      until(() => {
        const row = rows.get(conversationId)
        return row && fits(row) && row
      }, `the console shows ${conversationId}`),
    leaves: () => void socket.disconnect(),
  }
}

const own = { 'content-type': 'application/json', 'x-komekshi': '1', 'accept-language': 'ru' }

async function post(url: string, path: string, body: unknown, cookie = ''): Promise<Response> {
  const response = await fetch(`${url}/api/console${path}`, {
    method: 'POST',
    headers: { ...own, cookie },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response
}

const cookieIn = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

/** Signs in and gives the cookie. */
export const signIn = async (url: string, person: { email: string; password: string } = administrator) =>
  cookieIn(await post(url, '/login', person))

/** Invites an operator and takes the invitation up for them; gives their cookie. */
export async function hireOperator(
  url: string,
  person: {
    readonly name: string
    readonly desks?: readonly string[]
    readonly role?: Role
    readonly email?: string
    readonly languages?: readonly Language[]
  },
): Promise<string> {
  const { name, desks = ['edoc'], role = 'operator', languages = ['kk', 'ru'] } = person
  const { email = `${randomUUID()}@help.test` } = person
  const invited = await post(url, '/invitations', { email, role, desks, languages }, await signIn(url))
  const { link } = (await invited.json()) as { link: string }
  const token = link.split('/').at(-1)
  return cookieIn(await post(url, '/accept', { token, name, password: 'another long password' }))
}

/** Changes what an operator is, as the administrator. */
export async function changeOperator(url: string, id: string, change: object): Promise<void> {
  const response = await fetch(`${url}/api/console/operators/${id}`, {
    method: 'PATCH',
    headers: { ...own, cookie: await signIn(url) },
    body: JSON.stringify(change),
  })
  if (!response.ok) throw new Error(`operators: ${response.status} ${await response.text()}`)
}

/** The kinds of activity in a thread's history, in order; `texts` are their words. */
export const historyOf = (thread: readonly WireMessage[]): readonly string[] =>
  thread.flatMap(({ content }) => (content.kind === 'activity' ? [content.text] : []))
