import { reportQuerySchema } from '../../../engine/wireReport.ts'
import { makeReport } from '../../report/report.ts'
import { scopeOf } from '../../report/scope.ts'
import { ticketsCsv } from '../../report/ticketsCsv.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'
import { languageOf } from '../requestLanguage.ts'
import { supervisorsOnly } from '../signedInOnly.ts'

const oftenEnough = { rateLimit: { max: 60, timeWindow: 60_000 } }
const schema = { querystring: reportQuerySchema }

/** The supervisor's report and the tickets behind it: for supervisors and administrators, of their own desks. */
export async function reportRoutes(app: App, deps: AppDeps): Promise<void> {
  const { clock, database, desks } = deps
  const askerOf = supervisorsOnly(app, deps)

  app.get('/report', { config: oftenEnough, schema }, async (request, reply) => {
    const scope = scopeOf(desks, askerOf(request).desks, request.query)
    if (!scope) return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
    const { from, to } = request.query
    return makeReport(database.sql, desks, scope, { from, to }, clock().toISOString())
  })

  app.get('/report.csv', { config: oftenEnough, schema }, async (request, reply) => {
    const scope = scopeOf(desks, askerOf(request).desks, request.query)
    if (!scope) return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
    const { from, to } = request.query
    request.log.info({ operator: askerOf(request).id, from, to }, 'tickets exported')
    const csv = await ticketsCsv(database.sql, desks, scope, languageOf(request), clock().toISOString())
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="tickets-${from}-${to}.csv"`)
      .send(csv)
  })
}
