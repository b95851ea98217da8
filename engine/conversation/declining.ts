import type { Desk } from '../desk.ts'
import type { Effect } from './effect.ts'
import type { OperatorEvent } from './event.ts'
import { isPastDay } from './localDay.ts'
import { choice, record, refuse, speak } from './say.ts'
import type { At, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { awake, closed } from './ticket.ts'

type Live = At<'live'>
type Done<T extends OperatorEvent['type']> = Extract<OperatorEvent, { type: T }>

/**
 * The operator declines with a reason, in words of their own (edoc regulation, §9 and §6). The visitor may bring the
 * request back or complain (§25), and rates as after any other end.
 */
export function decline(
  desk: Desk,
  state: Live,
  { operator, at, reason, scope }: Done<'operator.declined'>,
  said: readonly Effect[],
): Step {
  if (scope !== undefined && (reason !== 'outOfScope' || !desk.outOfScope.some(({ id }) => id === scope)))
    return [state, [refuse('refusal.invalid')]]
  const why = { reason, ...(scope !== undefined && { scope }) }
  const ticket: Ticket = { ...closed(state.ticket, at, 'declined'), declined: why }
  return [
    { ...kept(state), stage: 'resolved', ticket, operator: state.operator },
    [
      ...said,
      { type: 'saveTicket', ticket },
      record({ type: 'declined', operator: operator.name, ...why }),
      speak(
        { key: 'declined.ask', params: { number: ticket.number } },
        { rating: true, choices: [choice('reopen', 'choice.reopen'), choice('new', 'choice.new')] },
      ),
    ],
  ]
}

/** The operator puts the request off with a reason (edoc regulation, §9); it stays with them and waits. */
export function postpone(
  desk: Desk,
  state: Live,
  { operator, at, reason, until }: Done<'operator.postponed'>,
  said: readonly Effect[],
): Step {
  if (until !== undefined && isPastDay(desk, until, at)) return [state, [refuse('refusal.pastDay')]]
  const day = until !== undefined && { until }
  const ticket: Ticket = { ...awake(state.ticket), waitingSince: at, postponed: { reason, ...day } }
  return [
    { ...state, ticket },
    [
      ...said,
      { type: 'saveTicket', ticket },
      record({ type: 'postponed', ...day }, 'everyone'),
      record({ type: 'postponedBy', operator: operator.name, reason }),
    ],
  ]
}
