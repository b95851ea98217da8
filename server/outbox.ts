import type { Sql } from '../db/client.ts'
import {
  claimOutbox,
  nextOutboxAt,
  type OutboxItem,
  outboxDelivered,
  outboxFailed,
  outboxMoved,
  outboxRetry,
  outboxUnreachable,
  prolongOutboxClaim,
} from '../db/queries/outbox.ts'
import { startWorker, type Worker } from './worker.ts'

/** What became of one message that was pushed to a channel. */
export type DeliveryResult =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'retryAt'; readonly afterSeconds: number; readonly description: string }
  | { readonly outcome: 'unreachable'; readonly reason: 'blocked' | 'refused' }
  | { readonly outcome: 'refused'; readonly description: string }
  /** What was at this address is at another from now on (a Telegram group that has grown). */
  | { readonly outcome: 'moved'; readonly address: string }

const claimMilliseconds = 60_000
/** A delivery that takes long stays claimed by who is at it. */
const prolongMilliseconds = 20_000
const batch = 30

/**
 * Pushes queued messages to channels that do not fetch: in order and one at a time to each address, many addresses
 * side by side, again and again until the channel has delivered or refused. A crash in between delivers later.
 */
export function startOutbox(ports: {
  readonly sql: Sql
  readonly clock: () => Date
  readonly deliver: (item: OutboxItem) => Promise<DeliveryResult>
  readonly unreachable: (item: OutboxItem, reason: 'blocked' | 'refused') => Promise<void>
  readonly moved: (item: OutboxItem, address: string) => Promise<void>
  readonly ended: (item: OutboxItem, outcome: DeliveryResult['outcome']) => void
  readonly failed: (error: unknown) => void
}): Worker {
  const { sql, clock } = ports
  const underWay = new Set<Promise<void>>()

  const later = (milliseconds: number) => new Date(clock().getTime() + milliseconds).toISOString()

  async function deliver(item: OutboxItem) {
    let result: DeliveryResult
    const prolonging = setInterval(() => {
      prolongOutboxClaim(sql, item.id, later(claimMilliseconds)).catch(ports.failed)
    }, prolongMilliseconds)
    try {
      result = await ports.deliver(item)
    } catch (error) {
      ports.failed(error)
      const afterSeconds = Math.min(300, 2 ** Math.min(item.attempts, 8))
      result = {
        outcome: 'retryAt',
        afterSeconds,
        description: error instanceof Error ? error.name : 'error',
      }
    } finally {
      clearInterval(prolonging)
    }
    const now = clock()
    switch (result.outcome) {
      case 'delivered':
        await outboxDelivered(sql, item.id)
        break
      case 'retryAt':
        await outboxRetry(sql, item.id, later(result.afterSeconds * 1000), result.description)
        break
      case 'moved':
        await ports.moved(item, result.address)
        await outboxMoved(sql, item, result.address)
        break
      case 'refused':
        await outboxFailed(sql, item.id, now.toISOString(), result.description)
        await ports.unreachable(item, 'refused')
        break
      case 'unreachable':
        await outboxUnreachable(sql, item.channel, item.address, now.toISOString(), result.reason)
        await ports.unreachable(item, result.reason)
    }
    ports.ended(item, result.outcome)
  }

  const worker = startWorker({
    clock,
    failed: ports.failed,
    async round({ wake }) {
      const now = clock()
      const until = later(claimMilliseconds)
      const free = batch - underWay.size
      const items = free > 0 ? await claimOutbox(sql, now.toISOString(), until, free) : []
      for (const item of items) {
        const work = deliver(item)
          .catch(ports.failed)
          .finally(() => {
            underWay.delete(work)
            wake()
          })
        underWay.add(work)
      }
      // with no room for more, the next delivery that ends wakes
      return underWay.size < batch ? nextOutboxAt(sql, clock().toISOString()) : undefined
    },
  })
  return {
    wake: worker.wake,
    async stop() {
      await worker.stop()
      await Promise.allSettled(underWay)
    },
  }
}
