import type { Instant } from '../../engine/conversation/instant.ts'
import type { Sql } from '../client.ts'

export type DueTimer = { readonly conversationId: string; readonly name: string; readonly dueAt: Instant }

/**
 * Claims deadlines that are due at `now`, in their order, until `until`: no other process gets them meanwhile, and one
 * that dies with them gives them back when the claim runs out. `now` is the process's own clock.
 */
export const claimDueTimers = async (
  sql: Sql,
  now: Instant,
  until: Instant,
  limit: number,
): Promise<DueTimer[]> => {
  const rows = await sql<DueTimer[]>`
    update timers t set claimed_until = ${until}
    from (select conversation_id, name from timers
          where due_at <= ${now} and (claimed_until is null or claimed_until < ${now})
          order by due_at limit ${limit} for update skip locked) due
    where t.conversation_id = due.conversation_id and t.name = due.name
    returning t.conversation_id as "conversationId", t.name, t.due_at as "dueAt"`
  return [...rows].sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
}

/** When the next deadline can be claimed; undefined when none is set. */
export async function nextTimerAt(sql: Sql, now: Instant): Promise<Instant | undefined> {
  const [row] = await sql<{ at: Instant | null }[]>`
    select min(greatest(due_at, coalesce(case when claimed_until >= ${now} then claimed_until end, due_at))) as at
    from (select due_at, claimed_until from timers order by due_at limit 1000) soon`
  return row?.at ?? undefined
}
