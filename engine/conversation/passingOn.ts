import type { Desk } from '../desk.ts'
import { resolutionPutOff } from './clocks.ts'
import type { OperatorEvent } from './event.ts'
import { dayEnds, isPastDay } from './localDay.ts'
import { record, refuse } from './say.ts'
import type { At } from './state.ts'
import type { Step } from './step.ts'
import { withDone } from './ticket.ts'

/**
 * The operator brings in the development department or a third party (edoc regulation, §17 and §23). The visitor sees
 * that it was passed on and for when, colleagues also to whom and the note; it is nobody's answer, so no clock stops.
 * When developers name a day, the end of the request is put off to it (§23: by the plan of releases).
 */
export function passOn(
  desk: Desk,
  state: At<'live'>,
  { operator, at, to, dueOn, note }: Extract<OperatorEvent, { type: 'operator.passedOn' }>,
): Step {
  if (dueOn !== undefined && isPastDay(desk, dueOn, at)) return [state, [refuse('refusal.pastDay')]]
  const day = dueOn !== undefined && { dueOn }
  const passedOn = { to, ...day, ...(dueOn !== undefined && { dueAt: dayEnds(desk, dueOn) }) }
  const [ticket, moved] = resolutionPutOff(
    desk,
    { ...withDone(state.ticket, 'passedOn', at), passedOn },
    to === 'development' ? dueOn : undefined,
    at,
  )
  return [
    { ...state, ticket },
    [
      ...moved,
      record({ type: 'passedOn', ...day }, 'everyone'),
      record({ type: 'passedOnBy', operator: operator.name, to, ...(note && { note }) }),
    ],
  ]
}
