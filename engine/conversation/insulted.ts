import type { Desk } from '../desk.ts'
import type { Effect } from './effect.ts'
import type { OperatorEvent } from './event.ts'
import { choice, record, refuse, speak } from './say.ts'
import type { At, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { closed } from './ticket.ts'

type Live = At<'live'>
type Done<T extends OperatorEvent['type']> = Extract<OperatorEvent, { type: T }>

/** The operator warns for insulting language; supervisors see it in the history (edoc regulation, §16). */
export function warn(state: Live, { operator, at }: Done<'operator.warned'>, said: readonly Effect[]): Step {
  const ticket: Ticket = { ...state.ticket, warnedAt: at }
  return [{ ...state, ticket }, [...said, record({ type: 'warned', operator: operator.name })]]
}

/**
 * After a warning the operator may end the conversation (product.md: "one warning, then the operator may end the
 * conversation"); the visitor is told where to complain, and supervisors that it happened (edoc regulation, §16).
 */
export function endForInsults(
  desk: Desk,
  state: Live,
  { operator, at }: Done<'operator.ended'>,
  said: readonly Effect[],
): Step {
  if (state.ticket.warnedAt === undefined) return [state, [refuse('refusal.warnFirst')]]
  const [ticket, effects] = closed(desk, state.ticket, at, 'ended')
  return [
    { ...kept(state), stage: 'ended', ticket, operator: state.operator },
    [
      ...said,
      ...effects,
      record({ type: 'endedBy', operator: operator.name }),
      speak('etiquette.ended', { choices: [choice('new', 'choice.new')] }),
    ],
  ]
}
