import type { Desk } from '../desk.ts'
import { type Changed, clockDeadline, deadlinesFallen } from './clocks.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { choice, record, speak } from './say.ts'
import { awake, remind } from './silence.ts'
import type { At, Ticket } from './state.ts'
import { after, kept, type Step } from './step.ts'
import { closed } from './ticket.ts'
import { ticketTimers } from './ticketEffects.ts'

/** The stages of a request that is open. */
export type Open = At<'waiting'> | At<'live'>
type Fired = Extract<ConversationEvent, { type: 'timer.fired' }>

/** The same stage with a changed ticket. */
export const withTicket = <S extends Open>(
  state: S,
  [ticket, effects]: Changed,
): readonly [S, readonly Effect[]] => [ticket === state.ticket ? state : { ...state, ticket }, effects]

/**
 * The visitor has been silent for as long as the desk waits: the operator is offered the close (edoc regulation, §15),
 * or the request closes by itself (court rules, "Terms"; cryptopro guide, §6).
 */
function silenceEnded(desk: Desk, state: Open, event: Fired): Step {
  const { ticket } = state
  const { waitingFor } = ticket
  if (!waitingFor?.silence || waitingFor.over || waitingFor.silence.endsAt !== event.dueAt) return [state, []]
  if (desk.silence?.outcome !== 'close')
    return withTicket(state, [
      { ...ticket, waitingFor: { ...waitingFor, over: true } },
      [record({ type: 'silenceOver' })],
    ])
  const [ended, effects] = closed(desk, ticket, event.at, 'noAnswer')
  return [
    { ...kept(state), stage: 'resolved', ticket: ended, operator: waitingFor.by },
    [
      ...effects,
      record({ type: 'closedUnanswered' }, 'everyone'),
      speak(
        { key: `silence.closed.${waitingFor.what}`, params: { number: ticket.number } },
        { rating: true, choices: [choice('reopen', 'choice.reopen', true), choice('new', 'choice.new')] },
      ),
    ],
  ]
}

/**
 * The day has come that the request was put off to: it is worked on again. What the visitor was asked while others
 * were waited for is still to be answered.
 */
function postponementEnded(desk: Desk, ticket: Ticket, event: Fired): Changed {
  const { postponed, ...rest } = ticket
  if (postponed?.endsAt !== event.dueAt) return [ticket, []]
  const [woken, effects] = postponed.reason === 'waiting' ? [rest, []] : awake(desk, ticket, event.at)
  return [woken, [record({ type: 'postponementOver' }), ...effects]]
}

/** The day has come that others were to be ready by: the operator is told. */
function passedOnDue(ticket: Ticket, event: Fired): Changed {
  const { passedOn } = ticket
  if (passedOn?.dueAt !== event.dueAt || passedOn.due) return [ticket, []]
  return [{ ...ticket, passedOn: { ...passedOn, due: true } }, [record({ type: 'passedOnDue' })]]
}

/**
 * A deadline of an open request has come, after those that lie before it. One that was moved meanwhile, or whose
 * reason is gone, leads to nothing; one that comes before its moment (a clock was set back) is set once more.
 */
export function deadline(desk: Desk, before: Open, event: Fired): Step {
  if (event.at < event.dueAt) {
    const isSet = ticketTimers(before.ticket).get(event.timer) === event.dueAt
    return [before, isSet ? [{ type: 'setTimer', timer: event.timer, dueAt: event.dueAt }] : []]
  }
  const [state, fallen] = withTicket(before, deadlinesFallen(before.ticket, event.dueAt))
  return after(fallen, deadlineAlone(desk, state, event))
}

function deadlineAlone(desk: Desk, state: Open, event: Fired): Step {
  const { ticket } = state
  switch (event.timer) {
    case 'silence.reminder':
      return withTicket(state, remind(desk, ticket, event))
    case 'silence.end':
      return silenceEnded(desk, state, event)
    case 'postponed.end':
      return withTicket(state, postponementEnded(desk, ticket, event))
    case 'passedOn.due':
      return withTicket(state, passedOnDue(ticket, event))
    default:
      return withTicket(state, clockDeadline(ticket, event) ?? [ticket, []])
  }
}
