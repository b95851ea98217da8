import { DateTime } from 'luxon'
import { addOpenSpan } from '../calendar.ts'
import type { Channel, Desk } from '../desk.ts'
import { instantOf } from '../sla.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import type { Instant } from './instant.ts'
import type { CameBy, Conversation, Ticket } from './state.ts'
import type { Step } from './step.ts'

const ways: Partial<Record<ConversationEvent['type'], CameBy['how']>> = {
  'operator.took': 'took',
  'operator.registered': 'took',
  'operator.tookOver': 'tookOver',
  'operator.transferred': 'transferred',
  'operator.released': 'released',
  'operator.movedToDesk': 'movedToDesk',
  'assignment.made': 'assigned',
  'assignee.away': 'away',
  'timer.fired': 'silent',
}

const ticketOf = (state: Conversation): Ticket | undefined => ('ticket' in state ? state.ticket : undefined)
const holderOf = (state: Conversation) => (state.stage === 'live' ? state.operator : undefined)

/** How the conversation came to who has it now; a visitor's own way into the queue is nobody's. */
function cameBy(before: Conversation, next: Conversation, event: ConversationEvent): CameBy | undefined {
  const [had, has] = [holderOf(before), holderOf(next)]
  const moved = event.type === 'operator.movedToDesk'
  if (before.stage === next.stage && had?.id === has?.id && !moved) return ticketOf(next)?.cameBy
  const how = ways[event.type]
  if (event.type === 'operator.registered' && !has) return undefined
  return (
    how && {
      how,
      at: event.at,
      ...('operator' in event && how !== 'assigned' && { by: event.operator.id }),
      ...(had && { from: had.id }),
    }
  )
}

const speaks = (effects: readonly Effect[], side: 'operator' | 'visitor'): boolean =>
  effects.some(
    (effect) =>
      effect.type === 'post' &&
      effect.message.author.kind === side &&
      effect.message.audience === 'everyone' &&
      effect.message.content.kind !== 'edit' &&
      (effect.message.content.kind !== 'chose' || effect.message.content.choice === 'notResolved'),
  )

/** Since when an operator owes the visitor a word: from the first one that none has followed. */
function unansweredSince(
  before: Conversation,
  next: Conversation,
  event: ConversationEvent,
  effects: readonly Effect[],
): Instant | undefined {
  if (speaks(effects, 'operator')) return undefined
  const since = ticketOf(next)?.unansweredSince
  const entered = next.stage === 'waiting' && before.stage !== 'waiting' && event.type.startsWith('visitor.')
  return since ?? (entered || speaks(effects, 'visitor') ? event.at : undefined)
}

const later = (a: Instant, b: Instant | undefined): Instant => (b !== undefined && b > a ? b : a)

/** When a conversation goes back whose operator says nothing from `from` on; undefined: the desk lets them. */
function returnAt(desk: Desk, channel: Channel, from: Instant): Instant | undefined {
  const rule = desk.assignment.returnAfter.find(({ channels }) => channels.includes(channel))
  return (
    rule && instantOf(addOpenSpan(desk.calendar, DateTime.fromISO(from, { zone: desk.zone }), rule.within))
  )
}

type Held = { readonly [Fact in 'unansweredSince' | 'cameBy' | 'returns']: Ticket[Fact] | undefined }

/**
 * Until when the operator is waited for who has the conversation: counted from the word that is unanswered, or from
 * when it came to them; bringing in others is seen by the visitor, so it counts as a sign of life.
 */
function returnsOf(
  desk: Desk,
  next: Conversation,
  event: ConversationEvent,
  { unansweredSince, cameBy, returns }: Held,
  changed: boolean,
): Ticket['returns'] {
  if (next.stage !== 'live' || unansweredSince === undefined) return undefined
  const from =
    event.type === 'operator.passedOn'
      ? event.at
      : returns && !changed
        ? returns.from
        : later(unansweredSince, cameBy?.at)
  if (from === returns?.from && event.type !== 'calendar.changed') return returns
  const at = returnAt(desk, next.channel, from)
  return at === undefined ? undefined : { from, at }
}

const without = ({
  unansweredSince: _,
  cameBy: __,
  returns: ___,
  unattendedAt: ____,
  ...rest
}: Ticket): Ticket => rest

/** What a step means for who answers: how it came to them, since when they owe a word, until when they are waited for. */
export function withHolder(
  desk: Desk,
  before: Conversation,
  event: ConversationEvent,
  [next, effects]: Step,
): Step {
  if (!('ticket' in next) || effects.some(({ type }) => type === 'refuse' || type === 'needRegistration'))
    return [next, effects]
  const { ticket } = next
  if (next.stage !== 'waiting' && next.stage !== 'live') {
    const over = ticket.cameBy || ticket.unansweredSince || ticket.returns || ticket.unattendedAt
    return over ? [{ ...next, ticket: without(ticket) }, effects] : [next, effects]
  }
  const way = cameBy(before, next, event)
  const since = unansweredSince(before, next, event, effects)
  const changed = way !== ticket.cameBy || since !== ticket.unansweredSince
  const facts = { unansweredSince: since, cameBy: way, returns: ticket.returns }
  const returns = returnsOf(desk, next, event, facts, changed)
  const unattendedAt = next.stage === 'waiting' ? ticket.unattendedAt : undefined
  if (!changed && returns === ticket.returns && unattendedAt === ticket.unattendedAt) return [next, effects]
  const held: Ticket = {
    ...without(ticket),
    ...(since !== undefined && { unansweredSince: since }),
    ...(way && { cameBy: way }),
    ...(returns && { returns }),
    ...(unattendedAt !== undefined && { unattendedAt }),
  }
  return [{ ...next, ticket: held }, effects]
}
