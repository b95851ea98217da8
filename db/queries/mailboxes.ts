import type { Sql } from '../client.ts'

/** How far a mailbox has been read: see the schema. */
export type MailboxPosition = { readonly uidValidity: string; readonly lastUid: number; readonly day: string }

/** How far a mailbox has been read; null when it never was. */
export async function mailboxPosition(sql: Sql, name: string): Promise<MailboxPosition | null> {
  const [row] = await sql<MailboxPosition[]>`
    select uid_validity as "uidValidity", last_uid::float8 as "lastUid", day::text as day
    from mailboxes where name = ${name}`
  return row ?? null
}

export const saveMailboxPosition = (
  sql: Sql,
  name: string,
  { uidValidity, lastUid, day }: MailboxPosition,
) => sql`
  insert into mailboxes (name, uid_validity, last_uid, day) values (${name}, ${uidValidity}, ${lastUid}, ${day})
  on conflict (name) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,
    day = excluded.day`

/** The conversations that letters with these ids belong to, by the letters' ids. */
export async function conversationsOfLetters(
  sql: Sql,
  desks: readonly string[],
  letterIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ letter: string; conversation: string }[]>`
    select address as letter, conversation_id as conversation from addresses
    where channel = 'email' and desk = any(${desks as string[]}) and address = any(${letterIds as string[]})`
  return new Map(rows.map(({ letter, conversation }) => [letter, conversation]))
}

/** Remembers that a letter belongs to a conversation, for the letters that answer it. */
export const rememberLetter = (
  sql: Sql,
  desk: string,
  letterId: string,
  conversationId: string,
  at: string,
) => sql`
  insert into addresses (channel, desk, address, conversation_id, created_at)
  values ('email', ${desk}, ${letterId}, ${conversationId}, ${at}) on conflict do nothing`

/** The conversation of a registered request. */
export async function conversationOfTicket(sql: Sql, number: number): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`
    select conversation_id as id from tickets where number = ${number}`
  return row?.id
}

/** How many conversations somebody has begun by e-mail since a moment, and the newest of them, rather an open one. */
export async function begunByMail(
  sql: Sql,
  desks: readonly string[],
  address: string,
  since: string,
): Promise<{
  readonly count: number
  readonly last: { readonly id: string; readonly desk: string } | undefined
}> {
  const rows = await sql<{ id: string; desk: string }[]>`
    select id, desk from conversations
    where channel = 'email' and desk = any(${desks as string[]}) and address = ${address} and created_at > ${since}
    order by (stage in ('waiting', 'live')) desc, created_at desc limit 100`
  return { count: rows.length, last: rows[0] }
}

/** How many letters a conversation has got since a moment. */
export async function lettersTaken(sql: Sql, conversationId: string, since: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(distinct event_id)::int as count from messages
    where conversation_id = ${conversationId} and at > ${since} and event_id like 'mail:%'`
  return row?.count ?? 0
}
