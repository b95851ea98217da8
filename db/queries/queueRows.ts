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
  readonly state: Conversation
  readonly lastText: string
  readonly lastAt: Instant
  readonly unread: number
  readonly visitorOnline: boolean
}

const columns = (sql: Sql, here: Here) => sql`
  id, desk, channel, state, last_text as "lastText", last_at as "lastAt", unread,
  ${isConnected(sql, 'visitor', 'conversations.id', here)} as "visitorOnline"`

/** The queue of some desks: all that wait or are live, and the newest that are over. */
export const queueRows = (sql: Sql, desks: readonly string[], here: Here): Promise<StoredRow[]> => sql<
  StoredRow[]
>`
  select ${columns(sql, here)} from conversations
    where desk = any(${desks as string[]}) and stage in ('waiting', 'live')
  union all
  (select ${columns(sql, here)} from conversations
    where desk = any(${desks as string[]}) and stage in ('resolved', 'ended') and ticket_number is not null
    order by last_at desc limit 200)`

/** The same lines for these conversations, whatever their stage. */
export const rowsById = (sql: Sql, ids: readonly string[], here: Here): Promise<StoredRow[]> => sql<
  StoredRow[]
>`
  select ${columns(sql, here)} from conversations where id = any(${ids as string[]}::uuid[])`
