import type { Instant } from '../../engine/conversation/instant.ts'
import type { Sql, SqlPool } from '../client.ts'

/** Any number that no other lock of ours has: held by the process that gives conversations out. */
const assignmentLock = 7_305_004

/**
 * Does `work` while no other process does it: undefined when another one is at it. The lock goes with its connection,
 * so a process that dies holds up nobody.
 */
export const aloneAssigning = <T>(sql: SqlPool, work: () => Promise<T>): Promise<T | undefined> =>
  sql.session(async (own) => {
    const [row] = await own<{ mine: boolean }[]>`select pg_try_advisory_lock(${assignmentLock}) as mine`
    if (!row?.mine) return undefined
    const done = await work()
    await own`select pg_advisory_unlock(${assignmentLock})`
    return done
  })

/** How many conversations each of the operators has in hand, without those that wait for somebody else. */
export async function loadsOf(
  sql: Sql,
  operatorIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ operatorId: string; load: number }[]>`
    select operator_id as "operatorId", count(*)::int as load from conversations
    where stage = 'live' and operator_id = any(${operatorIds as string[]}::uuid[])
      and not (state->'ticket' ?| array['waitingFor', 'postponed', 'passedOn'])
    group by operator_id`
  return new Map(rows.map(({ operatorId, load }) => [operatorId, load]))
}

export type Held = {
  readonly conversationId: string
  readonly desk: string
  readonly operatorId: string
  /** When it came to the operator, where that is known. */
  readonly cameAt: Instant | null
}

/** What these operators have and owe an answer to. */
export const unansweredOf = (sql: Sql, operatorIds: readonly string[]): Promise<Held[]> => sql<Held[]>`
  select id as "conversationId", desk, operator_id as "operatorId",
    state->'ticket'->'cameBy'->>'at' as "cameAt" from conversations
  where stage = 'live' and operator_id = any(${operatorIds as string[]}::uuid[])
    and state->'ticket' ? 'unansweredSince'
  order by id limit 500`

/** What is held by operators who do not work at its desk any more. */
export const heldByStrangers = (sql: Sql): Promise<Held[]> => sql<Held[]>`
  select c.id as "conversationId", c.desk, c.operator_id as "operatorId", null as "cameAt"
  from conversations c join operators o on o.id = c.operator_id
  where c.stage = 'live' and not (o.active and c.desk = any(o.desks)) order by c.id limit 500`

export type Unseen = { readonly conversationId: string; readonly desk: string; readonly since: Instant }

/** What waits at these desks and has not been told of as waiting with nobody there, the longest first. */
export const untoldWaiting = (sql: Sql, desks: readonly string[]): Promise<Unseen[]> => sql<Unseen[]>`
  select id as "conversationId", desk,
    coalesce(state->'ticket'->'cameBy'->>'at', state->'ticket'->>'registeredAt') as since from conversations
  where stage = 'waiting' and desk = any(${desks as string[]}) and not (state->'ticket' ? 'unattendedAt')
  order by 3 limit 200`
