import type { Desk } from '../desk.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { record, refuse, speak, visitorPosts } from './say.ts'
import type { At, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { deadline, handOver } from './ticket.ts'

type Waiting = At<'waiting'>

/** The honest word on when a person answers; once one has answered, nothing more is promised. */
export const tellWhen = (ticket: Ticket, at: string): Effect => {
  const { dueAt, respondedAt } = ticket.firstResponse
  const params = { number: ticket.number }
  if (respondedAt) return speak({ key: 'waiting.one', params })
  return at > dueAt
    ? speak({ key: 'waiting.late', params })
    : speak({ key: 'waiting.onTheWay', params: { ...params, due: dueAt } })
}

/** In the queue: the visitor may add, an operator takes it, the clock runs. */
export function whileWaiting(_desk: Desk, state: Waiting, event: ConversationEvent): Step {
  const { ticket } = state
  switch (event.type) {
    case 'visitor.wrote':
      return [state, [visitorPosts({ kind: 'text', text: event.text })]]
    case 'visitor.attached':
      return [
        state,
        [visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) })],
      ]
    case 'visitor.chose':
      return event.choice === 'new'
        ? [state, [speak({ key: 'waiting.one', params: { number: ticket.number } })]]
        : [state, [tellWhen(ticket, event.at)]]
    case 'visitor.started':
      return [state, [tellWhen(ticket, event.at)]]
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    case 'operator.took':
      return [
        { ...kept(state), stage: 'live', ticket, operator: event.operator },
        [{ type: 'saveTicket', ticket }, record({ type: 'took', operator: event.operator.name }, 'everyone')],
      ]
    case 'timer.fired': {
      const [next, effects] = deadline(ticket, event)
      return [{ ...state, ticket: next }, effects]
    }
    case 'operator.transferred':
      return event.supervises ? handOver(state, event) : [state, [refuse('refusal.takeFirst')]]
    case 'operator.released':
      return [state, []]
    default:
      return [state, [refuse('refusal.takeFirst')]]
  }
}
