import type { Desk } from '../desk.ts'
import { replan } from './clocks.ts'
import { type Open, withTicket } from './deadline.ts'
import type { OperatorEvent } from './event.ts'
import { record } from './say.ts'
import { after, type Step } from './step.ts'

/**
 * The operator sets the priority (edoc regulation, §20), and the promises are planned anew by it. The time that has
 * passed counts: a higher priority may be late at once.
 */
export function prioritise(
  desk: Desk,
  state: Open,
  { operator, priority, at }: Extract<OperatorEvent, { type: 'operator.prioritised' }>,
): Step {
  if (state.ticket.priority === priority) return [state, []]
  return after(
    [record({ type: 'prioritised', operator: operator.name, priority })],
    withTicket(state, replan(desk, state.channel, { ...state.ticket, priority }, 'priority', at)),
  )
}
