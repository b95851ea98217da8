import { type Contract, lastDay, worthOf } from '../contract.ts'
import type { Desk, Level, Priority } from '../desk.ts'
import { replan } from './clocks.ts'
import type { Activity, Unrecognised } from './content.ts'
import { type Open, withTicket } from './deadline.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent, OperatorEvent } from './event.ts'
import { localDayOf } from './localDay.ts'
import { contractWish, contractWords, recognise, weigh } from './recognising.ts'
import { record, refuse, speak } from './say.ts'
import type { Conversation, Draft, Ticket, TicketContract } from './state.ts'
import { after, type Step } from './step.ts'

const refer = ({ id, type, operatorId }: Contract): TicketContract => ({
  id,
  ...(type !== undefined && { type }),
  ...(operatorId !== undefined && { operatorId }),
})

const recognised = (contract: Contract, operator?: string): Activity => ({
  type: 'recognised',
  organisation: contract.organisation,
  level: contract.level,
  until: lastDay(contract),
  ...(operator !== undefined && { operator }),
})

/** How a new ticket is served. */
export type Served = {
  readonly level: Level
  readonly priority: Priority
  readonly contract?: TicketContract
  /** What is put down, and what the visitor is told that they do not know yet. */
  readonly effects: readonly Effect[]
}

/**
 * By the contract that a draft names, at the moment of its registration: at the contract's level; without one that
 * can be used at the basic level, and at the lowest priority where the desk requires one (cryptopro guide, §5).
 */
export function servedBy(desk: Desk, state: Conversation, draft: Draft, event: ConversationEvent): Served {
  const { contracts } = desk
  if (!contracts) return { level: 'basic', priority: 'normal', effects: [] }
  const wish = contractWish(desk, draft)
  const weighing = { found: event.registration?.contracts ?? [], channel: state.channel, at: event.at }
  const recognition = wish && recognise(desk, draft.values, wish.keys, weighing)
  const best = wish && weigh(desk, weighing)
  const told =
    state.stage === 'reviewing' || draft.contract !== undefined
      ? draft.contract?.without || draft.contract?.verdict === recognition?.verdict
      : false
  const words = contractWords(desk, {
    ...draft,
    ...(recognition ? { contract: recognition } : {}),
  })
  const tell: readonly Effect[] = told || words.length === 0 ? [] : [speak(words)]
  if (best?.worth.verdict === 'valid')
    return {
      level: best.contract.level,
      priority: 'normal',
      contract: refer(best.contract),
      effects: [record(recognised(best.contract)), ...tell],
    }
  const { verdict = 'none' } = recognition ?? draft.contract ?? {}
  const why: Unrecognised = verdict === 'valid' ? 'none' : verdict
  const worthSaying = contracts.required || (why !== 'none' && why !== 'notFound')
  return {
    level: 'basic',
    priority: contracts.required ? 'low' : 'normal',
    effects: [...(worthSaying ? [record({ type: 'unrecognised', why })] : []), ...tell],
  }
}

/** How many requests of a contract are open besides this one. */
const openBesides = (ticket: Ticket, contractId: string, open: number): number =>
  ticket.contract?.id === contractId ? open - 1 : open

/** The priority follows the contract where the desk requires one; what an operator has set stays. */
function priorityWith(desk: Desk, { priority }: Ticket, has: boolean): Priority {
  if (has) return priority === 'low' ? 'normal' : priority
  return desk.contracts?.required && priority === 'normal' ? 'low' : priority
}

/**
 * A request that comes from another desk is served without a contract until one of this desk is named: at the basic
 * level, and at the lowest priority where the desk requires one. A lowest priority of the other desk's is not kept.
 */
export function unbound(desk: Desk, { contract: _, ...ticket }: Ticket): Ticket {
  const fresh: Ticket = { ...ticket, priority: ticket.priority === 'low' ? 'normal' : ticket.priority }
  return { ...fresh, level: 'basic', priority: priorityWith(desk, fresh, false) }
}

/**
 * An operator names the contract of a request whose visitor did not, or takes it off: the level changes at once, and
 * every open promise is planned anew. A contract that cannot be used is refused with the reason.
 */
export function attachContract(
  desk: Desk,
  state: Open,
  { operator, found, at }: Extract<OperatorEvent, { type: 'operator.recognised' }>,
): Step {
  const { ticket, channel } = state
  const { contracts } = desk
  if (!contracts) return [state, [refuse('refusal.contract.none')]]
  const tell = (key: 'attached' | 'detached') =>
    speak({ key: `${contracts.called}.${key}`, params: { number: ticket.number } })
  if (found === null) {
    if (!ticket.contract) return [state, []]
    const { contract: _, ...rest } = ticket
    const bare: Ticket = { ...rest, level: 'basic', priority: priorityWith(desk, ticket, false) }
    return after(
      [record({ type: 'unrecognisedBy', operator: operator.name }), tell('detached')],
      withTicket(state, replan(desk, channel, bare, 'level', at)),
    )
  }
  const { contract } = found
  if (ticket.contract?.id === contract.id && ticket.level === contract.level) return [state, []]
  const worth = worthOf(contract, {
    today: localDayOf(desk, at),
    channel,
    open: openBesides(ticket, contract.id, found.open),
    types: contracts.types,
  })
  if (worth.verdict !== 'valid') return [state, [refuse(`refusal.contract.${worth.verdict}`)]]
  const served: Ticket = {
    ...ticket,
    level: contract.level,
    priority: priorityWith(desk, ticket, true),
    contract: refer(contract),
  }
  return after(
    [record(recognised(contract, operator.name)), tell('attached')],
    withTicket(state, replan(desk, channel, served, 'level', at)),
  )
}
