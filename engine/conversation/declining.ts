import type { Desk } from '../desk.ts'
import type { Effect } from './effect.ts'
import type { OperatorEvent } from './event.ts'
import { dayBegins, isPastDay } from './localDay.ts'
import { choice, record, refuse, speak } from './say.ts'
import { awake, waitForVisitor } from './silence.ts'
import type { At, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { closed, withDone } from './ticket.ts'

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
  const [over, effects] = closed(desk, state.ticket, at, 'declined')
  const ticket: Ticket = { ...over, declined: why }
  return [
    { ...kept(state), stage: 'resolved', ticket, operator: state.operator },
    [
      ...said,
      ...effects,
      record({ type: 'declined', operator: operator.name, ...why }),
      speak(
        { key: 'declined.ask', params: { number: ticket.number } },
        { rating: true, choices: [choice('reopen', 'choice.reopen'), choice('new', 'choice.new')] },
      ),
    ],
  ]
}

/**
 * The operator puts the request off with a reason (edoc regulation, §9); it stays with them. Where information is
 * missing the visitor is waited for; waiting for others stops no clock.
 */
export function postpone(
  desk: Desk,
  state: Live,
  { operator, at, reason, until }: Done<'operator.postponed'>,
  said: readonly Effect[],
): Step {
  if (until !== undefined && isPastDay(desk, until, at)) return [state, [refuse('refusal.pastDay')]]
  const day = until !== undefined && { until }
  const [woken, ended] = awake(desk, state.ticket, at)
  const ticket: Ticket = {
    ...withDone(woken, 'postponed', at),
    postponed: { reason, ...day, ...(until !== undefined && { endsAt: dayBegins(desk, until) }) },
  }
  const [waiting, effects] =
    reason === 'tooLittleInformation'
      ? waitForVisitor(desk, ticket, 'information', operator, at)
      : [ticket, []]
  return [
    { ...state, ticket: waiting },
    [
      ...said,
      ...ended,
      record({ type: 'postponed', ...day }, 'everyone'),
      record({ type: 'postponedBy', operator: operator.name, reason }),
      ...effects,
    ],
  ]
}
