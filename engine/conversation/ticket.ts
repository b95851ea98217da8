import type { Activity, Content } from './content.ts'
import type { Effect } from './effect.ts'
import type { OperatorEvent, OperatorRef } from './event.ts'
import type { Instant } from './instant.ts'
import type { Outcome } from './outcome.ts'
import { firstResponseTimers } from './register.ts'
import { record } from './say.ts'
import type { At, Ticket } from './state.ts'
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
    case 'operator.declined':
    case 'operator.postponed':
    case 'operator.warned':
      return operatorPosts(event.operator, { kind: 'text', text: event.text })
    case 'operator.attached':
      return operatorPosts(event.operator, {
        kind: 'file',
        file: event.file,
        ...(event.text && { text: event.text }),
      })
    case 'operator.resolved':
    case 'operator.ended':
      return event.text ? operatorPosts(event.operator, { kind: 'text', text: event.text }) : undefined
    default:
      return undefined
  }
}

/** Nobody waits for the visitor, or puts the request off, any longer. */
export function awake(ticket: Ticket): Ticket {
  if (ticket.waitingSince === undefined && ticket.postponed === undefined) return ticket
  const { waitingSince: _, postponed: __, ...rest } = ticket
  return rest
}

/** The request is over: nothing is waited for, and nobody else works on it. */
export function closed(ticket: Ticket, at: Instant, outcome: Outcome): Ticket {
  const { passedOn: _, ...rest } = awake(ticket)
  return { ...rest, resolvedAt: at, outcome }
}

/** The request is open again, under the same number. */
export function opened(ticket: Ticket): Ticket {
  const { resolvedAt: _, outcome: __, declined: ___, ...open } = ticket
  return open
}

/** The conversation goes to another operator; the visitor is told who answers, colleagues also by whom and why. */
export const handOver = (
  state: At<'waiting'> | At<'live'>,
  event: Extract<OperatorEvent, { type: 'operator.transferred' }>,
): Step => [
  { ...kept(state), stage: 'live', ticket: state.ticket, operator: event.to },
  [
    { type: 'saveTicket', ticket: state.ticket },
    record({ type: 'transferred', to: event.to.name }, 'everyone'),
    record({
      type: 'transferredBy',
      from: event.operator.name,
      to: event.to.name,
      ...(event.reason && { reason: event.reason }),
    }),
  ],
]

/**
 * A person has answered: the first one stops the first-response clock, and only a person's message does
 * (product.md: "Only an operator's message to the visitor is").
 */
export function answered(ticket: Ticket, at: Instant): readonly [Ticket, readonly Effect[]] {
  if (ticket.firstResponse.respondedAt) return [ticket, []]
  const met = at <= ticket.firstResponse.dueAt
  const breach: Activity = { type: 'firstResponseBreached', dueAt: ticket.firstResponse.dueAt }
  const next: Ticket = {
    ...ticket,
    firstResponse: {
      ...ticket.firstResponse,
      respondedAt: at,
      ...(!met && !ticket.firstResponse.breachedAt && { breachedAt: ticket.firstResponse.dueAt }),
    },
  }
  return [
    next,
    [
      { type: 'saveTicket', ticket: next },
      { type: 'cancelTimers', timers: firstResponseTimers(ticket) },
      ...(met
        ? [record({ type: 'firstResponseMet', dueAt: ticket.firstResponse.dueAt })]
        : ticket.firstResponse.breachedAt
          ? []
          : [record(breach)]),
    ],
  ]
}

/** A first-response deadline has come: a warning, or the breach, put down in the history. */
export function deadline(
  ticket: Ticket,
  event: { readonly timer: string; readonly dueAt: Instant },
): readonly [Ticket, readonly Effect[]] {
  const { firstResponse } = ticket
  if (firstResponse.respondedAt) return [ticket, []]
  if (event.timer === 'firstResponse.breach') {
    if (firstResponse.breachedAt) return [ticket, []]
    const next: Ticket = { ...ticket, firstResponse: { ...firstResponse, breachedAt: firstResponse.dueAt } }
    return [
      next,
      [
        { type: 'saveTicket', ticket: next },
        record({ type: 'firstResponseBreached', dueAt: firstResponse.dueAt }),
      ],
    ]
  }
  const warning = firstResponse.warnings.find(
    ({ minutes }) => event.timer === `firstResponse.warning.${minutes}`,
  )
  if (!warning) return [ticket, []]
  const next: Ticket = { ...ticket, firstResponse: { ...firstResponse, warned: firstResponse.warned + 1 } }
  return [
    next,
    [record({ type: 'firstResponseWarning', minutes: warning.minutes, dueAt: firstResponse.dueAt })],
  ]
}
