import type { Instant } from '../../engine/conversation/instant.ts'
import type { Ticket } from '../../engine/conversation/state.ts'
import type { Channel } from '../../engine/desk.ts'
import type { CalendarBase, CalendarEdits, CalendarPatch } from '../../engine/deskCalendar.ts'
import type { CalendarAct } from '../../engine/wireCalendar.ts'
import type { Sql } from '../client.ts'

/** Told to every process with the desk's id when its calendar has changed. */
export const calendarsChannel = 'komekshi_calendars'

export type KeptCalendar = {
  readonly desk: string
  readonly version: number
  readonly base: CalendarBase
  readonly edits: CalendarEdits
}

export type CalendarChange = {
  readonly number: number
  readonly at: Instant
  readonly act: CalendarAct
  readonly operator: string | null
  readonly patch: CalendarPatch
  readonly undoes: number | null
}

/** The calendars of some desks as they are in force. */
export const keptCalendars = (sql: Sql, desks: readonly string[]): Promise<KeptCalendar[]> =>
  sql<KeptCalendar[]>`
    select desk, version, base, edits from desk_calendars where desk = any(${desks as string[]})`

/** A desk's calendar, which nobody else changes before the transaction ends. */
export async function lockedCalendar(tx: Sql, desk: string): Promise<KeptCalendar | undefined> {
  const [row] = await tx<KeptCalendar[]>`
    select desk, version, base, edits from desk_calendars where desk = ${desk} for update`
  return row
}

/** Puts a desk's first calendar down; a desk that has one keeps it. */
export const insertCalendar = (sql: Sql, { desk, base, edits }: Omit<KeptCalendar, 'version'>) =>
  sql`
    insert into desk_calendars (desk, version, base, edits)
    values (${desk}, 0, ${JSON.stringify(base)}::text::jsonb, ${JSON.stringify(edits)}::text::jsonb)
    on conflict do nothing`

/**
 * Changes a locked calendar, puts down who did it, and tells every process with the commit. Gives the change's number,
 * which is the calendar's new version.
 */
export async function changeCalendar(
  tx: Sql,
  to: Omit<KeptCalendar, 'version'>,
  change: Omit<CalendarChange, 'number' | 'operator'> & { readonly operatorId: string | null },
): Promise<number> {
  const [row] = await tx<{ number: number }[]>`
    insert into calendar_changes (desk, at, act, operator_id, patch, undoes)
    values (${to.desk}, ${change.at}, ${change.act}, ${change.operatorId},
      ${JSON.stringify(change.patch)}::text::jsonb, ${change.undoes})
    returning number`
  if (!row) throw new Error('a change of a calendar got no number')
  await tx`
    update desk_calendars set version = ${row.number}, base = ${JSON.stringify(to.base)}::text::jsonb,
      edits = ${JSON.stringify(to.edits)}::text::jsonb
    where desk = ${to.desk}`
  await tx`select pg_notify(${calendarsChannel}, ${to.desk})`
  return row.number
}

/** What was done to a desk's calendar, the latest first. */
export const calendarChangesOf = (sql: Sql, desk: string, limit: number): Promise<CalendarChange[]> =>
  sql<CalendarChange[]>`
    select c.number, c.at, c.act, o.name as operator, c.patch, c.undoes
    from calendar_changes c left join operators o on o.id = c.operator_id
    where c.desk = ${desk} order by c.number desc limit ${limit}`

export async function calendarChange(
  sql: Sql,
  desk: string,
  number: number,
): Promise<Pick<CalendarChange, 'number' | 'act' | 'patch'> | undefined> {
  const [row] = await sql<Pick<CalendarChange, 'number' | 'act' | 'patch'>[]>`
    select number, act, patch from calendar_changes where desk = ${desk} and number = ${number}`
  return row
}

/**
 * Takes the planning of a desk's deadlines anew upon a process until `until`; false: another one is at it. `now` is
 * the process's own clock.
 */
export async function claimReplanning(
  sql: Sql,
  desk: string,
  claim: { readonly process: string; readonly now: Instant; readonly until: Instant },
): Promise<boolean> {
  const rows = await sql`
    update desk_calendars set replanner_id = ${claim.process}, replanner_until = ${claim.until}
    where desk = ${desk} and (replanner_id = ${claim.process} or replanner_until is null
      or replanner_until < ${claim.now})
    returning 1`
  return rows.length > 0
}

/** Gives the planning back, for others to take at once. */
export const releaseReplanning = (sql: Sql, process: string) =>
  sql`update desk_calendars set replanner_id = null, replanner_until = null where replanner_id = ${process}`

/** Some of a desk's open conversations that were last worked out on an earlier calendar, but for those passed over. */
export async function conversationsToReplan(
  sql: Sql,
  desk: string,
  version: number,
  passed: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from conversations
    where desk = ${desk} and calendar_version < ${version} and stage in ('waiting', 'live')
      and id <> all(${passed as string[]}::uuid[])
    order by calendar_version limit ${limit}`
  return rows.map(({ id }) => id)
}

/** How many of them there are. */
export async function countToReplan(sql: Sql, desk: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from conversations c join desk_calendars k on k.desk = c.desk
    where c.desk = ${desk} and c.calendar_version < k.version and c.stage in ('waiting', 'live')`
  return row?.count ?? 0
}

export type OpenTicket = { readonly id: string; readonly channel: Channel; readonly ticket: Ticket }

/** The open requests of a desk after a conversation, by its id: page by page. */
export const openTicketsAfter = (
  sql: Sql,
  desk: string,
  after: string,
  limit: number,
): Promise<OpenTicket[]> =>
  sql<OpenTicket[]>`
    select id, channel, state->'ticket' as ticket from conversations
    where desk = ${desk} and stage in ('waiting', 'live') and id > ${after}
    order by id limit ${limit}`
