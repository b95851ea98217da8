import { z } from 'zod'
import { languages } from '../../../engine/language.ts'
import { mostCapacity } from '../../../engine/limits.ts'
import { acceptInvitationSchema, invitationSchema, loginSchema, roles } from '../../../engine/wireAccess.ts'
import type { Operator } from '../../auth/auth.ts'
import { endedSessionCookie, sessionCookie } from '../../auth/sessionCookie.ts'
import { wireOperator } from '../../sockets/consoleSocket.ts'
import type { App, AppDeps } from '../app.ts'
import { ownRequestsOnly } from '../ownRequest.ts'
import { refuse } from '../refuse.ts'
import { logChanges, signedInOnly } from '../signedInOnly.ts'

const guesses = { rateLimit: { max: 60, timeWindow: 60_000 } }

const changeSchema = z
  .strictObject({
    active: z.boolean().exactOptional(),
    role: z.enum(roles).exactOptional(),
    desks: z.array(z.string().max(32)).min(1).exactOptional(),
    languages: z.array(z.enum(languages)).min(1).exactOptional(),
    capacity: z.number().int().min(1).max(mostCapacity).nullable().exactOptional(),
  })
  .refine((change) => Object.keys(change).length > 0)

const byId = z.object({ id: z.uuid() })
const byToken = z.object({ token: z.string().max(200) })

/** The console's HTTP API: signing in and out, taking up an invitation, and what administrators do. */
export async function consoleRoutes(app: App, deps: AppDeps): Promise<void> {
  const { auth, env } = deps
  const secure = env.publicUrl.startsWith('https:')
  const wire = (operator: Operator) => wireOperator(operator, deps.presenceOf(operator.id))
  app.addHook('onRequest', ownRequestsOnly(env.publicUrl))

  app.post('/login', { config: guesses, schema: { body: loginSchema } }, async (request, reply) => {
    const outcome = await auth.login({ ...request.body, address: request.ip })
    if (!outcome.ok) return refuse(request, reply, outcome.status, outcome.refusal)
    return reply.code(204).header('set-cookie', sessionCookie(outcome.token, secure)).send()
  })

  app.post('/logout', async (request, reply) => {
    await auth.logout(request.headers.cookie)
    return reply.code(204).header('set-cookie', endedSessionCookie(secure)).send()
  })

  app.get('/me', async (request, reply) => {
    const operator = await auth.operatorOfCookie(request.headers.cookie)
    return operator ? wire(operator) : refuse(request, reply, 401, { key: 'refusal.signIn' })
  })

  app.get('/invitations/:token', { config: guesses, schema: { params: byToken } }, async (request, reply) => {
    const invitation = await auth.invitationOf(request.params.token)
    if (!invitation) return refuse(request, reply, 404, { key: 'refusal.invitationGone' })
    const { email, role } = invitation
    return { email, role, firstAdministrator: email === null }
  })

  app.post(
    '/accept',
    { config: guesses, schema: { body: acceptInvitationSchema } },
    async (request, reply) => {
      const outcome = await auth.accept(request.body)
      if (!outcome.ok) return refuse(request, reply, outcome.status, outcome.refusal)
      return reply.code(204).header('set-cookie', sessionCookie(outcome.token, secure)).send()
    },
  )

  await app.register(async (scope) => {
    const administered: App = scope
    logChanges(administered, signedInOnly(administered, deps, ['administrator']), 'administration')

    administered.get('/invitations', async () => {
      const pending = await auth.pendingInvitations()
      return pending.map(({ id, email, role, desks, languages, expiresAt }) => ({
        id,
        email,
        role,
        desks,
        languages,
        expiresAt,
      }))
    })

    administered.post('/invitations', { schema: { body: invitationSchema } }, async (request, reply) => {
      const outcome = await auth.inviteOperator(request.body)
      if (!outcome.ok) return refuse(request, reply, outcome.status, outcome.refusal)
      return reply.code(201).send({ link: outcome.link, expiresAt: outcome.expiresAt })
    })

    administered.delete('/invitations/:id', { schema: { params: byId } }, async (request, reply) =>
      (await auth.withdrawInvitation(request.params.id))
        ? reply.code(204).send()
        : refuse(request, reply, 404, { key: 'refusal.invitationGone' }),
    )

    administered.get('/operators', async () => (await auth.operators()).map(wire))

    administered.patch(
      '/operators/:id',
      { schema: { params: byId, body: changeSchema } },
      async (request, reply) => {
        const outcome = await auth.changeOperator(request.params.id, request.body)
        return outcome.ok ? wire(outcome.operator) : refuse(request, reply, outcome.status, outcome.refusal)
      },
    )
  })
}
