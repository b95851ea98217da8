import type { FastifyRequest } from 'fastify'
import { type Role, roles } from '../../engine/wireAccess.ts'
import type { Operator } from '../auth/auth.ts'
import type { App, AppDeps } from './app.ts'
import { ownRequestsOnly } from './ownRequest.ts'
import { refuse } from './refuse.ts'

type Asked = { readonly raw: FastifyRequest['raw'] }

/**
 * Lets only people who are signed in, in one of these roles, to the routes of a scope, from our own pages, and to a
 * path's `:desk` only when it is theirs. Gives who asks.
 */
export function signedInOnly(
  app: App,
  { auth, desks, env }: Pick<AppDeps, 'auth' | 'desks' | 'env'>,
  allowed: readonly Role[] = roles,
): (request: Asked) => Operator {
  const asking = new WeakMap<FastifyRequest['raw'], Operator>()
  app.addHook('onRequest', ownRequestsOnly(env.publicUrl))
  app.addHook('onRequest', async (request, reply) => {
    const operator = await auth.operatorOfCookie(request.headers.cookie)
    if (!operator) return refuse(request, reply, 401, { key: 'refusal.signIn' })
    if (!allowed.includes(operator.role)) return refuse(request, reply, 403, { key: 'refusal.forbidden' })
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

/** Lets only supervisors and administrators to the routes of a scope, as `signedInOnly` does. */
export const supervisorsOnly = (
  app: App,
  deps: Pick<AppDeps, 'auth' | 'desks' | 'env'>,
): ReturnType<typeof signedInOnly> => signedInOnly(app, deps, ['supervisor', 'administrator'])

/** Writes down who changes something in a scope, and where; never with what. */
export function logChanges(app: App, askerOf: ReturnType<typeof signedInOnly>, what: string): void {
  app.addHook('onRequest', async (request) => {
    const { method, routeOptions } = request
    if (method !== 'GET')
      request.log.info({ operator: askerOf(request).id, method, route: routeOptions.url }, what)
  })
}
