import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Desk } from '../../../engine/desk.ts'
import { calendarChangeSchema, calendarQuerySchema } from '../../../engine/wireCalendar.ts'
import type { Operator } from '../../auth/auth.ts'
import { createCalendars } from '../../calendars/calendars.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'
import { supervisorsOnly } from '../signedInOnly.ts'

const often = { rateLimit: { max: 120, timeWindow: 60_000 } }
const seldom = { rateLimit: { max: 30, timeWindow: 60_000 } }

/** The desks' calendars: supervisors and administrators look at those of their own desks and change them. */
export async function calendarRoutes(app: App, deps: AppDeps): Promise<void> {
  const { desks } = deps
  const calendars = createCalendars(deps)
  const askerOf = supervisorsOnly(app, deps)

  type Asked = FastifyRequest & { readonly raw: FastifyRequest['raw'] }
  /** Who asks, and the desk of theirs that it is about; undefined once that was refused. */
  function ask(
    request: Asked,
    reply: FastifyReply,
    id: string,
  ): { operator: Operator; desk: Desk } | undefined {
    const operator = askerOf(request)
    const desk = operator.desks.includes(id) ? desks.get(id) : undefined
    if (desk) return { operator, desk }
    refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
    return undefined
  }

  app.get('', { config: often, schema: { querystring: calendarQuerySchema } }, async (request, reply) => {
    const asked = ask(request, reply, request.query.desk)
    return asked ? calendars.view(asked.desk, request.query.year) : reply
  })

  app.post('/preview', { config: seldom, schema: { body: calendarChangeSchema } }, async (request, reply) => {
    const asked = ask(request, reply, request.body.desk)
    if (!asked) return reply
    const { version, edit } = request.body
    const outcome = await calendars.preview(asked.desk, version, edit)
    return outcome.ok ? outcome.preview : refuse(request, reply, outcome.status, outcome.refusal)
  })

  app.post(
    '',
    {
      config: seldom,
      schema: { querystring: calendarQuerySchema.pick({ year: true }), body: calendarChangeSchema },
    },
    async (request, reply) => {
      const asked = ask(request, reply, request.body.desk)
      if (!asked) return reply
      const { version, edit } = request.body
      const { operator, desk } = asked
      request.log.info({ operator: operator.id, desk: desk.id, edit: edit.type }, 'calendar changed')
      const outcome = await calendars.change(
        desk,
        { version, edit, operatorId: operator.id },
        request.query.year,
      )
      return outcome.ok ? outcome.calendar : refuse(request, reply, outcome.status, outcome.refusal)
    },
  )
}
