import type { Effect } from '../../engine/conversation/effect.ts'
import { isPaused } from '../../engine/sla.ts'
import type { Aggregate } from './loadAggregates.ts'

type Saved = Extract<Effect, { type: 'saveTicket' }>

const rowOf = (conversation: Aggregate, { ticket, operator }: Saved) => {
  const { firstResponse, nextResponse, resolution } = ticket.clocks
  return {
    number: ticket.number,
    conversation_id: conversation.id,
    desk: conversation.desk,
    channel: conversation.channel,
    registered_at: ticket.registeredAt,
    level: ticket.level,
    priority: ticket.priority,
    type: ticket.values.type ?? null,
    values: ticket.values,
    identity_refused: ticket.identityRefused,
    first_response_due_at: firstResponse.dueAt,
    first_responded_at: firstResponse.stoppedAt ?? null,
    first_response_breached_at: firstResponse.breachedAt ?? null,
    next_response_due_at: nextResponse && nextResponse.stoppedAt === undefined ? nextResponse.dueAt : null,
    resolution_due_at: resolution?.dueAt ?? null,
    resolution_paused: resolution !== undefined && isPaused(resolution),
    resolution_breached_at: resolution?.breachedAt ?? null,
    waiting_since: ticket.waitingFor?.since ?? null,
    resolved_at: ticket.resolvedAt ?? null,
    outcome: ticket.outcome ?? null,
    rating: ticket.rating ?? null,
    comment: ticket.comment ?? null,
    operator_id: operator,
    contract_id: ticket.contract?.id ?? null,
  }
}

type Column = keyof ReturnType<typeof rowOf>

const types: Readonly<Record<Column, string>> = {
  number: 'int',
  conversation_id: 'uuid',
  desk: 'text',
  channel: 'text',
  registered_at: 'timestamptz',
  level: 'text',
  priority: 'text',
  type: 'text',
  values: 'jsonb',
  identity_refused: 'boolean',
  first_response_due_at: 'timestamptz',
  first_responded_at: 'timestamptz',
  first_response_breached_at: 'timestamptz',
  next_response_due_at: 'timestamptz',
  resolution_due_at: 'timestamptz',
  resolution_paused: 'boolean',
  resolution_breached_at: 'timestamptz',
  waiting_since: 'timestamptz',
  resolved_at: 'timestamptz',
  outcome: 'text',
  rating: 'int',
  comment: 'text',
  operator_id: 'uuid',
  contract_id: 'uuid',
}

const fixed: readonly string[] = ['number', 'conversation_id', 'channel', 'registered_at']
const names = Object.keys(types).map((name) => `"${name}"`)

/** The columns of a ticket as SQL: by name, with their types, and as a later save replaces them. */
export const ticketColumns = {
  names: names.join(', '),
  typed: Object.entries(types)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', '),
  replaced: Object.keys(types)
    .filter((name) => !fixed.includes(name))
    .map((name) => `"${name}" = excluded."${name}"`)
    .join(', '),
}

/** The rows of the tickets that a conversation's effects save, each as it was saved last. */
export function ticketRows(conversation: Aggregate, effects: readonly Effect[]) {
  const saved = new Map<number, Saved>()
  for (const effect of effects) if (effect.type === 'saveTicket') saved.set(effect.ticket.number, effect)
  return [...saved.values()].map((one) => rowOf(conversation, one))
}
