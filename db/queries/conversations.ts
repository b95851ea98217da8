import { randomUUID } from 'node:crypto'
import type { Instant } from '../../engine/conversation/instant.ts'
import { newConversation } from '../../engine/conversation/transition.ts'
import type { Channel } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { WireMarks } from '../../engine/wire.ts'
import type { Sql, SqlPool } from '../client.ts'

/** What a channel knows a conversation by: the hash of a widget's token, a Telegram chat, an operator's own id for it. */
export type Address = { readonly channel: Channel; readonly desk: string; readonly address: string }

/** The conversation at an address, if there is one. */
export async function conversationAt(sql: Sql, at: Address): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`
    select conversation_id as id from addresses
    where channel = ${at.channel} and desk = ${at.desk} and address = ${at.address}`
  return row?.id
}

/** The conversations that an address leads to on any of these channels and desks, and what they became. */
export const conversationsOf = (
  sql: Sql,
  at: { readonly channels: readonly Channel[]; readonly desks: readonly string[]; readonly address: string },
): Promise<{ id: string; ticketNumber: number | null }[]> => sql<
  { id: string; ticketNumber: number | null }[]
>`
  select c.id, c.ticket_number as "ticketNumber" from addresses a join conversations c on c.id = a.conversation_id
  where a.channel = any(${at.channels as Channel[]}) and a.desk = any(${at.desks as string[]})
    and a.address = ${at.address}`

type Beginning = {
  readonly now: Instant
  readonly language: Language | undefined
  /** The language was chosen: what is written no longer changes it. */
  readonly languageChosen?: true
  readonly pushTo: string | null
}

const beginning = (channel: Channel, { language, languageChosen }: Beginning) => ({
  ...newConversation(channel, language),
  ...(languageChosen && { languageChosen }),
})

/**
 * The conversation at an address, begun when there is none; `begun` tells which. Two at once begin one.
 * `pushTo`: where messages are pushed to, or null where the visitor fetches them or sees none.
 */
export async function openConversation(
  sql: SqlPool,
  at: Address,
  options: Beginning,
): Promise<{ readonly id: string; readonly begun: boolean }> {
  const found = await conversationAt(sql, at)
  if (found) return { id: found, begun: false }
  const id = randomUUID()
  const state = beginning(at.channel, options)
  const begun = await sql.begin(async (tx) => {
    const contact = randomUUID()
    await tx`insert into contacts (id, created_at) values (${contact}, ${options.now})`
    await tx`
      insert into conversations (id, desk, channel, contact_id, address, version, last_seq, state, stage, last_at,
        created_at)
      values (${id}, ${at.desk}, ${at.channel}, ${contact}, ${options.pushTo}, 0, 0,
        ${JSON.stringify(state)}::text::jsonb, ${state.stage}, ${options.now}, ${options.now})`
    const added = await tx`
      insert into addresses (channel, desk, address, conversation_id, created_at)
      values (${at.channel}, ${at.desk}, ${at.address}, ${id}, ${options.now})
      on conflict do nothing returning 1`
    if (added.length === 0) {
      await tx`delete from conversations where id = ${id}`
      await tx`delete from contacts where id = ${contact}`
    }
    return added.length > 0
  })
  if (begun) return { id, begun }
  const other = await conversationAt(sql, at)
  if (!other) throw new Error('an address was taken and is not there')
  return { id: other, begun: false }
}

/** Begins a conversation anew in which nothing has happened yet: the language or the place to push to is another. */
export async function beginAnew(
  sql: Sql,
  conversationId: string,
  channel: Channel,
  options: Beginning,
): Promise<void> {
  await sql`
    update conversations set version = version + 1, address = ${options.pushTo},
      state = ${JSON.stringify(beginning(channel, options))}::text::jsonb, last_at = ${options.now}
    where id = ${conversationId} and last_seq = 0`
}

/** The desk a conversation belongs to. */
export async function deskOf(sql: Sql, conversationId: string): Promise<string | undefined> {
  const [row] = await sql<{ desk: string }[]>`select desk from conversations where id = ${conversationId}`
  return row?.desk
}

/** Reserves a registration number, never used again, and counts the conversations that wait before. */
export async function reserveNumber(sql: Sql, desk: string): Promise<{ number: number; ahead: number }> {
  const [row] = await sql<{ number: number; ahead: number }[]>`
    select nextval('ticket_numbers')::int as number,
      (select count(*)::int from conversations where desk = ${desk} and stage = 'waiting') as ahead`
  if (!row) throw new Error('the sequence gave no number')
  return row
}

export async function marksOf(sql: Sql, conversationId: string): Promise<WireMarks> {
  const [row] = await sql<WireMarks[]>`
    select visitor_delivered_seq as "visitorDelivered", visitor_read_seq as "visitorRead",
      operator_read_seq as "operatorRead" from conversations where id = ${conversationId}`
  return row ?? { visitorDelivered: 0, visitorRead: 0, operatorRead: 0 }
}

/** Moves marks forward, never back, and never past the last message; undefined when nothing moved. */
export async function moveMarks(
  sql: Sql,
  conversationId: string,
  to: Partial<WireMarks>,
): Promise<WireMarks | undefined> {
  const { visitorDelivered = 0, visitorRead = 0, operatorRead = 0 } = to
  const [row] = await sql<WireMarks[]>`
    update conversations c set
      visitor_delivered_seq = greatest(visitor_delivered_seq, least(${visitorDelivered}, last_seq)),
      visitor_read_seq = greatest(visitor_read_seq, least(${visitorRead}, last_seq)),
      operator_read_seq = greatest(operator_read_seq, least(${operatorRead}, last_seq)),
      unread = case when ${operatorRead} <= operator_read_seq then unread else (
        select count(*) from messages m where m.conversation_id = c.id and m.seq > least(${operatorRead}, c.last_seq)
          and m.author->>'kind' = 'visitor' and m.content->>'kind' in ('text', 'file', 'edit')) end
    where id = ${conversationId} and (visitor_delivered_seq < least(${visitorDelivered}, last_seq)
      or visitor_read_seq < least(${visitorRead}, last_seq) or operator_read_seq < least(${operatorRead}, last_seq))
    returning visitor_delivered_seq as "visitorDelivered", visitor_read_seq as "visitorRead",
      operator_read_seq as "operatorRead"`
  return row
}

/** How a conversation's visitor is reached. */
export async function reachOf(
  sql: Sql,
  conversationId: string,
): Promise<{ readonly channel: Channel; readonly address: string | null } | undefined> {
  const [row] = await sql<{ channel: Channel; address: string | null }[]>`
    select channel, address from conversations where id = ${conversationId}`
  return row
}

/** The language a conversation is held in now. */
export async function languageOf(sql: Sql, conversationId: string): Promise<Language | undefined> {
  const [row] = await sql<{ language: Language }[]>`
    select state->>'language' as language from conversations where id = ${conversationId}`
  return row?.language
}

/** How many conversations stand at each stage, by desk; those in which nothing has happened are none yet. */
export const countStages = (sql: Sql): Promise<{ desk: string; stage: string; count: number }[]> =>
  sql<
    { desk: string; stage: string; count: number }[]
  >`select desk, stage, count(*)::int as count from conversations
    where last_seq > 0 group by desk, stage`
