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

/**
 * When the next deadline can be claimed; undefined when none is set. What is claimed was due, so it stands among the
 * first ones; those who claimed it may have died, and it can be claimed again when the claim runs out.
 */
export async function nextTimerAt(sql: Sql, now: Instant): Promise<Instant | undefined> {
  const [row] = await sql<{ at: Instant | null }[]>`
    select least(
      (select due_at from timers where claimed_until is null or claimed_until < ${now} order by due_at limit 1),
      (select min(claimed_until) from (select claimed_until from timers order by due_at limit 1000) first
       where claimed_until >= ${now})) as at`
  return row?.at ?? undefined
}
