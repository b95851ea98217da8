import type { WireAck, WireContent, WireField, WireMessage } from '../../engine/wire.ts'
import type { VisitorAction } from '../../engine/wireVisitor.ts'
import { keepOf } from '../../widget/keep.ts'
import { createOutbox, type Entry } from '../../widget/outbox.ts'

/** A browser storage in memory. */
export function storage(): Storage {
  const area: Record<string, string> = {}
  const methods = {
    getItem: (key: string) => area[key] ?? null,
    setItem: (key: string, value: string) => {
      area[key] = value
    },
    removeItem: (key: string) => {
      delete area[key]
    },
  }
  return new Proxy(methods as unknown as Storage, {
    ownKeys: () => Object.keys(area),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}

/** Timers that run only when the test moves the clock. */
function clock() {
  let now = 0
  let due: { at: number; work: () => void }[] = []
  return {
    later: (work: () => void, milliseconds: number) => {
      const timer = { at: now + milliseconds, work }
      due = [...due, timer]
      return () => {
        due = due.filter((other) => other !== timer)
      }
    },
    pass: (milliseconds: number) => {
      now += milliseconds
      const ripe = due.filter(({ at }) => at <= now)
      due = due.filter(({ at }) => at > now)
      for (const { work } of ripe) work()
    },
  }
}

export const wrote = (id: string, at = '2026-03-02T05:00:00.000Z'): Entry => ({
  action: { type: 'wrote', id, text: `text of ${id}` },
  at,
  shown: { kind: 'text', text: `text of ${id}` },
})

/** An outbox whose server answers only when the test says so. */
export function outboxAt(area = storage(), key = 'outbox.a') {
  const time = clock()
  const sent: { action: VisitorAction; ack: (answer: WireAck) => void }[] = []
  const settled: { id: string; ok: boolean }[] = []
  const unanswered: number[] = []
  const keep = keepOf(() => area)
  const outbox = createOutbox({
    keep,
    key,
    patience: 8_000,
    later: time.later,
    send: (action, ack) => void sent.push({ action, ack }),
    changed: () => {},
    settled: (entry, answer) => void settled.push({ id: entry.action.id, ok: answer.ok }),
    unanswered: (times) => void unanswered.push(times),
  })
  return {
    outbox,
    sent,
    settled,
    unanswered,
    keep,
    pass: time.pass,
    sentIds: () => sent.map(({ action }) => action.id),
  }
}

export const taken: WireAck = { ok: true, seq: 1 }

export const message = (seq: number, content: WireContent, rest: Partial<WireMessage> = {}): WireMessage => ({
  seq,
  eventId: `event ${seq}`,
  at: '2026-03-02T05:00:00.000Z',
  author: { kind: 'assistant' },
  audience: 'everyone',
  content,
  ...rest,
})

export const field = (id: string, rest: Partial<WireField> = {}): WireField => ({
  id,
  kind: 'text',
  label: id,
  question: id,
  required: false,
  maxLength: 100,
  ...rest,
})
