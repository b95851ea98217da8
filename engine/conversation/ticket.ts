import { DateTime } from 'luxon'
import type { Desk } from '../desk.ts'
import { zoneOf } from '../zone.ts'
import { type Changed, clocksEnded, resolutionReopened } from './clocks.ts'
import type { Content } from './content.ts'
import type { Effect } from './effect.ts'
import type { OperatorEvent, OperatorRef } from './event.ts'
import type { Instant } from './instant.ts'
import type { Outcome } from './outcome.ts'
import { record } from './say.ts'
import type { At, Done, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'

/** The operator speaks to the visitor, or (audience `operators`) leaves a note for colleagues. */
export const operatorPosts = (
  { id, name }: OperatorRef,
  content: Content,
  audience: 'everyone' | 'operators' = 'everyone',
): Effect => ({
  type: 'post',
  message: { author: { kind: 'operator', id, name }, audience, content },
})

/** What an operator's event puts before the visitor, if anything. */
export function operatorWords(event: OperatorEvent): Effect | undefined {
  switch (event.type) {
    case 'operator.replied':
    case 'operator.askedForInformation':
    case 'operator.offeredSolution':
    case 'operator.declined':
    case 'operator.postponed':
    case 'operator.warned':
    case 'operator.closedUnanswered':
      return operatorPosts(event.operator, { kind: 'text', text: event.text })
    case 'operator.attached':
      return operatorPosts(event.operator, {
        kind: 'file',
        file: event.file,
        ...(event.text && { text: event.text }),
      })
    case 'operator.sharedArticle':
      return operatorPosts(event.operator, { kind: 'said', say: [], article: event.article })
    case 'operator.resolved':
    case 'operator.ended':
      return event.text ? operatorPosts(event.operator, { kind: 'text', text: event.text }) : undefined
    default:
      return undefined
  }
}

/** So many of an operator's acts are listed: a longer list tells nobody more. */
const mostDone = 40

/** Adds to what operators have done; the same thing again, without anything else between, is not told twice. */
export function withDone(ticket: Ticket, what: Done['what'], at: Instant): Ticket {
  if (ticket.done.at(-1)?.what === what) return ticket
  return { ...ticket, done: [...ticket.done, { at, what }].slice(-mostDone) }
}

/** The request is over: nothing is waited for, nobody else works on it, and its promises are judged. */
export function closed(desk: Desk, ticket: Ticket, at: Instant, outcome: Outcome): Changed {
  const { passedOn: _, waitingFor: __, postponed: ___, ...rest } = ticket
  return clocksEnded(desk, { ...rest, resolvedAt: at, outcome }, at)
}

/** The request is open again, under the same number; its resolution goes on with what was left of it. */
export function opened(desk: Desk, ticket: Ticket, at: Instant): Changed {
  const { resolvedAt: _, outcome: __, declined: ___, ...open } = ticket
  return resolutionReopened(desk, open, at)
}

/** Whether the visitor may still reopen a request that is over; the desk says for how many days. */
export const isReopenable = (desk: Desk, { resolvedAt }: Ticket, at: Instant): boolean =>
  resolvedAt === undefined ||
  DateTime.fromISO(at, { zone: zoneOf(desk.zone) }).startOf('day') <=
    DateTime.fromISO(resolvedAt, { zone: zoneOf(desk.zone) })
      .startOf('day')
      .plus({ days: desk.reopenWithinDays })

/** The conversation goes to another operator; the visitor is told who answers, colleagues also by whom and why. */
export const handOver = (
  state: At<'waiting'> | At<'live'>,
  event: Extract<OperatorEvent, { type: 'operator.transferred' }>,
): Step => [
  { ...kept(state), stage: 'live', ticket: state.ticket, operator: event.to },
  [
    record({ type: 'transferred', to: event.to.name }, 'everyone'),
    record({
      type: 'transferredBy',
      from: event.operator.name,
      to: event.to.name,
      ...(event.reason && { reason: event.reason }),
    }),
  ],
]
