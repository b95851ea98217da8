import type { Sql } from '../../db/client.ts'
import { alertsSeenAt, recentAlerts } from '../../db/queries/alerts.ts'
import { type Alert, alertKinds, isForOperator, occasionOf } from '../../engine/alert.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import type { WireAlert } from '../../engine/wireEscalation.ts'
import type { Operator } from '../auth/auth.ts'
import { operatorRoom, supervisorsRoom } from './rooms.ts'

/** What a console shows of what has happened. */
const mostShown = 50
const shownMilliseconds = 7 * 24 * 60 * 60_000

export const wireAlert = (
  conversationId: string,
  desk: string,
  { seq, kind, number, operatorId, metric, dueAt, at }: Omit<Alert, 'minutes'>,
): WireAlert => ({
  id: `${conversationId}:${seq}`,
  kind,
  desk,
  conversationId,
  number,
  operatorId,
  metric,
  dueAt,
  at,
})

/** The rooms of those who are told of an alert: the desk's supervisors, and whose conversation it is. */
export const alertRooms = (desk: string, { kind, operatorId }: Alert): readonly string[] => [
  ...(occasionOf(kind) ? [supervisorsRoom(desk)] : []),
  ...(operatorId !== null && isForOperator(kind) ? [operatorRoom(operatorId)] : []),
]

/** What an operator was alerted of lately, newest first, and up to when they have seen it. */
export async function alertsFor(
  sql: Sql,
  { id, role, desks }: Operator,
  now: Date,
): Promise<{ readonly alerts: readonly WireAlert[]; readonly alertsSeenAt: Instant | null }> {
  const who = { id, desks, supervises: role !== 'operator', ownKinds: alertKinds.filter(isForOperator) }
  const since = new Date(now.getTime() - shownMilliseconds).toISOString()
  const [rows, seenAt] = await Promise.all([recentAlerts(sql, who, since, mostShown), alertsSeenAt(sql, id)])
  return { alerts: rows.map((row) => wireAlert(row.conversationId, row.desk, row)), alertsSeenAt: seenAt }
}
