import type { Instant } from '../../engine/conversation/instant.ts'
import type { PresenceChoice } from '../../engine/presence.ts'
import type { Sql } from '../client.ts'

/** Told to every process when an operator came, left, chose, or is not what they were. */
export const presenceChannel = 'komekshi_presence'

export type Connected = { readonly kind: 'operator' | 'visitor'; readonly id: string }

/** A process at a moment of its own clock: to itself it is alive, whatever its lease says. */
export type Here = { readonly process: string; readonly now: Instant }

/** Whether somebody is connected to a living process. `id`: a column of the statement around it. */
export const isConnected = (sql: Sql, kind: Connected['kind'], id: string, { process, now }: Here) => sql`
  exists (select 1 from connections c join processes p on p.id = c.process_id
    where c.kind = ${kind} and c.id = ${sql(id)} and (p.alive_until >= ${now} or p.id = ${process}))`

/**
 * Renews the lease of a process and writes down who came to it and who left. False: the process was held for dead
 * meanwhile and everybody on it was forgotten, so all who are there have to be written down again.
 */
export async function renewLease(
  sql: Sql,
  process: string,
  until: Instant,
  now: Instant,
  { came, left }: { readonly came: readonly Connected[]; readonly left: readonly Connected[] },
): Promise<boolean> {
  const json = (rows: readonly Connected[]) => JSON.stringify(rows)
  const told = [...came, ...left].some(({ kind }) => kind === 'operator')
  const [row] = await sql<{ fresh: boolean }[]>`
    with renewed as (
      insert into processes (id, alive_until) values (${process}, ${until})
      on conflict (id) do update set alive_until = excluded.alive_until returning xmax = 0 as fresh),
    arrived as (
      insert into connections (process_id, kind, id)
      select ${process}, g.kind, g.id from jsonb_to_recordset(${json(came)}::text::jsonb) as g(kind text, id uuid)
      on conflict do nothing),
    gone as (
      delete from connections c using jsonb_to_recordset(${json(left)}::text::jsonb) as g(kind text, id uuid)
      where c.process_id = ${process} and c.kind = g.kind and c.id = g.id),
    seen as (
      insert into operator_presence (operator_id, seen_at)
      select g.id, ${now} from jsonb_to_recordset(${json(left)}::text::jsonb) as g(kind text, id uuid)
      where g.kind = 'operator'
      on conflict (operator_id) do update set seen_at = excluded.seen_at)
    select fresh, ${told ? sql`(select pg_notify(${presenceChannel}, ''))` : sql`null`} as announced from renewed`
  return row?.fresh !== true
}

/** Forgets processes whose lease has run out, and gives the conversations whose visitors were connected to them. */
export async function buryProcesses(sql: Sql, { process, now }: Here): Promise<readonly string[]> {
  const rows = await sql<{ kind: Connected['kind']; id: string }[]>`
    with dead as (delete from processes where alive_until < ${now} and id <> ${process} returning id, alive_until),
    gone as (
      delete from connections c using dead where c.process_id = dead.id returning c.kind, c.id, dead.alive_until),
    seen as (
      insert into operator_presence (operator_id, seen_at)
      select id, max(alive_until) from gone where kind = 'operator' group by id
      on conflict (operator_id) do update set seen_at = greatest(operator_presence.seen_at, excluded.seen_at))
    select kind, id, case when kind = 'operator' then pg_notify(${presenceChannel}, '') end as announced from gone`
  return rows.flatMap(({ kind, id }) => (kind === 'visitor' ? [id] : []))
}

/** The process ends in good order: nobody is connected to it any more. */
export const endLease = (sql: Sql, process: string, now: Instant) => sql`
  with ended as (delete from processes where id = ${process}),
  gone as (delete from connections where process_id = ${process} returning kind, id),
  seen as (
    insert into operator_presence (operator_id, seen_at) select id, ${now} from gone where kind = 'operator'
    on conflict (operator_id) do update set seen_at = excluded.seen_at)
  select pg_notify(${presenceChannel}, '')`

/** When the first lease of another process runs out that somebody's presence hangs on. */
export async function nextLeaseEnd(sql: Sql, process: string): Promise<Instant | undefined> {
  const [row] = await sql<{ at: Instant | null }[]>`
    select min(alive_until) as at from processes where id <> ${process}`
  return row?.at ?? undefined
}

export type StoredPresence = {
  readonly operatorId: string
  readonly choice: PresenceChoice
  readonly chosenAt: Instant | null
  readonly connected: boolean
  readonly seenAt: Instant | null
  readonly assignedAt: Instant | null
}

/** The presence of every operator who was ever here. */
export const presenceOfOperators = (sql: Sql, here: Here): Promise<StoredPresence[]> => sql<StoredPresence[]>`
  select o.id as "operatorId", coalesce(s.choice, 'online') as choice, s.chosen_at as "chosenAt", s.seen_at as "seenAt",
    s.assigned_at as "assignedAt", ${isConnected(sql, 'operator', 'o.id', here)} as connected
  from operators o left join operator_presence s on s.operator_id = o.id order by o.id`

export async function choosePresence(
  sql: Sql,
  operatorId: string,
  choice: PresenceChoice,
  now: Instant,
): Promise<void> {
  await sql`
    with chosen as (
      insert into operator_presence (operator_id, choice, chosen_at) values (${operatorId}, ${choice}, ${now})
      on conflict (operator_id) do update set choice = excluded.choice, chosen_at = excluded.chosen_at)
    select pg_notify(${presenceChannel}, '')`
}

export async function markAssigned(sql: Sql, operatorId: string, now: Instant): Promise<void> {
  await sql`
    insert into operator_presence (operator_id, assigned_at) values (${operatorId}, ${now})
    on conflict (operator_id) do update set assigned_at = excluded.assigned_at`
}
