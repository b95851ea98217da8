import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { ChoiceId } from '../../engine/conversation/content.ts'
import type { Language } from '../../engine/language.ts'
import type { WireAck, WireContent, WireMessage } from '../../engine/wire.ts'
import type {
  VisitorAction,
  VisitorClientEvents,
  VisitorServerEvents,
  VisitorState,
  VisitorWelcome,
} from '../../engine/wireVisitor.ts'
import { until } from './until.ts'

type WithoutId<A> = A extends unknown ? Omit<A, 'id'> : never

export type VisitorClient = {
  readonly socket: Socket<VisitorServerEvents, VisitorClientEvents>
  readonly token: string
  readonly conversationId: string
  readonly welcomes: readonly VisitorWelcome[]
  readonly state: VisitorState
  /** Every message once, in the order of their first arrival. */
  readonly received: readonly WireMessage[]
  /** The same by their place in the thread. */
  readonly thread: readonly WireMessage[]
  /** What the visitor themselves has written, in the thread's order. */
  readonly ownTexts: readonly string[]
  /** Does something once, and gives the acknowledgement. */
  act(action: VisitorAction): Promise<WireAck>
  writes(text: string, id?: string): Promise<WireAck>
  presses(choice: ChoiceId): Promise<WireAck>
  fills(values: Readonly<Record<string, string>>): Promise<WireAck>
  /**
   * As the widget does it: keeps the act and sends it, after those before it, until it is acknowledged, also over
   * new connections.
   */
  persists(action: WithoutId<VisitorAction>, id?: string): Promise<WireAck>
  /** Waits for a message, and gives the newest that fits. */
  sees(what: string | RegExp): Promise<WireMessage>
  leaves(): void
  comesBack(): Promise<void>
}

/** The words of a message, whoever said them. */
export const wordsOf = (content: WireContent): string => ('text' in content ? (content.text ?? '') : '')

/** Opens the chat of a desk; resolves when the server has welcomed it. */
export async function visitorClient(
  url: string,
  options: { desk?: string; token?: string; language?: Language; after?: number } = {},
): Promise<VisitorClient> {
  const byId = new Map<number, WireMessage>()
  const welcomes: VisitorWelcome[] = []
  const queue: { action: VisitorAction; done: (ack: WireAck) => void }[] = []
  let { token } = options
  let state: VisitorState | undefined
  let sending = 0

  const lastSeq = () => Math.max(options.after ?? 0, ...byId.keys())
  const socket: VisitorClient['socket'] = io(`${url}/visitor`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 60,
    auth: (give) =>
      give({
        desk: options.desk ?? 'edoc',
        ...(options.language && { language: options.language }),
        ...(token && { token }),
        ...((welcomes.length > 0 || options.after !== undefined) && { after: lastSeq() }),
      }),
  })
  let refused: Error | undefined
  socket.on('connect_error', (error) => {
    if (error.message === 'unknownDesk') refused = error
  })
  const take = (messages: readonly WireMessage[]) => {
    for (const message of messages) if (!byId.has(message.seq)) byId.set(message.seq, message)
  }
  // the server had no answer: as the widget, come again
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 50)
  })
  socket.on('messages', take)
  socket.on('state', (next) => {
    state = next
  })
  socket.on('welcome', (welcome) => {
    token = welcome.token
    state = welcome.state
    take(welcome.messages)
    welcomes.push(welcome)
    sendNext()
  })

  /** Sends the oldest act that is not acknowledged; an answer that comes over an older connection counts too. */
  function sendNext() {
    const head = queue[0]
    if (!head) return
    const mine = ++sending
    socket.emit('act', head.action, (ack) => {
      if (mine !== sending) return
      queue.shift()
      head.done(ack)
      sendNext()
    })
  }

  const thread = () => [...byId.values()].sort((a, b) => a.seq - b.seq)
  const act = (action: VisitorAction) =>
    new Promise<WireAck>((resolve) => {
      socket.emit('act', action, resolve)
    })

  await until(() => {
    if (refused) throw refused
    return welcomes.length > 0
  }, 'the visitor is welcomed')

  return {
    socket,
    welcomes,
    get token() {
      return token ?? ''
    },
    get conversationId() {
      return state?.conversationId ?? ''
    },
    get state() {
      return state as VisitorState
    },
    get received() {
      return [...byId.values()]
    },
    get thread() {
      return thread()
    },
    get ownTexts() {
      return thread().flatMap(({ author, content }) =>
        author.kind === 'visitor' && content.kind === 'text' ? [content.text] : [],
      )
    },
    act,
    writes: (text, id = randomUUID()) => act({ type: 'wrote', id, text }),
    presses: (choice) => act({ type: 'chose', id: randomUUID(), choice }),
    fills: (values) => act({ type: 'filled', id: randomUUID(), values: { ...values } }),
    persists: (action, id = randomUUID()) =>
      new Promise((done) => {
        queue.push({ action: { ...action, id } as VisitorAction, done })
        if (queue.length === 1 && socket.connected) sendNext()
      }),
    sees: (what) =>
      until(
        () =>
          thread().findLast(({ content }) =>
            typeof what === 'string' ? wordsOf(content).includes(what) : what.test(wordsOf(content)),
          ),
        `the visitor sees ${what}`,
      ),
    leaves: () => void socket.disconnect(),
    async comesBack() {
      const before = welcomes.length
      socket.connect()
      await until(() => welcomes.length > before, 'the visitor is welcomed again')
    },
  }
}

/** Asks for a person and is registered at once, with nothing told. */
export async function asksForPerson(visitor: VisitorClient): Promise<void> {
  await visitor.presses('operator')
  await visitor.presses('connectNow')
}

/** A whole request of a person who says who they are; nobody's real data. */
export const told = {
  identity: {
    iin: '850412300125',
    fullName: 'Ахметов Расул Болатұлы',
    contact: '+77011234567',
  },
  request: { type: 'defect', description: 'Кнопка «Подписать» не нажимается' },
} as const

/** Tells everything the desk asks for and sends the request. */
export async function registers(
  visitor: VisitorClient,
  request: Readonly<Record<string, string>> = told.request,
): Promise<void> {
  await visitor.presses('operator')
  await visitor.presses('consent')
  await visitor.fills(told.identity)
  await visitor.fills(request)
  const ack = await visitor.presses('confirm')
  if (!ack.ok) throw new Error(`the request was not taken: ${ack.refusal.text}`)
}
