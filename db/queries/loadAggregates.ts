import type { Instant } from '../../engine/conversation/instant.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import type { Channel } from '../../engine/desk.ts'
import type { Sql } from '../client.ts'

/** A conversation as one process knows it at one version. */
export type Aggregate = {
  readonly id: string
  readonly desk: string
  readonly channel: Channel
  /** Where a channel that is pushed to finds the person. */
  readonly address: string | null
  readonly version: number
  /** The version of the desk's calendar by which its deadlines were worked out. */
  readonly calendarVersion: number
  readonly lastSeq: number
  readonly state: Conversation
  readonly lastText: string
  readonly lastAt: Instant
  /** Events known to have been taken, with the last seq each led to; the newest ones suffice. Grows with each commit. */
  readonly seen: Map<string, number>
}

/** How far back, in messages, an aggregate knows its events. */
export const rememberedEvents = 64

type Row = Omit<Aggregate, 'seen'> & { readonly seen: readonly [string, number][] }

/**
 * Loads conversations with the events they have lately taken. The version and the events are read by one statement,
 * so an event that is not among them and not older is new at that version.
 */
export async function loadAggregates(sql: Sql, ids: readonly string[]): Promise<Map<string, Aggregate>> {
  const rows = await sql<Row[]>`
    select c.id, c.desk, c.channel, c.address, c.version,
      c.calendar_version as "calendarVersion", c.last_seq as "lastSeq", c.state,
      c.last_text as "lastText", c.last_at as "lastAt", coalesce(
      (select jsonb_agg(jsonb_build_array(recent.event_id, recent.last_seq) order by recent.last_seq)
       from (select event_id, max(seq) as last_seq from messages
             where conversation_id = c.id and seq > c.last_seq - ${rememberedEvents}
             group by event_id) recent), '[]') as seen
    from conversations c where c.id = any(${ids as string[]}::uuid[])`
  return new Map(rows.map((row) => [row.id, { ...row, seen: new Map(row.seen) }]))
}

/** Those of the events that the conversation has taken at any time, with the last seq each led to. */
export async function takenEvents(
  sql: Sql,
  conversationId: string,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ eventId: string; seq: number }[]>`
    select event_id as "eventId", max(seq) as seq from messages
    where conversation_id = ${conversationId} and event_id = any(${eventIds as string[]})
    group by event_id`
  return new Map(rows.map(({ eventId, seq }) => [eventId, seq]))
}
