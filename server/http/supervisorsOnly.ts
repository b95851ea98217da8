import type { FastifyRequest } from 'fastify'
import type { Operator } from '../auth/auth.ts'
import type { App, AppDeps } from './app.ts'
import { ownRequestsOnly } from './ownRequest.ts'
import { refuse } from './refuse.ts'

type Asked = { readonly raw: FastifyRequest['raw'] }

/**
 * Lets only supervisors and administrators to the routes of a scope, and to a path's `:desk` only when it is theirs.
 * Gives who asks.
 */
export function supervisorsOnly(
  app: App,
  { auth, desks, env }: Pick<AppDeps, 'auth' | 'desks' | 'env'>,
): (request: Asked) => Operator {
  const asking = new WeakMap<FastifyRequest['raw'], Operator>()
  app.addHook('onRequest', ownRequestsOnly(env.publicUrl))
  app.addHook('onRequest', async (request, reply) => {
    const operator = await auth.operatorOfCookie(request.headers.cookie)
    if (!operator) return refuse(request, reply, 401, { key: 'refusal.signIn' })
    if (operator.role === 'operator') return refuse(request, reply, 403, { key: 'refusal.forbidden' })
    const { desk } = request.params as { readonly desk?: string }
    if (desk !== undefined && !(operator.desks.includes(desk) && desks.has(desk)))
      return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
    asking.set(request.raw, operator)
    return undefined
  })
  return ({ raw }) => {
    const operator = asking.get(raw)
    if (!operator) throw new Error('nobody is signed in')
    return operator
  }
}
