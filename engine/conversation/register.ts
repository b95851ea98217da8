import type { Desk } from '../desk.ts'
import { startFirstResponse } from '../sla.ts'
import type { Effect, TimerName } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { record, speak } from './say.ts'
import type { Conversation, Draft, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'

/** The names of a ticket's first-response deadlines. */
export const firstResponseTimers = (ticket: Ticket): readonly TimerName[] => [
  ...ticket.firstResponse.warnings.map(({ minutes }): TimerName => `firstResponse.warning.${minutes}`),
  'firstResponse.breach',
]

/** The text of the request: what the visitor described, else the question they came with. */
const described = (desk: Desk, draft: Draft): Draft['values'] => {
  const field = desk.request.fields.find(({ kind }) => kind === 'longText')
  return field && draft.question && draft.values[field.id] === undefined
    ? { ...draft.values, [field.id]: draft.question }
    : draft.values
}

/**
 * Makes the draft a ticket: number, clock, deadlines, place in the queue, and the real moment of the answer.
 * The clock counts working time only, so a request of Friday 18:05 is promised for Monday 09:15.
 */
export function register(desk: Desk, state: Conversation, draft: Draft, event: ConversationEvent): Step {
  if (!event.registration) return [state, [{ type: 'needRegistration' }]]
  const { number, ahead } = event.registration
  const firstResponse = startFirstResponse(desk, state.channel, event.at)
  const ticket: Ticket = {
    number,
    registeredAt: event.at,
    level: 'basic',
    priority: 'normal',
    values: described(desk, draft),
    files: draft.files,
    identityRefused: draft.consent === 'refused',
    firstResponse,
  }
  const identityIds = desk.identification.fields.map(({ id }) => id)
  const known = Object.fromEntries(Object.entries(draft.values).filter(([id]) => identityIds.includes(id)))
  const timers: Effect[] = [
    ...firstResponse.warnings.map(
      ({ minutes, at }): Effect => ({
        type: 'setTimer',
        timer: `firstResponse.warning.${minutes}`,
        dueAt: at,
      }),
    ),
    { type: 'setTimer', timer: 'firstResponse.breach', dueAt: firstResponse.dueAt },
  ]
  return [
    { ...kept(state), known, stage: 'waiting', ticket },
    [
      { type: 'saveTicket', ticket },
      ...timers,
      speak(
        [
          { key: 'ticket.registered', params: { number, due: firstResponse.dueAt } },
          ahead === 0 ? { key: 'ticket.next' } : { key: 'ticket.ahead', params: { count: ahead } },
        ],
        { ticket: { number, dueAt: firstResponse.dueAt, ahead }, ask: { key: 'ticket.writeMore' } },
      ),
      record({ type: 'registered', number, dueAt: firstResponse.dueAt }),
    ],
  ]
}
