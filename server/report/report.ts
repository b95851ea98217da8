import type { SqlPool } from '../../db/client.ts'
import {
  articleUseIn,
  deflectionIn,
  questionsIn,
  type ReportScope,
  reportedTickets,
} from '../../db/queries/report.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import type { Desk } from '../../engine/desk.ts'
import { type MeasuredTicket, measureTicket, reportOf } from '../../engine/report.ts'
import type { Deflection, Report } from '../../engine/wireReport.ts'

/** The desk a row belongs to; a row of no desk is a bug and throws. */
export function deskNamed(desks: ReadonlyMap<string, Desk>, id: string): Desk {
  const desk = desks.get(id)
  if (!desk) throw new Error(`no desk ${id}`)
  return desk
}

/** Makes the report of a period as things stand at `now`. */
export async function makeReport(
  sql: SqlPool,
  desks: ReadonlyMap<string, Desk>,
  scope: ReportScope,
  period: { readonly from: string; readonly to: string },
  now: Instant,
): Promise<Report> {
  const measured: MeasuredTicket[] = []
  for await (const tickets of reportedTickets(sql, scope))
    for (const ticket of tickets)
      measured.push(measureTicket(deskNamed(desks, ticket.desk).calendar, ticket, now))
  const whole = scope.operator === undefined && scope.level === undefined
  return { ...reportOf(period, measured), deflection: whole ? await deflectionOf(sql, scope) : null }
}

async function deflectionOf(sql: SqlPool, scope: ReportScope): Promise<Deflection> {
  const [conversations, questions, articles] = await Promise.all([
    deflectionIn(sql, scope),
    questionsIn(sql, scope),
    articleUseIn(sql, scope),
  ])
  return { ...conversations, questions, articles }
}
