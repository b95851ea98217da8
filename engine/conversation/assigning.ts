import { DateTime } from 'luxon'
import { isOpen } from '../calendar.ts'
import { type Desk, isMailed } from '../desk.ts'
import type { Activity } from './content.ts'
import type { Open } from './deadline.ts'
import type { ConversationEvent } from './event.ts'
import type { Instant } from './instant.ts'
import { moveToDesk } from './moving.ts'
import { record, refuse, speak } from './say.ts'
import type { At, Conversation } from './state.ts'
import { kept, type Step } from './step.ts'
import { withDone } from './ticket.ts'

type Made<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>

/** The desk's rules give it to an operator; who took it meanwhile keeps it. */
function assigned(state: Conversation, { operator }: Made<'assignment.made'>): Step {
  if (state.stage !== 'waiting') return [state, []]
  return [
    { ...kept(state), stage: 'live', ticket: state.ticket, operator },
    [
      record({ type: 'took', operator: operator.name }, 'everyone'),
      record({ type: 'assigned', operator: operator.name }),
    ],
  ]
}

/**
 * Back to the top of the queue: the visitor hears that it is not forgotten, and when somebody is there. Who has it in
 * hand is no letter: by e-mail nobody waits at the other end.
 */
function returned(desk: Desk, state: At<'live'>, at: Instant, because: Activity): Step {
  const open = isOpen(desk.calendar, DateTime.fromISO(at, { zone: desk.zone }))
  return [
    { ...kept(state), stage: 'waiting', ticket: state.ticket },
    [
      record(because),
      ...(isMailed(state.channel)
        ? []
        : [
            speak({
              key: open ? 'assignment.returned' : 'assignment.returnedClosed',
              params: { number: state.ticket.number },
            }),
          ]),
    ],
  ]
}

/** The operator has said nothing for as long as the desk waits for them. */
function silent(desk: Desk, state: Conversation, event: Made<'timer.fired'>): Step {
  if (state.stage !== 'live' || state.ticket.returns?.at !== event.dueAt) return [state, []]
  if (event.at < event.dueAt) return [state, [{ type: 'setTimer', timer: event.timer, dueAt: event.dueAt }]]
  const operator = state.operator.name
  return returned(desk, state, event.at, { type: 'returnedSilent', operator })
}

/**
 * The operator has not been connected for as long as the desk waits, or works there no longer. Of one who is away the
 * answered conversations stay: nobody waits for them.
 */
function away(desk: Desk, state: Conversation, event: Made<'assignee.away'>): Step {
  if (state.stage !== 'live' || state.operator.id !== event.operatorId) return [state, []]
  if (!event.left && state.ticket.unansweredSince === undefined) return [state, []]
  const operator = state.operator.name
  return returned(desk, state, event.at, { type: event.left ? 'returnedLeft' : 'returnedAway', operator })
}

/**
 * Nobody is there within the desk's hours: supervisors are told, and the visitor honestly too; once. By e-mail they have
 * their promise, and hear of it when it is broken.
 */
function unattended(state: Conversation, event: Made<'desk.unattended'>): Step {
  if (state.stage !== 'waiting' || state.ticket.unattendedAt !== undefined) return [state, []]
  const ticket = { ...state.ticket, unattendedAt: event.at }
  const { dueAt, stoppedAt } = ticket.clocks.firstResponse
  const number = ticket.number
  const owed = stoppedAt === undefined
  const tell =
    owed && event.at < dueAt
      ? speak({ key: 'unattended.onTheWay', params: { number, due: dueAt } })
      : speak({ key: 'unattended.late', params: { number } })
  const tells = !isMailed(state.channel) || (owed && event.at >= dueAt)
  return [{ ...state, ticket }, [record({ type: 'unattended' }), ...(tells ? [tell] : [])]]
}

/** A supervisor takes over what a colleague has, in one act; both see by whom (product.md: "reassigns"). */
function tookOver(state: Conversation, { operator, supervises, at }: Made<'operator.tookOver'>): Step {
  if (!('ticket' in state)) return [state, [refuse('refusal.noTicket')]]
  if (!supervises) return [state, [refuse('refusal.forbidden')]]
  if (state.stage === 'resolved' || state.stage === 'ended') return [state, [refuse('refusal.finished')]]
  if (state.stage === 'live' && state.operator.id === operator.id) return [state, []]
  const open: Open = state
  return [
    { ...kept(open), stage: 'live', ticket: withDone(open.ticket, 'took', at), operator },
    [
      record({ type: 'took', operator: operator.name }, 'everyone'),
      ...(state.stage === 'live'
        ? [record({ type: 'tookOver', operator: operator.name, from: state.operator.name })]
        : []),
    ],
  ]
}

/** What decides who answers, whatever the stage; undefined: the event is about something else. */
export function whoAnswers(desk: Desk, state: Conversation, event: ConversationEvent): Step | undefined {
  switch (event.type) {
    case 'assignment.made':
      return assigned(state, event)
    case 'assignee.away':
      return away(desk, state, event)
    case 'desk.unattended':
      return unattended(state, event)
    case 'operator.tookOver':
      return tookOver(state, event)
    case 'operator.movedToDesk':
      return moveToDesk(desk, state, event)
    case 'timer.fired':
      return event.timer === 'assignee.silent' ? silent(desk, state, event) : undefined
    default:
      return undefined
  }
}
