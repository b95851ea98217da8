import { createHash, randomBytes } from 'node:crypto'
import type { Namespace, Socket } from 'socket.io'
import type { SqlPool } from '../../db/client.ts'
import {
  conversationAt,
  deskOf,
  languageOf,
  marksOf,
  moveMarks,
  openConversation,
} from '../../db/queries/conversations.ts'
import { loadAggregates } from '../../db/queries/loadAggregates.ts'
import { type MessageAtDesk, messagesAfter, messagesBefore } from '../../db/queries/messages.ts'
import type { StoredFile } from '../../engine/conversation/content.ts'
import type { Refusal } from '../../engine/conversation/effect.ts'
import type { VisitorEvent } from '../../engine/conversation/event.ts'
import { renderMessage } from '../../engine/conversation/render.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { WireAck, WireMarks } from '../../engine/wire.ts'
import {
  type VisitorAction,
  type VisitorClientEvents,
  type VisitorServerEvents,
  visitorActionSchema,
  visitorAuthSchema,
} from '../../engine/wireVisitor.ts'
import type { Accept } from '../conversations/accept.ts'
import type { Arrivals } from '../presence.ts'
import { createRate } from './rate.ts'
import { unreadable, wireRefusal } from './refusalText.ts'
import { visitorRoom } from './rooms.ts'
import { visitorDesk, visitorState } from './visitorState.ts'

type Data = { conversationId: string; desk: string; language: Language }
export type VisitorNamespace = Namespace<
  VisitorClientEvents,
  VisitorServerEvents,
  Record<string, never>,
  Data
>
type VisitorSocket = Socket<VisitorClientEvents, VisitorServerEvents, Record<string, never>, Data>

export type VisitorPorts = {
  readonly sql: SqlPool
  readonly desks: ReadonlyMap<string, Desk>
  readonly accept: Accept['accept']
  readonly clock: () => Date
  readonly visitors: Arrivals
  /** A file that was stored for this conversation. */
  readonly fileOf: (fileId: string, conversationId: string) => Promise<StoredFile | undefined>
  readonly marksMoved: (conversationId: string, marks: WireMarks) => void
  readonly typing: (conversationId: string) => void
  /** How fast one visitor may act for long; five times as much at once. */
  readonly actsPerSecond: number
  readonly failed: (error: unknown) => void
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** The conversation that a widget's token opens, and the desk it is at. */
export async function conversationOfToken(
  sql: SqlPool,
  desks: ReadonlyMap<string, Desk>,
  token: string,
): Promise<{ readonly conversationId: string; readonly desk: string } | undefined> {
  for (const desk of desks.keys()) {
    const conversationId = await conversationAt(sql, { channel: 'widget', desk, address: hashOf(token) })
    if (conversationId) return { conversationId, desk: (await deskOf(sql, conversationId)) ?? desk }
  }
  return undefined
}

function eventOf(action: VisitorAction, at: string, file: StoredFile | undefined): VisitorEvent | undefined {
  const { id } = action
  switch (action.type) {
    case 'wrote':
      return { type: 'visitor.wrote', id, at, text: action.text }
    case 'chose':
      return { type: 'visitor.chose', id, at, choice: action.choice }
    case 'filled':
      return { type: 'visitor.filled', id, at, values: action.values }
    case 'switchedLanguage':
      return { type: 'visitor.switchedLanguage', id, at, language: action.language }
    case 'attached':
      return file && { type: 'visitor.attached', id, at, file, ...(action.text && { text: action.text }) }
  }
}

/** Serves visitors: the thread so far, then everything as it comes; acts are acknowledged after their commit. */
export function serveVisitors(namespace: VisitorNamespace, ports: VisitorPorts): void {
  const { sql, desks, accept, clock } = ports

  /** A desk as it is now. */
  function deskNamed(id: string): Desk {
    const desk = desks.get(id)
    if (!desk) throw new Error(`there is no desk ${id}`)
    return desk
  }

  async function welcome(socket: VisitorSocket, auth: ReturnType<typeof visitorAuthSchema.parse>) {
    const { desk } = socket.data
    const now = clock().toISOString()
    const known =
      auth.token && (await conversationAt(sql, { channel: 'widget', desk, address: hashOf(auth.token) }))
    const token = known && auth.token ? auth.token : randomBytes(32).toString('base64url')
    const { id, begun } = await openConversation(
      sql,
      { channel: 'widget', desk, address: hashOf(token) },
      { now, language: auth.language, pushTo: null },
    )
    socket.data.conversationId = id
    await socket.join(visitorRoom(id))
    const greet = () => accept(id, { type: 'visitor.started', id: `started:${id}`, at: now })
    const load = async () => (await loadAggregates(sql, [id])).get(id)
    if (begun) await greet()
    let aggregate = await load()
    // begun by a server that died before its greeting
    if (aggregate?.lastSeq === 0) {
      await greet()
      aggregate = await load()
    }
    if (!aggregate) throw new Error('a conversation that was opened is not there')
    const { language } = aggregate.state
    socket.data.language = language
    const catchUp = !begun && known !== undefined && auth.after !== undefined
    const page = catchUp
      ? { messages: await messagesAfter(sql, id, auth.after ?? 0, 'everyone'), hasEarlier: true }
      : await messagesBefore(sql, id, 2 ** 31 - 1, 'everyone')
    socket.emit('welcome', {
      token,
      // it may have been passed to another desk than the one of the page
      desk: visitorDesk(deskNamed(aggregate.desk), language),
      state: visitorState(aggregate),
      marks: await marksOf(sql, id),
      messages: rendered(socket, page.messages),
      hasEarlier: page.hasEarlier,
    })
    if (!socket.connected) return
    ports.visitors.came(id)
    socket.on('disconnect', () => ports.visitors.left(id))
  }

  /** The language is chosen on any device, and followed from what is written: it is asked for, not remembered. */
  async function followLanguage(socket: VisitorSocket) {
    const { conversationId, language } = socket.data
    socket.data.language = (await languageOf(sql, conversationId)) ?? language
  }

  const rendered = (socket: VisitorSocket, messages: readonly MessageAtDesk[]) =>
    messages.map((message) =>
      renderMessage(
        deskNamed(message.desk),
        { language: socket.data.language, side: 'visitor', channel: 'widget' },
        message,
      ),
    )

  async function act(socket: VisitorSocket, raw: unknown): Promise<WireAck> {
    const { conversationId } = socket.data
    const refused = async (refusal: Refusal): Promise<WireAck> => {
      await followLanguage(socket)
      return { ok: false, refusal: wireRefusal(socket.data.language, refusal) }
    }
    const parsed = visitorActionSchema.safeParse(raw)
    if (!parsed.success) return refused(unreadable(parsed.error))
    const action = parsed.data
    const file = action.type === 'attached' ? await ports.fileOf(action.fileId, conversationId) : undefined
    const event = eventOf(action, clock().toISOString(), file)
    if (!event) return refused({ key: 'refusal.file.missing' })
    const accepted = await accept(conversationId, event)
    return accepted.ok ? { ok: true, seq: accepted.seq } : refused(accepted.refusal)
  }

  async function move(socket: VisitorSocket, marks: Partial<WireMarks>) {
    const moved = await moveMarks(sql, socket.data.conversationId, marks)
    if (moved) ports.marksMoved(socket.data.conversationId, moved)
  }

  const isSeq = (seq: unknown): seq is number =>
    Number.isSafeInteger(seq) && (seq as number) >= 0 && (seq as number) < 2 ** 31

  namespace.use((socket, next) => {
    const auth = visitorAuthSchema.safeParse(socket.handshake.auth)
    const desk = auth.success ? desks.get(auth.data.desk) : undefined
    if (!auth.success || !desk) return next(new Error('unknownDesk'))
    socket.data.desk = desk.id
    next()
  })

  namespace.on('connection', (socket) => {
    const auth = visitorAuthSchema.parse(socket.handshake.auth)
    const mayAct = createRate(5 * ports.actsPerSecond, ports.actsPerSecond, clock)
    const maySignal = createRate(60, 10, clock)
    const ready = welcome(socket, auth).catch((error) => {
      ports.failed(error)
      socket.disconnect(true)
      throw error
    })
    ready.catch(() => {})

    /** Runs a signal that needs no acknowledgement. */
    const signal = (work: () => Promise<unknown>) => {
      if (maySignal()) ready.then(work).catch(ports.failed)
    }

    socket.on('act', (raw, ack) => {
      if (typeof ack !== 'function') return
      const language = socket.data.language ?? 'kk'
      if (!mayAct()) return ack({ ok: false, refusal: wireRefusal(language, { key: 'refusal.tooFast' }) })
      ready
        .then(() => act(socket, raw))
        .then(ack)
        .catch((error) => {
          ports.failed(error)
          ack({ ok: false, refusal: wireRefusal(language, { key: 'refusal.failed' }) })
        })
    })
    socket.on('typing', () => signal(async () => ports.typing(socket.data.conversationId)))
    socket.on('delivered', (seq) => {
      if (isSeq(seq)) signal(() => move(socket, { visitorDelivered: seq }))
    })
    socket.on('read', (seq) => {
      if (isSeq(seq)) signal(() => move(socket, { visitorDelivered: seq, visitorRead: seq }))
    })
    socket.on('earlier', (seq, ack) => {
      if (!isSeq(seq) || typeof ack !== 'function') return
      signal(async () => {
        const page = await messagesBefore(sql, socket.data.conversationId, seq, 'everyone')
        await followLanguage(socket)
        ack({ messages: rendered(socket, page.messages), hasEarlier: page.hasEarlier })
      })
    })
    socket.on('after', (seq, ack) => {
      if (!isSeq(seq) || typeof ack !== 'function') return
      signal(async () => {
        const messages = await messagesAfter(sql, socket.data.conversationId, seq, 'everyone')
        await followLanguage(socket)
        ack({ messages: rendered(socket, messages) })
      })
    })
    socket.on('again', (ack) => {
      if (typeof ack !== 'function') return
      signal(async () => {
        const page = await messagesBefore(sql, socket.data.conversationId, 2 ** 31 - 1, 'everyone')
        await followLanguage(socket)
        ack({ messages: rendered(socket, page.messages), hasEarlier: page.hasEarlier })
      })
    })
  })
}
