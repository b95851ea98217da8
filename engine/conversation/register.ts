import { type Desk, isMailed, type Priority } from '../desk.ts'
import { slaFacts, startClocks } from './clocks.ts'
import type { Said } from './content.ts'
import type { ConversationEvent } from './event.ts'
import { contractWish } from './recognising.ts'
import { record, speak } from './say.ts'
import type { Conversation, Draft, Ticket } from './state.ts'
import { kept, type Step } from './step.ts'
import { servedBy } from './ticketContract.ts'

/** The text of the request: what the visitor described, else the question they came with. */
const described = (desk: Desk, draft: Draft): Draft['values'] => {
  const field = desk.request.fields.find(({ kind }) => kind === 'longText')
  return field && draft.question && draft.values[field.id] === undefined
    ? { ...draft.values, [field.id]: draft.question }
    : draft.values
}

/** Said where somebody waits for the answer: a letter is read when the place is another. */
const placeInQueue = (ahead: number): Said =>
  ahead === 0 ? { key: 'ticket.next' } : { key: 'ticket.ahead', params: { count: ahead } }

/**
 * Makes the draft a ticket: number, clock, deadlines, place in the queue, and the real moment of the answer.
 * The clock counts working time only, so a request of Friday 18:05 is promised for Monday 09:15. `priority`: as an
 * operator has set it.
 */
export function register(
  desk: Desk,
  state: Conversation,
  draft: Draft,
  event: ConversationEvent,
  priority?: Priority,
): Step {
  if (!event.registration) {
    const contract = contractWish(desk, draft)
    return [state, [{ type: 'needRegistration', ...(contract && { contract }) }]]
  }
  const { number, ahead } = event.registration
  const { effects, ...served } = servedBy(desk, state, draft, event)
  const facts = { ...served, ...(priority && { priority }), values: described(desk, draft) }
  const clocks = startClocks(desk, slaFacts(state.channel, facts), event.at)
  const { dueAt } = clocks.firstResponse
  const ticket: Ticket = {
    ...facts,
    number,
    registeredAt: event.at,
    files: draft.files,
    identityRefused: draft.consent === 'refused',
    clocks,
    done: [],
  }
  const identityIds = desk.identification.fields.map(({ id }) => id)
  const known = Object.fromEntries(Object.entries(draft.values).filter(([id]) => identityIds.includes(id)))
  return [
    { ...kept(state), known, stage: 'waiting', ticket },
    [
      speak(
        [
          { key: 'ticket.registered', params: { number, due: dueAt } },
          ...(isMailed(state.channel) ? [] : [placeInQueue(ahead)]),
        ],
        { ticket: { number, dueAt, ahead }, ask: { key: 'ticket.writeMore' } },
      ),
      record({ type: 'registered', number, dueAt }),
      ...effects,
    ],
  ]
}
