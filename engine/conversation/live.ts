import type { Desk } from '../desk.ts'
import { answered } from './clocks.ts'
import { deadline } from './deadline.ts'
import { decline, postpone } from './declining.ts'
import type { ConversationEvent, OperatorEvent } from './event.ts'
import { endForInsults, warn } from './insulted.ts'
import { passOn } from './passingOn.ts'
import { prioritise } from './prioritising.ts'
import { record, refuse, speak } from './say.ts'
import { shareArticle } from './sharingArticle.ts'
import { waitForVisitor } from './silence.ts'
import { closeUnanswered, offerSolution, resolve } from './solving.ts'
import type { At } from './state.ts'
import { kept, type Step } from './step.ts'
import { handOver, operatorWords, withDone } from './ticket.ts'
import { attachContract } from './ticketContract.ts'
import { visitorActs } from './visitorActs.ts'

type Live = At<'live'>

/** An operator's message: it answers, and it may also ask for information or close. */
function operatorSpoke(desk: Desk, live: Live, event: OperatorEvent): Step {
  const words = operatorWords(event)
  const [ticket, clock] = words ? answered(desk, live.ticket, event.at) : [live.ticket, []]
  const said = words ? [words, ...clock] : []
  const state: Live = { ...live, ticket }
  switch (event.type) {
    case 'operator.askedForInformation': {
      const [waiting, effects] = waitForVisitor(
        desk,
        withDone(ticket, 'asked', event.at),
        'information',
        event.operator,
        event.at,
      )
      return [
        { ...state, ticket: waiting },
        [...said, record({ type: 'askedForInformation', operator: event.operator.name }), ...effects],
      ]
    }
    case 'operator.offeredSolution':
      return offerSolution(desk, state, event, said)
    case 'operator.resolved':
      return resolve(desk, state, event, said)
    case 'operator.closedUnanswered':
      return closeUnanswered(desk, state, event, said)
    case 'operator.declined':
      return decline(desk, state, event, said)
    case 'operator.postponed':
      return postpone(desk, state, event, said)
    case 'operator.warned':
      return warn(state, event, said)
    case 'operator.ended':
      return endForInsults(desk, state, event, said)
    default: {
      const { postponed, ...rest } = ticket
      const moved = postponed?.reason === 'waiting' ? rest : ticket
      return [{ ...state, ticket: withDone(moved, 'answered', event.at) }, said]
    }
  }
}

/** An operator and the visitor talk; only the one who took it speaks. */
export function whileLive(desk: Desk, state: Live, event: ConversationEvent): Step {
  const { ticket, operator } = state
  const here = speak({ key: 'live.here', params: { operator: operator.name } })
  const visited = visitorActs(desk, state, event, here)
  if (visited) return visited
  switch (event.type) {
    case 'timer.fired':
      return deadline(desk, state, event)
    case 'operator.took':
      return event.operator.id === operator.id
        ? [state, []]
        : [state, [refuse('refusal.taken', { params: { operator: operator.name } })]]
    case 'operator.released':
      if (event.operator.id !== operator.id && !event.supervises) break
      return [
        { ...kept(state), stage: 'waiting', ticket },
        [record({ type: 'released', operator: operator.name }, 'everyone')],
      ]
    case 'operator.transferred':
      if (event.operator.id !== operator.id && !event.supervises) break
      if (event.to.id === operator.id) return [state, [refuse('refusal.sameOperator')]]
      return handOver(state, event)
    case 'operator.prioritised':
      if (event.operator.id !== operator.id && !event.supervises) break
      return prioritise(desk, state, event)
    case 'operator.recognised':
      if (event.operator.id !== operator.id && !event.supervises) break
      return attachContract(desk, state, event)
    case 'operator.replied':
    case 'operator.attached':
    case 'operator.askedForInformation':
    case 'operator.offeredSolution':
    case 'operator.resolved':
    case 'operator.closedUnanswered':
    case 'operator.declined':
    case 'operator.postponed':
    case 'operator.warned':
    case 'operator.ended':
      if (event.operator.id !== operator.id) break
      return operatorSpoke(desk, state, event)
    case 'operator.sharedArticle':
      if (event.operator.id !== operator.id) break
      return shareArticle(desk, state, event, operatorSpoke)
    case 'operator.passedOn':
      if (event.operator.id !== operator.id) break
      return passOn(desk, state, event)
    default:
      return [state, []]
  }
  return [state, [refuse('refusal.notYours', { params: { operator: operator.name } })]]
}
