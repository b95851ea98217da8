import { io, type Socket } from 'socket.io-client'
import type { Language } from '../../engine/language.ts'
import type { PresenceChoice } from '../../engine/presence.ts'
import type { WireAck, WireMessage, WireRefusal } from '../../engine/wire.ts'
import type {
  ConsoleClientEvents,
  ConsoleServerEvents,
  ConversationDetail,
  OperatorAction,
} from '../../engine/wireConsole.ts'

export type LiveEvents = ConsoleServerEvents & {
  readonly lost: () => void
  readonly unauthorized: () => void
}

type Opened = { ok: true; detail: ConversationDetail } | { ok: false; refusal: WireRefusal }
type Revealed = { ok: true; value: string } | { ok: false; refusal: WireRefusal }
type Chosen = { ok: true } | { ok: false; refusal: WireRefusal }
type Page = { messages: readonly WireMessage[]; hasEarlier: boolean }

export type Live = ReturnType<typeof connectLive>

const patience = 12_000
const retryAfter = 2_000

/**
 * The live connection of a signed-in operator. Every question rejects when no answer came in time or the
 * connection went; it reconnects by itself until `stop`.
 */
export function connectLive(language: () => Language, on: LiveEvents) {
  const socket: Socket<ConsoleServerEvents, ConsoleClientEvents> = io('/console', {
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    autoConnect: false,
    auth: (give) => give({ language: language() }),
  })
  let stopped = false
  let retry: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    clearTimeout(retry)
    if (!stopped) retry = setTimeout(() => socket.connect(), retryAfter)
  }

  /** What changed while the greeting is being put together comes after it: the greeting may be older. */
  let early: (() => void)[] | undefined
  const inTurn = (work: () => void) => {
    if (early) early.push(work)
    else work()
  }

  socket.on('connect', () => {
    early = []
    socket.emit('language', language())
  })
  socket.on('disconnect', (reason) => {
    on.lost()
    if (reason === 'io server disconnect') again()
  })
  socket.on('connect_error', (error) => {
    if (error.message === 'unauthorized') on.unauthorized()
    else {
      on.lost()
      if (!socket.active) again()
    }
  })
  socket.on('hello', (hello) => {
    on.hello(hello)
    const waiting = early ?? []
    early = undefined
    for (const work of waiting) work()
  })
  socket.on('rows', (rows) => inTurn(() => on.rows(rows)))
  socket.on('gone', (ids, moved) => inTurn(() => on.gone(ids, moved)))
  socket.on('operators', on.operators)
  socket.on('messages', on.messages)
  socket.on('detail', on.detail)
  socket.on('marks', on.marks)
  socket.on('typing', on.typing)
  socket.on('alerts', on.alerts)
  socket.on('alertsSeen', on.alertsSeen)
  socket.on('signedOut', on.signedOut)
  socket.connect()

  const asked = <T>(ask: (ack: (error: Error | null, answer: T) => void) => void): Promise<T> =>
    new Promise((resolve, reject) => {
      if (!socket.connected) reject(new Error('not connected'))
      else ask((error, answer) => (error ? reject(error) : resolve(answer)))
    })
  const patient = () => socket.timeout(patience)
  const quietly = (emit: () => void) => {
    if (socket.connected) emit()
  }

  return {
    act: (action: OperatorAction) => asked<WireAck>((ack) => patient().emit('act', action, ack)),
    open: (id: string) => asked<Opened>((ack) => patient().emit('open', id, ack)),
    earlier: (id: string, seq: number) => asked<Page>((ack) => patient().emit('earlier', id, seq, ack)),
    after: (id: string, seq: number) =>
      asked<{ messages: readonly WireMessage[] }>((ack) => patient().emit('after', id, seq, ack)),
    reveal: (id: string, field: string) => asked<Revealed>((ack) => patient().emit('reveal', id, field, ack)),
    presence: (choice: PresenceChoice) => asked<Chosen>((ack) => patient().emit('presence', choice, ack)),
    close: () => quietly(() => socket.emit('close')),
    typing: (id: string) => quietly(() => socket.emit('typing', id)),
    read: (id: string, seq: number) => quietly(() => socket.emit('read', id, seq)),
    alertsSeen: (at: string) => quietly(() => socket.emit('alertsSeen', at)),
    language: () => quietly(() => socket.emit('language', language())),
    stop: () => {
      stopped = true
      clearTimeout(retry)
      socket.removeAllListeners()
      socket.disconnect()
    },
  }
}
