import { type Alert, type AlertKind, alertKinds, occasionOf } from '../../engine/alert.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import type { Metric } from '../../engine/desk.ts'
import type { Sql } from '../client.ts'
import type { Aggregate } from './loadAggregates.ts'

/** The columns of `alerts` that are written, and the same with their types. */
export const alertNames =
  'conversation_id, seq, desk, kind, number, operator_id, metric, minutes, due_at, at, told_at'
export const alertTypes = `conversation_id uuid, seq int, desk text, kind text, number int, operator_id uuid,
  metric text, minutes int, due_at timestamptz, at timestamptz, told_at timestamptz`

/** An alert as a row; one that is only for the console has been told as soon as it is there. */
export const alertRow = ({ id, desk }: Pick<Aggregate, 'id' | 'desk'>, alert: Alert) => ({
  conversation_id: id,
  seq: alert.seq,
  desk,
  kind: alert.kind,
  number: alert.number,
  operator_id: alert.operatorId,
  metric: alert.metric,
  minutes: alert.minutes,
  due_at: alert.dueAt,
  at: alert.at,
  told_at: occasionOf(alert.kind) === undefined ? alert.at : null,
})

export type StoredAlert = {
  readonly conversationId: string
  readonly seq: number
  readonly desk: string
  readonly kind: AlertKind
  readonly number: number | null
  readonly operatorId: string | null
  readonly metric: Metric | null
  readonly minutes: number | null
  readonly dueAt: Instant | null
  readonly at: Instant
}

const columns = `conversation_id as "conversationId", seq, desk, kind, number, operator_id as "operatorId", metric,
  minutes, due_at as "dueAt", at`

const forSupervisors = alertKinds.filter((kind) => occasionOf(kind) !== undefined)

/**
 * The newest alerts for an operator: those of their own conversations, and for a supervisor also those of their desks
 * that supervisors are told of; the oldest of them is `since`.
 */
export const recentAlerts = (
  sql: Sql,
  who: {
    readonly id: string
    readonly supervises: boolean
    readonly desks: readonly string[]
    readonly ownKinds: readonly AlertKind[]
  },
  since: Instant,
  limit: number,
): Promise<StoredAlert[]> => sql<StoredAlert[]>`
  select ${sql.unsafe(columns)} from (
    (select * from alerts where operator_id = ${who.id} and kind = any(${[...who.ownKinds]}::text[])
        and at >= ${since} order by at desc limit ${limit})
    union
    (select * from alerts where ${who.supervises} and desk = any(${[...who.desks]}::text[])
        and kind = any(${forSupervisors}::text[]) and at >= ${since} order by at desc limit ${limit})) a
  order by at desc, conversation_id, seq desc limit ${limit}`

/** Moves the mark up to which an operator has seen their alerts, never back; gives where it is now. */
export async function moveAlertsSeen(sql: Sql, operatorId: string, at: Instant): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }[]>`
    update operators set alerts_seen_at = greatest(alerts_seen_at, ${at}::timestamptz) where id = ${operatorId}
    returning alerts_seen_at as at`
  return row?.at ?? null
}

export async function alertsSeenAt(sql: Sql, operatorId: string): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }[]>`
    select alerts_seen_at as at from operators where id = ${operatorId}`
  return row?.at ?? null
}

/** Forgets what nobody looks up any more. */
export const forgetAlerts = (sql: Sql, before: Instant) => sql`delete from alerts where at < ${before}`
