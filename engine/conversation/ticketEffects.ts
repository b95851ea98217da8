import { clockTimers } from './clocks.ts'
import type { Effect, TimerName } from './effect.ts'
import type { Instant } from './instant.ts'
import type { Conversation, Ticket } from './state.ts'

/** Every deadline a ticket has ahead: what is to be set, and nothing else. */
export function ticketTimers(ticket: Ticket): ReadonlyMap<TimerName, Instant> {
  const timers = new Map<TimerName, Instant>(clockTimers(ticket))
  const { waitingFor, postponed, passedOn, returns } = ticket
  if (waitingFor?.silence && !waitingFor.over) {
    if (!waitingFor.reminded) timers.set('silence.reminder', waitingFor.silence.remindAt)
    timers.set('silence.end', waitingFor.silence.endsAt)
  }
  if (postponed?.endsAt) timers.set('postponed.end', postponed.endsAt)
  if (passedOn?.dueAt && !passedOn.due) timers.set('passedOn.due', passedOn.dueAt)
  if (returns) timers.set('assignee.silent', returns.at)
  return timers
}

const ticketOf = (state: Conversation) => ('ticket' in state ? state.ticket : undefined)
const operatorOf = (state: Conversation) => ('operator' in state ? state.operator.id : undefined)

/** What a step that changed the ticket asks for: to save it, and to set and cancel its deadlines. */
export function ticketEffects(before: Conversation, after: Conversation): readonly Effect[] {
  const [was, is] = [ticketOf(before), ticketOf(after)]
  const saved: readonly Effect[] =
    is && (is !== was || operatorOf(before) !== operatorOf(after))
      ? [{ type: 'saveTicket', ticket: is, operator: operatorOf(after) ?? null }]
      : []
  if (was === is) return saved
  const [had, has] = [was ? ticketTimers(was) : new Map(), is ? ticketTimers(is) : new Map()] as const
  const gone = [...had.keys()].filter((timer) => !has.has(timer))
  return [
    ...saved,
    ...(gone.length > 0 ? [{ type: 'cancelTimers' as const, timers: gone }] : []),
    ...[...has].flatMap(([timer, dueAt]) =>
      had.get(timer) === dueAt ? [] : [{ type: 'setTimer' as const, timer, dueAt }],
    ),
  ]
}
