import type { Audience } from '../../engine/conversation/content.ts'
import type { StoredMessage } from '../../engine/conversation/render.ts'
import type { Sql } from '../client.ts'

/** A stored message with the desk it was said at: its fields and words are that desk's. */
export type MessageAtDesk = StoredMessage & { readonly desk: string }

const columns = (sql: Sql) => sql`
  seq, event_id as "eventId", at, audience, author, content,
  coalesce(messages.desk, (select c.desk from conversations c where c.id = conversation_id)) as desk`
const visibleTo = (sql: Sql, audience: Audience) =>
  audience === 'operators' ? sql`true` : sql`audience = 'everyone'`

/** Everything after `seq`, oldest first, at most `limit`. `audience` operators: with what only they see. */
export const messagesAfter = (
  sql: Sql,
  conversationId: string,
  seq: number,
  audience: Audience,
  limit = 1_000,
): Promise<MessageAtDesk[]> => sql<MessageAtDesk[]>`
  select ${columns(sql)} from messages
  where conversation_id = ${conversationId} and seq > ${seq} and ${visibleTo(sql, audience)}
  order by seq limit ${limit}`

/** The newest `limit` messages before `seq`, oldest first, and whether there are earlier ones. */
export async function messagesBefore(
  sql: Sql,
  conversationId: string,
  seq: number,
  audience: Audience,
  limit = 100,
): Promise<{ readonly messages: readonly MessageAtDesk[]; readonly hasEarlier: boolean }> {
  const rows = await sql<MessageAtDesk[]>`
    select ${columns(sql)} from messages
    where conversation_id = ${conversationId} and seq < ${seq} and ${visibleTo(sql, audience)}
    order by seq desc limit ${limit + 1}`
  return { messages: rows.slice(0, limit).reverse(), hasEarlier: rows.length > limit }
}

/** All that the event led to which led to a message, oldest first; empty when there is no such message. */
export const messagesOfEvent = (
  sql: Sql,
  conversationId: string,
  seq: number,
): Promise<MessageAtDesk[]> => sql<MessageAtDesk[]>`
  select ${columns(sql)} from messages
  where conversation_id = ${conversationId} and event_id = (
    select event_id from messages where conversation_id = ${conversationId} and seq = ${seq})
  order by seq`

/** One message by its place in the thread. */
export async function messageAt(
  sql: Sql,
  conversationId: string,
  seq: number,
): Promise<MessageAtDesk | undefined> {
  const [row] = await sql<MessageAtDesk[]>`
    select ${columns(sql)} from messages where conversation_id = ${conversationId} and seq = ${seq}`
  return row
}
