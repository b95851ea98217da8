import type { Desk } from '../desk.ts'
import { deadline } from './deadline.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { prioritise } from './prioritising.ts'
import { record, refuse, speak } from './say.ts'
import type { At, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { handOver, withDone } from './ticket.ts'
import { attachContract } from './ticketContract.ts'
import { visitorActs } from './visitorActs.ts'

type Waiting = At<'waiting'>

/** The honest word on when a person answers; once one has answered, nothing more is promised. */
const tellWhen = (ticket: Ticket, at: string): Effect => {
  const { dueAt, stoppedAt } = ticket.clocks.firstResponse
  const params = { number: ticket.number }
  if (stoppedAt) return speak({ key: 'waiting.one', params })
  return at > dueAt
    ? speak({ key: 'waiting.late', params })
    : speak({ key: 'waiting.onTheWay', params: { ...params, due: dueAt } })
}

/** In the queue: the visitor may add, an operator takes it, the clock runs. */
export function whileWaiting(desk: Desk, state: Waiting, event: ConversationEvent): Step {
  const { ticket } = state
  const visited = visitorActs(desk, state, event, tellWhen(ticket, event.at))
  if (visited) return visited
  switch (event.type) {
    case 'operator.took':
      return [
        {
          ...kept(state),
          stage: 'live',
          ticket: withDone(ticket, 'took', event.at),
          operator: event.operator,
        },
        [record({ type: 'took', operator: event.operator.name }, 'everyone')],
      ]
    case 'timer.fired':
      return deadline(desk, state, event)
    case 'operator.prioritised':
      return prioritise(desk, state, event)
    case 'operator.recognised':
      return attachContract(desk, state, event)
    case 'operator.transferred':
      return event.supervises ? handOver(state, event) : [state, [refuse('refusal.takeFirst')]]
    case 'operator.released':
      return [state, []]
    default:
      return [state, [refuse('refusal.takeFirst')]]
  }
}
