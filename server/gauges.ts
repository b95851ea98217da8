import type { Sql } from '../db/client.ts'
import { countStages } from '../db/queries/conversations.ts'
import { outboxPending } from '../db/queries/outbox.ts'
import type { Metrics } from './metrics.ts'
import type { Sockets } from './sockets/openSockets.ts'

const everyMilliseconds = 15_000

/** Keeps the gauges as things stand: conversations, what waits to be delivered, open sockets. Gives what ends that. */
export function startGauges(ports: {
  readonly sql: Sql
  readonly metrics: Metrics
  readonly sockets: Sockets
  readonly failed: (error: unknown) => void
}): () => void {
  const { sql, metrics, sockets } = ports
  const timer = setInterval(async () => {
    try {
      metrics.conversations.reset()
      for (const { desk, stage, count } of await countStages(sql))
        metrics.conversations.set({ desk, stage }, count)
      metrics.outboxPending.set(await outboxPending(sql))
      metrics.sockets.set({ namespace: 'visitor' }, sockets.visitors.sockets.size)
      metrics.sockets.set({ namespace: 'console' }, sockets.consoles.sockets.size)
    } catch (error) {
      ports.failed(error)
    }
  }, everyMilliseconds)
  return () => clearInterval(timer)
}
