import { z } from 'zod'
import { handRequestSchema, requestPlaceSchema, type WireRegistered } from '../../../engine/wireRequests.ts'
import { unreadable } from '../../sockets/refusalText.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'
import { logChanges, signedInOnly } from '../signedInOnly.ts'

const often = { rateLimit: { max: 60, timeWindow: 60_000 } }
/** Several long answers, and what was written besides. */
const bodyLimit = 256 * 1024

/** Requests that came by telephone or on paper, put down by the operators of their own desks. */
export async function requestRoutes(app: App, { handRequests, ...deps }: AppDeps): Promise<void> {
  const askerOf = signedInOnly(app, deps)
  logChanges(app, askerOf, 'requests put down')

  app.post(
    '/place',
    { config: often, schema: { body: requestPlaceSchema } },
    async (request, reply): Promise<unknown> => {
      const placed = await handRequests.place(askerOf(request), request.body)
      if (!placed.ok) return refuse(request, reply, placed.status, placed.refusal)
      return { conversationId: placed.conversationId }
    },
  )

  // read here: what is too long is said by field
  app.post('', { config: often, bodyLimit, schema: { body: z.unknown() } }, async (request, reply) => {
    const parsed = handRequestSchema.safeParse(request.body)
    if (!parsed.success) return refuse(request, reply, 400, unreadable(parsed.error))
    const done = await handRequests.register(askerOf(request), parsed.data)
    if (!done.ok) return refuse(request, reply, done.status, done.refusal)
    const { conversationId, number, repeated } = done
    return { conversationId, number, repeated } satisfies WireRegistered
  })
}
