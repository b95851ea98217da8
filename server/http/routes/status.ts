import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Sql } from '../../../db/client.ts'
import type { App, AppDeps } from '../app.ts'
import { isNearby } from '../isNearby.ts'
import { onNothingFound } from '../mishaps.ts'

const answerWithinMs = 1_000

/**
 * `/healthz`: the process lives. `/readyz`: the database answers within a second. `/metrics`: for Prometheus, only to
 * this machine and its private network, and never through a proxy; a proxy that adds no forwarding header must not
 * pass `/metrics` on.
 */
export function statusRoutes(app: App, { database, metrics }: AppDeps): void {
  app.get(
    '/healthz',
    {
      schema: {
        tags: ['state'],
        summary: 'Whether the process lives',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        tags: ['state'],
        summary: 'Whether the server can work: 200 only when the database answers',
        response: {
          200: z.object({ status: z.literal('ready') }),
          503: z.object({ status: z.literal('unavailable') }),
        },
      },
    },
    async (_, reply) =>
      (await answers(database.sql))
        ? reply.send({ status: 'ready' })
        : reply.code(503).send({ status: 'unavailable' }),
  )

  app.get('/metrics', async (request, reply) =>
    isNearby(request)
      ? reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
      : onNothingFound(request, reply),
  )
}

async function answers(sql: Sql): Promise<boolean> {
  const giveUp = new AbortController()
  const answered = sql`select 1`.then(
    () => true,
    () => false,
  )
  const late = sleep(answerWithinMs, false, { signal: giveUp.signal }).catch(() => false)
  const ready = await Promise.race([answered, late])
  giveUp.abort()
  return ready
}
