import type { Instant } from '../../engine/conversation/instant.ts'
import type { Channel } from '../../engine/desk.ts'
import type { Letter } from '../../engine/letter.ts'
import type { Notice } from '../../engine/notice.ts'
import type { Sql } from '../client.ts'
import type { Aggregate } from './loadAggregates.ts'

/** What is to be pushed: a message of a conversation, or a notice, which may be about one. */
export type OutboxItem = {
  readonly id: number
  readonly channel: Channel
  readonly address: string
  readonly attempts: number
} & (
  | { readonly conversationId: string; readonly seq: number; readonly notice: null }
  | { readonly conversationId: string | null; readonly seq: null; readonly notice: Notice }
)

/** A letter as a row of the outbox: it has no message's `seq`, so it is told from one. */
export const letterRow = ({ id, desk }: Aggregate, { address, ...letter }: Letter) => {
  const notice: Notice = { type: 'letter', desk, ...letter }
  return {
    channel: 'email' as const,
    address,
    conversation_id: id,
    seq: null,
    notice,
    next_attempt_at: letter.at,
  }
}

/**
 * Claims, for each address, the oldest message that is still to be pushed and may be tried at `now`: so an address
 * gets its messages in order, one at a time.
 */
export const claimOutbox = (
  sql: Sql,
  now: Instant,
  until: Instant,
  limit: number,
): Promise<OutboxItem[]> => sql<OutboxItem[]>`
  update outbox o set claimed_until = ${until}
  from (select id from outbox
        where id in (select min(id) from outbox where failed_at is null group by channel, address)
          and next_attempt_at <= ${now} and (claimed_until is null or claimed_until < ${now})
        order by id limit ${limit} for update skip locked) due
  where o.id = due.id
  returning o.id, o.channel, o.address, o.conversation_id as "conversationId", o.seq, o.notice, o.attempts`

/** Keeps claimed what is still being delivered, so that nobody else begins. */
export const prolongOutboxClaim = (sql: Sql, id: number, until: Instant) => sql`
  update outbox set claimed_until = ${until} where id = ${id} and failed_at is null`

export const outboxDelivered = (sql: Sql, id: number) => sql`delete from outbox where id = ${id}`

export const outboxRetry = (sql: Sql, id: number, at: Instant, failure: string) => sql`
  update outbox set attempts = attempts + 1, next_attempt_at = ${at}, claimed_until = null, failure = ${failure}
  where id = ${id}`

export const outboxFailed = (sql: Sql, id: number, at: Instant, failure: string) => sql`
  update outbox set failed_at = ${at}, claimed_until = null, failure = ${failure} where id = ${id}`

/** Gives up everything that still waits for an address: the person cannot be reached there. */
export const outboxUnreachable = (
  sql: Sql,
  channel: Channel,
  address: string,
  at: Instant,
  failure: string,
) => sql`
  update outbox set failed_at = ${at}, claimed_until = null, failure = ${failure}
  where channel = ${channel} and address = ${address} and failed_at is null`

/** Everything that waits for an address waits for another from now on. */
export const outboxMoved = (
  sql: Sql,
  { channel, address }: Pick<OutboxItem, 'channel' | 'address'>,
  to: string,
) => sql`
  update outbox set address = ${to}, claimed_until = null
  where channel = ${channel} and address = ${address} and failed_at is null`

/** When the next message can be tried; undefined when nothing waits. */
export async function nextOutboxAt(sql: Sql, now: Instant): Promise<Instant | undefined> {
  const [row] = await sql<{ at: Instant | null }[]>`
    select min(greatest(next_attempt_at, coalesce(case when claimed_until >= ${now} then claimed_until end,
      next_attempt_at))) as at
    from outbox where id in (select min(id) from outbox where failed_at is null group by channel, address)`
  return row?.at ?? undefined
}

export async function outboxPending(sql: Sql): Promise<number> {
  const [row] = await sql<
    { count: number }[]
  >`select count(*)::int as count from outbox where failed_at is null`
  return row?.count ?? 0
}
