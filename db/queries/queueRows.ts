import type { Instant } from '../../engine/conversation/instant.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import type { Channel } from '../../engine/desk.ts'
import type { Sql } from '../client.ts'
import { type Here, isConnected } from './presence.ts'

/** What a line of the console's queue is made of. */
export type StoredRow = {
  readonly id: string
  readonly desk: string
  readonly channel: Channel
  /** Where messages are pushed to. */
  readonly address: string | null
  readonly state: Conversation
  readonly lastText: string
  readonly lastAt: Instant
  readonly unread: number
  readonly visitorOnline: boolean
  /** The type of the contract it was registered by, and the operator assigned to its organisation. */
  readonly contract: {
    readonly type: string | null
    readonly operator: { readonly id: string; readonly name: string } | null
  } | null
}

const columns = (sql: Sql, here: Here) => sql`
  id, desk, channel, address, state, last_text as "lastText", last_at as "lastAt", unread,
  ${isConnected(sql, 'visitor', 'conversations.id', here)} as "visitorOnline",
  (select jsonb_build_object('type', k.type, 'operator',
      case when o.active then jsonb_build_object('id', o.id, 'name', o.name) end)
    from tickets t join contracts k on k.id = t.contract_id left join operators o on o.id = k.operator_id
    where t.number = conversations.ticket_number) as contract`

const rowsAtOnce = 500

/**
 * The queue of some desks, some lines at a time, so that a long one holds up nothing else: all that wait or are live,
 * and the newest that are over.
 */
export async function* queueRows(
  sql: Sql,
  desks: readonly string[],
  here: Here,
): AsyncGenerator<readonly StoredRow[]> {
  const found = await sql<{ id: string }[]>`
    select id from conversations where desk = any(${desks as string[]}) and stage in ('waiting', 'live')
    union all
    (select id from conversations
      where desk = any(${desks as string[]}) and stage in ('resolved', 'ended') and ticket_number is not null
      order by last_at desc limit 200)`
  for (let from = 0; from < found.length; from += rowsAtOnce) {
    const ids = found.slice(from, from + rowsAtOnce).map(({ id }) => id)
    yield await rowsById(sql, ids, here)
  }
}

/** The lines of all that wait at some desks. */
export const waitingRows = (sql: Sql, desks: readonly string[], here: Here): Promise<StoredRow[]> => sql<
  StoredRow[]
>`
  select ${columns(sql, here)} from conversations where desk = any(${desks as string[]}) and stage = 'waiting'`

/** The same lines for these conversations, whatever their stage. */
export const rowsById = (sql: Sql, ids: readonly string[], here: Here): Promise<StoredRow[]> => sql<
  StoredRow[]
>`
  select ${columns(sql, here)} from conversations where id = any(${ids as string[]}::uuid[])`
