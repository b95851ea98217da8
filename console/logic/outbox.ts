import type { WireAck, WireRefusal } from '../../engine/wire.ts'
import type { OperatorAction } from '../../engine/wireConsole.ts'

export type OutboxPorts = {
  /** Sends one act; rejects when no acknowledgement came (the act stays and is sent again). */
  readonly send: (action: OperatorAction) => Promise<WireAck>
  /** A breath before the same act is sent again. */
  readonly breathe: () => Promise<void>
  readonly changed: (waiting: readonly OperatorAction[]) => void
  readonly done: (action: OperatorAction) => void
  readonly refused: (action: OperatorAction, refusal: WireRefusal) => void
}

export type Outbox = {
  /** Puts an act at the end. The same id twice, or the same step twice while the first is under way, counts once. */
  readonly put: (action: OperatorAction) => void
  /** The connection is there: send what waits. */
  readonly resume: () => void
  /** The connection went: what is under way will be sent again. */
  readonly pause: () => void
  readonly clear: () => void
}

/** Not taken yet, but nothing is wrong with it. */
const isTooFast = (ack: WireAck): boolean => !ack.ok && ack.refusal.key === 'refusal.tooFast'

const speaks = (action: OperatorAction): boolean =>
  action.type === 'replied' || action.type === 'noted' || action.type === 'attached'

/**
 * Keeps the operator's acts until the server has acknowledged them: one at a time, in order, unchanged, so that a
 * lost connection neither loses nor doubles anything.
 */
export function createOutbox(ports: OutboxPorts, kept: readonly OperatorAction[] = []): Outbox {
  let waiting: readonly OperatorAction[] = kept
  let running = false
  let connected = false
  let epoch = 0

  const set = (next: readonly OperatorAction[]) => {
    waiting = next
    ports.changed(next)
  }

  const run = async (mine: number) => {
    if (running) return
    running = true
    while (connected && mine === epoch) {
      const action = waiting[0]
      if (!action) break
      const ack = await ports.send(action).catch(() => undefined)
      if (mine !== epoch) return
      if (!ack || isTooFast(ack)) {
        await ports.breathe()
        if (mine !== epoch) return
        continue
      }
      set(waiting.filter((other) => other.id !== action.id))
      if (ack.ok) ports.done(action)
      else ports.refused(action, ack.refusal)
    }
    running = false
  }

  const stop = () => {
    connected = false
    running = false
    epoch++
  }

  return {
    put: (action) => {
      const same = (other: OperatorAction) =>
        other.id === action.id ||
        (!speaks(action) && other.type === action.type && other.conversationId === action.conversationId)
      if (waiting.some(same)) return
      set([...waiting, action])
      if (connected) void run(epoch)
    },
    resume: () => {
      stop()
      connected = true
      void run(epoch)
    },
    pause: stop,
    clear: () => {
      stop()
      set([])
    },
  }
}
