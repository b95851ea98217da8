import { z } from 'zod'
import { escalationSchema } from '../../../engine/wireEscalation.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'
import { languageOf } from '../requestLanguage.ts'
import { logChanges, supervisorsOnly } from '../signedInOnly.ts'

const often = { rateLimit: { max: 120, timeWindow: 60_000 } }
const seldom = { rateLimit: { max: 20, timeWindow: 60_000 } }
const byDesk = z.object({ desk: z.string().max(32) })

/** Where supervisors are told of what befalls their desks: each supervisor sees and changes those of their own desks. */
export async function escalationRoutes(app: App, deps: AppDeps): Promise<void> {
  const { desks, escalation } = deps
  const askerOf = supervisorsOnly(app, deps)
  logChanges(app, askerOf, 'escalation')

  app.get('/', { config: often }, async (request) =>
    escalation.look(askerOf(request).desks.filter((id) => desks.has(id))),
  )

  app.put(
    '/:desk',
    { config: often, schema: { params: byDesk, body: escalationSchema } },
    async (request, reply) => {
      const outcome = await escalation.save(request.params.desk, request.body)
      return outcome.ok ? outcome.settings : refuse(request, reply, outcome.status, outcome.refusal)
    },
  )

  app.post('/:desk/chat', { config: seldom, schema: { params: byDesk } }, async (request, reply) => {
    const outcome = await escalation.newCode(askerOf(request), request.params.desk, languageOf(request))
    return outcome.ok
      ? reply.code(201).send(outcome.code)
      : refuse(request, reply, outcome.status, outcome.refusal)
  })

  app.delete('/:desk/chat', { config: often, schema: { params: byDesk } }, async (request) =>
    escalation.disconnect(request.params.desk),
  )

  app.post('/:desk/trial', { config: seldom, schema: { params: byDesk } }, async (request, reply) => {
    const outcome = await escalation.trial(request.params.desk)
    return outcome.ok
      ? reply.code(202).send({ sent: outcome.sent })
      : refuse(request, reply, outcome.status, outcome.refusal)
  })
}
