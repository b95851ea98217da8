import type { Desk } from '../desk.ts'
import type { OperatorEvent } from './event.ts'
import { isPastDay } from './localDay.ts'
import { record, refuse } from './say.ts'
import type { At, Ticket } from './state.ts'
import type { Step } from './step.ts'

/**
 * The operator brings in the development department or a third party (edoc regulation, §17 and §23). The visitor sees
 * that it was passed on and for when, colleagues also to whom and the note; it is nobody's answer, so no clock stops.
 */
export function passOn(
  desk: Desk,
  state: At<'live'>,
  { operator, at, to, dueOn, note }: Extract<OperatorEvent, { type: 'operator.passedOn' }>,
): Step {
  if (dueOn !== undefined && isPastDay(desk, dueOn, at)) return [state, [refuse('refusal.pastDay')]]
  const day = dueOn !== undefined && { dueOn }
  const ticket: Ticket = { ...state.ticket, passedOn: { to, ...day } }
  return [
    { ...state, ticket },
    [
      { type: 'saveTicket', ticket },
      record({ type: 'passedOn', ...day }, 'everyone'),
      record({ type: 'passedOnBy', operator: operator.name, to, ...(note && { note }) }),
    ],
  ]
}
