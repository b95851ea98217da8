import type { WireMessage } from '../../engine/wire.ts'
import { sameDay, wallClock } from './localTime.ts'

/** Adds messages to those already there; each sequence number stands once, in order, the newer copy wins. */
export function merged(known: readonly WireMessage[], more: readonly WireMessage[]): readonly WireMessage[] {
  if (more.length === 0) return known
  const bySeq = new Map([...known, ...more].map((message) => [message.seq, message]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

export type TimelineItem =
  | { readonly kind: 'day'; readonly at: number }
  | { readonly kind: 'unread' }
  | { readonly kind: 'message'; readonly message: WireMessage; readonly leads: boolean }

const pause = 5 * 60_000

const speaker = ({ author, audience, content }: WireMessage): string =>
  `${author.kind}:${author.kind === 'operator' ? author.id : ''}:${audience}:${content.kind === 'activity'}`

/**
 * The messages with a line before each new day and one before the first unread. `leads` marks a message that begins
 * a turn: another speaker, or a pause of five minutes, came before it.
 */
export function timeline(
  messages: readonly WireMessage[],
  zone: string,
  firstUnread: number | undefined,
): TimelineItem[] {
  const items: TimelineItem[] = []
  let before: WireMessage | undefined
  for (const message of messages) {
    const at = Date.parse(message.at)
    const newDay = !before || !sameDay(wallClock(Date.parse(before.at), zone), wallClock(at, zone))
    if (newDay) items.push({ kind: 'day', at })
    if (message.seq === firstUnread) items.push({ kind: 'unread' })
    const leads =
      newDay ||
      message.seq === firstUnread ||
      !before ||
      speaker(before) !== speaker(message) ||
      at - Date.parse(before.at) > pause
    items.push({ kind: 'message', message, leads })
    before = message
  }
  return items
}

/** The newest sequence number, 0 when there is nothing. */
export const lastSeqOf = (messages: readonly WireMessage[]): number => messages.at(-1)?.seq ?? 0

/** The newest message of the visitor: what an operator has to have read. */
export function lastVisitorSeq(messages: readonly WireMessage[]): number {
  return messages.findLast((message) => message.author.kind === 'visitor')?.seq ?? 0
}

/**
 * The first message of the visitor that no operator had read up to `operatorRead`. A conversation that nobody has
 * opened yet has no such place: it is read from its end.
 */
export function firstUnreadSeq(messages: readonly WireMessage[], operatorRead: number): number | undefined {
  if (operatorRead === 0) return undefined
  return messages.find((message) => message.author.kind === 'visitor' && message.seq > operatorRead)?.seq
}
