import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { escalationSchema } from '../../../engine/wireEscalation.ts'
import type { Operator } from '../../auth/auth.ts'
import type { App, AppDeps } from '../app.ts'
import { ownRequestsOnly } from '../ownRequest.ts'
import { refuse } from '../refuse.ts'
import { languageOf } from '../requestLanguage.ts'

const often = { rateLimit: { max: 120, timeWindow: 60_000 } }
const seldom = { rateLimit: { max: 20, timeWindow: 60_000 } }
const byDesk = z.object({ desk: z.string().max(32) })

/** Where supervisors are told of what befalls their desks: each supervisor sees and changes those of their own desks. */
export async function escalationRoutes(app: App, { auth, desks, env, escalation }: AppDeps): Promise<void> {
  const asking = new WeakMap<FastifyRequest['raw'], Operator>()

  app.addHook('onRequest', ownRequestsOnly(env.publicUrl))
  app.addHook('onRequest', async (request, reply) => {
    const operator = await auth.operatorOfCookie(request.headers.cookie)
    if (!operator) return refuse(request, reply, 401, { key: 'refusal.signIn' })
    if (operator.role === 'operator') return refuse(request, reply, 403, { key: 'refusal.forbidden' })
    asking.set(request.raw, operator)
    const { method, routeOptions } = request
    if (method !== 'GET')
      request.log.info({ operator: operator.id, method, route: routeOptions.url }, 'escalation')
    return undefined
  })
  /** Who asks; only supervisors come so far. */
  function askerOf(request: { readonly raw: FastifyRequest['raw'] }): Operator {
    const operator = asking.get(request.raw)
    if (!operator) throw new Error('nobody asks')
    return operator
  }
  const own = (operator: Operator) => operator.desks.filter((id) => desks.has(id))
  app.addHook('preHandler', async (request, reply) => {
    const { desk } = request.params as { readonly desk?: string }
    if (desk === undefined || own(askerOf(request)).includes(desk)) return undefined
    return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
  })

  app.get('/', { config: often }, async (request) => escalation.look(own(askerOf(request))))

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
