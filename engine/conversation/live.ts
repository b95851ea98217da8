import type { Desk } from '../desk.ts'
import type { Content } from './content.ts'
import { decline, postpone } from './declining.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent, OperatorEvent } from './event.ts'
import { endForInsults, warn } from './insulted.ts'
import { passOn } from './passingOn.ts'
import { choice, record, refuse, speak, visitorPosts } from './say.ts'
import type { At, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { answered, awake, closed, deadline, handOver, operatorWords } from './ticket.ts'

type Live = At<'live'>
/** What an operator does that may put words before the visitor. */
type Spoken = OperatorEvent

/** The visitor has come back with an answer. */
function visitorSpoke(state: Live, content: Content): Step {
  const ticket = awake(state.ticket)
  const posted = visitorPosts(content)
  return ticket === state.ticket
    ? [state, [posted]]
    : [{ ...state, ticket }, [posted, { type: 'saveTicket', ticket }]]
}

const askRating = (ticket: Ticket): Effect =>
  speak(
    { key: 'resolved.ask', params: { number: ticket.number } },
    { rating: true, choices: [choice('resolved', 'choice.resolved'), choice('reopen', 'choice.reopen')] },
  )

/** An operator's message: it answers, and it may also ask for information or close. */
export function operatorSpoke(desk: Desk, state: Live, event: Spoken): Step {
  const words = operatorWords(event)
  const [ticket, clock] = words ? answered(state.ticket, event.at) : [state.ticket, []]
  const said = words ? [words, ...clock] : []
  const operator = event.operator.name
  switch (event.type) {
    case 'operator.askedForInformation': {
      const waiting: Ticket = { ...awake(ticket), waitingSince: event.at }
      return [
        { ...state, ticket: waiting },
        [...said, { type: 'saveTicket', ticket: waiting }, record({ type: 'askedForInformation', operator })],
      ]
    }
    case 'operator.resolved': {
      if (!ticket.firstResponse.respondedAt) return [state, [refuse('refusal.answerFirst')]]
      const resolved = closed(ticket, event.at, 'resolved')
      return [
        { ...kept(state), stage: 'resolved', ticket: resolved, operator: state.operator },
        [
          ...said,
          { type: 'saveTicket', ticket: resolved },
          record({ type: 'resolved', operator }),
          askRating(resolved),
        ],
      ]
    }
    case 'operator.declined':
      return decline(desk, { ...state, ticket }, event, said)
    case 'operator.postponed':
      return postpone(desk, { ...state, ticket }, event, said)
    case 'operator.warned':
      return warn({ ...state, ticket }, event, said)
    case 'operator.ended':
      return endForInsults({ ...state, ticket }, event, said)
    default: {
      const moved = ticket.postponed?.reason === 'waiting' ? awake(ticket) : ticket
      return moved === ticket
        ? [{ ...state, ticket }, said]
        : [{ ...state, ticket: moved }, [...said, { type: 'saveTicket', ticket: moved }]]
    }
  }
}

/** An operator and the visitor talk; only the one who took it speaks. */
export function whileLive(desk: Desk, state: Live, event: ConversationEvent): Step {
  const { ticket, operator } = state
  switch (event.type) {
    case 'visitor.wrote':
      return visitorSpoke(state, { kind: 'text', text: event.text })
    case 'visitor.attached':
      return visitorSpoke(state, {
        kind: 'file',
        file: event.file,
        ...(event.text && { text: event.text }),
      })
    case 'visitor.chose':
      return event.choice === 'new'
        ? [state, [speak({ key: 'waiting.one', params: { number: ticket.number } })]]
        : [state, [speak({ key: 'live.here', params: { operator: operator.name } })]]
    case 'visitor.started':
      return [state, [speak({ key: 'live.here', params: { operator: operator.name } })]]
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    case 'timer.fired': {
      const [next, effects] = deadline(ticket, event)
      return [{ ...state, ticket: next }, effects]
    }
    case 'operator.took':
      return event.operator.id === operator.id
        ? [state, []]
        : [state, [refuse('refusal.taken', { params: { operator: operator.name } })]]
    case 'operator.released':
      if (event.operator.id !== operator.id && !event.supervises) break
      return [
        { ...kept(state), stage: 'waiting', ticket },
        [{ type: 'saveTicket', ticket }, record({ type: 'released', operator: operator.name }, 'everyone')],
      ]
    case 'operator.transferred':
      if (event.operator.id !== operator.id && !event.supervises) break
      if (event.to.id === operator.id) return [state, [refuse('refusal.sameOperator')]]
      return handOver(state, event)
    case 'operator.replied':
    case 'operator.attached':
    case 'operator.askedForInformation':
    case 'operator.resolved':
    case 'operator.declined':
    case 'operator.postponed':
    case 'operator.warned':
    case 'operator.ended':
      if (event.operator.id !== operator.id) break
      return operatorSpoke(desk, state, event)
    case 'operator.passedOn':
      if (event.operator.id !== operator.id) break
      return passOn(desk, state, event)
    default:
      return [state, []]
  }
  return [state, [refuse('refusal.notYours', { params: { operator: operator.name } })]]
}
