import type { Desk } from '../desk.ts'
import { inTurn, replan } from './clocks.ts'
import type { ConversationEvent } from './event.ts'
import { record, refuse, speak } from './say.ts'
import { awake } from './silence.ts'
import type { Conversation, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { unbound } from './ticketContract.ts'

/** Whom the desk had brought in that the request leaves. */
const withoutOthers = ({ passedOn: _, ...ticket }: Ticket): Ticket => ticket

/**
 * The request goes to another desk, into its queue: under the same number and with its history, and from now on by
 * that desk's rules. A first answer that was given stays given; one that is owed stays owed from the registration on.
 */
export function moveToDesk(
  desk: Desk,
  state: Conversation,
  event: Extract<ConversationEvent, { type: 'operator.movedToDesk' }>,
): Step {
  const { operator, to, at, reason } = event
  if (!('ticket' in state)) return [state, [refuse('refusal.noTicket')]]
  if (state.stage === 'resolved' || state.stage === 'ended') return [state, [refuse('refusal.finished')]]
  if (state.stage === 'waiting' && !event.supervises) return [state, [refuse('refusal.takeFirst')]]
  if (state.stage === 'live' && state.operator.id !== operator.id && !event.supervises)
    return [state, [refuse('refusal.notYours', { params: { operator: state.operator.name } })]]
  if (to.id === desk.id) return [state, [refuse('refusal.sameDesk')]]
  const [ticket, effects] = inTurn(
    unbound(to, withoutOthers(state.ticket)),
    (one) => awake(to, one, at),
    (one) => replan(to, state.channel, one, 'desk', at),
  )
  const { number } = ticket
  const { dueAt, stoppedAt } = ticket.clocks.firstResponse
  const { home = desk.id, ...rest } = kept(state)
  return [
    { ...rest, ...(home !== to.id && { home }), stage: 'waiting', ticket },
    [
      record({ type: 'movedToDesk', to: to.id, number }, 'everyone'),
      record({ type: 'movedToDeskBy', operator: operator.name, to: to.id, ...(reason && { reason }) }),
      { type: 'moveToDesk', desk: to.id },
      ...(to.contracts?.required ? [record({ type: 'unrecognised', why: 'none' })] : []),
      ...effects,
      stoppedAt === undefined && at < dueAt
        ? speak({ key: 'moved.onTheWay', params: { number, due: dueAt } })
        : speak({ key: 'moved', params: { number } }),
    ],
  ]
}

/**
 * The desk that a step belongs to which leads back to asking, when the request before it had gone to another: the
 * step is to be taken by that desk, and `atHome` of it is what comes of it.
 */
export const begunAt = ([next]: Step): string | undefined => (next.stage === 'asking' ? next.home : undefined)

/** The conversation is at its own desk again. */
export function atHome([next, effects]: Step): Step {
  const { home: _, ...rest } = next
  return [rest, effects]
}
