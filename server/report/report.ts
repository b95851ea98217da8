import type { Sql } from '../../db/client.ts'
import { deflectionIn, type ReportScope, reportedTickets } from '../../db/queries/report.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import type { Desk } from '../../engine/desk.ts'
import { type MeasuredTicket, measureTicket, reportOf } from '../../engine/report.ts'
import type { Report } from '../../engine/wire.ts'

/** The desk a row belongs to; a row of no desk is a bug and throws. */
export function deskNamed(desks: ReadonlyMap<string, Desk>, id: string): Desk {
  const desk = desks.get(id)
  if (!desk) throw new Error(`no desk ${id}`)
  return desk
}

/** Makes the report of a period as things stand at `now`. */
export async function makeReport(
  sql: Sql,
  desks: ReadonlyMap<string, Desk>,
  scope: ReportScope,
  period: { readonly from: string; readonly to: string },
  now: Instant,
): Promise<Report> {
  const measured: MeasuredTicket[] = []
  for await (const tickets of reportedTickets(sql, scope))
    for (const ticket of tickets)
      measured.push(measureTicket(deskNamed(desks, ticket.desk).calendar, ticket, now))
  const deflection =
    scope.operator === undefined && scope.level === undefined ? await deflectionIn(sql, scope) : null
  return { ...reportOf(period, measured), deflection }
}
