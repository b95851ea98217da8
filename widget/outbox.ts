import type { WireAck, WireContent, WireRefusal } from '../engine/wire.ts'
import type { VisitorAction } from '../engine/wireVisitor.ts'
import type { Keep } from './keep.ts'

/** An act on its way to the server; `shown` is how it stands in the thread until the server's own copy arrives. */
export type Entry = { readonly action: VisitorAction; readonly at: string; readonly shown?: WireContent }

/** An act the server did not take, with its reason. */
export type Refused = Entry & { readonly refusal: WireRefusal }

export type OutboxPorts = {
  readonly keep: Keep
  /** Where this tab keeps its unsent acts. */
  readonly key: string
  /** How long to wait for an acknowledgement before sending the same act again, in milliseconds. */
  readonly patience: number
  readonly send: (action: VisitorAction, ack: (answer: WireAck) => void) => void
  /** Calls back after so many milliseconds; gives the way to call it off. */
  readonly later: (work: () => void, milliseconds: number) => () => void
  readonly changed: (waiting: readonly Entry[]) => void
  readonly settled: (entry: Entry, answer: WireAck) => void
  /** An act was not acknowledged in time; `times` in a row. */
  readonly unanswered?: (times: number) => void
}

export type Outbox = {
  /** Takes an act; it is sent as soon as everything before it has been acknowledged. */
  readonly add: (entry: Entry) => void
  /** The server listens: send, beginning with the oldest. */
  readonly open: () => void
  /** The connection is gone: wait. */
  readonly shut: () => void
  /** Takes over acts that another, closed tab left behind; an act that is known already is not taken twice. */
  readonly adopt: (entries: readonly Entry[]) => void
  readonly waiting: () => readonly Entry[]
}

const tooFastPauseMilliseconds = 2_000
const isTooFast = (answer: WireAck) => !answer.ok && answer.refusal.key === 'refusal.tooFast'

const formValuesStayOffDisk = (entry: Entry) => entry.action.type !== 'filled'

/** Reads the acts kept under a key; something unreadable counts as nothing. */
export function keptEntries(keep: Keep, key: string): readonly Entry[] {
  try {
    const entries: unknown = JSON.parse(keep.get(key) ?? '[]')
    return Array.isArray(entries) ? entries : []
  } catch {
    return []
  }
}

/**
 * The visitor's unsent acts: in order, one at a time, each sent again unchanged until it is acknowledged. They are
 * kept over a reload, save for filled forms, whose personal data never reaches the disk.
 */
export function createOutbox(ports: OutboxPorts): Outbox {
  let queue: readonly Entry[] = []
  let listening = false
  let timeouts = 0
  let stopWaiting: (() => void) | undefined

  function change(next: readonly Entry[]) {
    queue = next
    const lasting = queue.filter(formValuesStayOffDisk)
    if (lasting.length) ports.keep.set(ports.key, JSON.stringify(lasting))
    else ports.keep.remove(ports.key)
    ports.changed(queue)
  }

  function sendFirst() {
    const first = queue[0]
    if (!listening || stopWaiting || !first) return
    stopWaiting = ports.later(() => {
      stopWaiting = undefined
      ports.unanswered?.(++timeouts)
      sendFirst()
    }, ports.patience)
    ports.send(first.action, (answer) => {
      if (queue[0]?.action.id !== first.action.id) return
      stopWaiting?.()
      stopWaiting = undefined
      timeouts = 0
      if (isTooFast(answer)) {
        stopWaiting = ports.later(() => {
          stopWaiting = undefined
          sendFirst()
        }, tooFastPauseMilliseconds)
        return
      }
      ports.settled(first, answer)
      change(queue.slice(1))
      sendFirst()
    })
  }

  return {
    add(entry) {
      change([...queue, entry])
      sendFirst()
    },
    open() {
      listening = true
      sendFirst()
    },
    shut() {
      listening = false
      timeouts = 0
      stopWaiting?.()
      stopWaiting = undefined
    },
    adopt(entries) {
      const known = new Set(queue.map((entry) => entry.action.id))
      const fresh = entries.filter((entry) => !known.has(entry.action.id))
      if (!fresh.length) return
      const underWay = stopWaiting ? 1 : 0
      const rest = [...queue.slice(underWay), ...fresh].sort((a, b) =>
        a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
      )
      change([...queue.slice(0, underWay), ...rest])
      sendFirst()
    },
    waiting: () => queue,
  }
}
