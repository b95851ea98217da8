import type { Desk } from '../desk.ts'
import type { ChoiceId } from './content.ts'
import type { Open } from './deadline.ts'
import type { Effect } from './effect.ts'
import type { OperatorEvent, OperatorRef } from './event.ts'
import type { Instant } from './instant.ts'
import { choice, record, refuse, speak } from './say.ts'
import { awake, waitForVisitor } from './silence.ts'
import type { At, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { closed, withDone } from './ticket.ts'

type Live = At<'live'>
type Done<T extends OperatorEvent['type']> = Extract<OperatorEvent, { type: T }>

/** The request is over, and the visitor rates it, brings it back or comes with something new. */
const askRating = (ticket: Ticket): Effect =>
  speak(
    { key: 'resolved.ask', params: { number: ticket.number } },
    { rating: true, choices: [choice('resolved', 'choice.resolved'), choice('reopen', 'choice.reopen')] },
  )

/** The operator closes the request; nobody is left without a word. */
export function resolve(
  desk: Desk,
  state: Live,
  { operator, at }: Done<'operator.resolved'>,
  said: readonly Effect[],
): Step {
  if (!state.ticket.clocks.firstResponse.stoppedAt) return [state, [refuse('refusal.answerFirst')]]
  const [ticket, effects] = closed(desk, state.ticket, at, 'resolved')
  return [
    { ...kept(state), stage: 'resolved', ticket, operator: state.operator },
    [...said, ...effects, record({ type: 'resolved', operator: operator.name }), askRating(ticket)],
  ]
}

/**
 * The operator offers a solution: the visitor says whether it helped, and is waited for meanwhile (cryptopro guide, §6).
 */
export function offerSolution(
  desk: Desk,
  state: Live,
  { operator, at }: Done<'operator.offeredSolution'>,
  said: readonly Effect[],
): Step {
  const [ticket, effects] = waitForVisitor(
    desk,
    withDone(state.ticket, 'offeredSolution', at),
    'solution',
    operator,
    at,
  )
  return [
    { ...state, ticket },
    [
      ...said,
      record({ type: 'offeredSolution', operator: operator.name }),
      ...effects,
      speak('solution.ask', {
        choices: [choice('resolved', 'choice.resolved', true), choice('notResolved', 'choice.notResolved')],
      }),
    ],
  ]
}

/** The visitor says that the solution helped: the request is over. */
function confirmed(desk: Desk, state: Open, operator: OperatorRef, at: Instant): Step {
  const [ticket, effects] = closed(desk, state.ticket, at, 'resolved')
  return [
    { ...kept(state), stage: 'resolved', ticket, operator },
    [
      record({ type: 'solutionConfirmed' }),
      ...effects,
      speak(
        { key: 'resolved.confirmed', params: { number: ticket.number } },
        { rating: true, choices: [choice('reopen', 'choice.reopen'), choice('new', 'choice.new')] },
      ),
    ],
  ]
}

/** The visitor says that it did not help: the request goes on, and they tell what is wrong. */
function failed(desk: Desk, state: Open, at: Instant): Step {
  const [ticket, effects] = awake(desk, state.ticket, at)
  return [{ ...state, ticket }, [record({ type: 'solutionFailed' }), ...effects, speak('solution.failed')]]
}

/** What the buttons under an offered solution lead to; undefined: none is offered, or it is another button. */
export function judgeSolution(desk: Desk, state: Open, pressed: ChoiceId, at: Instant): Step | undefined {
  const { waitingFor } = state.ticket
  if (waitingFor?.what !== 'solution') return undefined
  if (pressed === 'notResolved') return failed(desk, state, at)
  return pressed === 'resolved'
    ? confirmed(desk, state, state.stage === 'live' ? state.operator : waitingFor.by, at)
    : undefined
}

/**
 * The operator ends a request whose visitor has been silent for as long as the desk waits, with words that list what
 * was done (edoc regulation, §15).
 */
export function closeUnanswered(
  desk: Desk,
  state: Live,
  { operator, at }: Done<'operator.closedUnanswered'>,
  said: readonly Effect[],
): Step {
  if (!state.ticket.waitingFor?.over) return [state, [refuse('refusal.stillWaiting')]]
  const [ticket, effects] = closed(desk, state.ticket, at, 'noAnswer')
  return [
    { ...kept(state), stage: 'resolved', ticket, operator: state.operator },
    [
      ...said,
      ...effects,
      record({ type: 'closedUnansweredBy', operator: operator.name }),
      speak(
        { key: 'silence.ended', params: { number: ticket.number } },
        { rating: true, choices: [choice('reopen', 'choice.reopen', true), choice('new', 'choice.new')] },
      ),
    ],
  ]
}
