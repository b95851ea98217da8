import type { Sql } from '../db/client.ts'
import { claimDueTimers, nextTimerAt } from '../db/queries/timers.ts'
import type { TimerName } from '../engine/conversation/effect.ts'
import type { Accept } from './conversations/accept.ts'
import { startWorker, type Worker } from './worker.ts'

const claimMilliseconds = 20_000
const batch = 200
/**
 * Raises deadlines at their moment as events of their conversations: sleeps until the next one, is woken when an
 * earlier one is set, and catches up at once with those that fell due while the server was down, in their order.
 */
export function startTimers(ports: {
  readonly sql: Sql
  readonly accept: Accept['accept']
  readonly clock: () => Date
  readonly raised: (latenessSeconds: number) => void
  readonly failed: (error: unknown) => void
}): Worker {
  const { sql, clock } = ports
  async function raiseDue(): Promise<number> {
    const now = clock()
    const until = new Date(now.getTime() + claimMilliseconds).toISOString()
    const due = await claimDueTimers(sql, now.toISOString(), until, batch)
    await Promise.all(
      due.map(async ({ conversationId, name, dueAt }) => {
        try {
          const at = clock()
          ports.raised(Math.max(0, at.getTime() - Date.parse(dueAt)) / 1000)
          await ports.accept(conversationId, {
            type: 'timer.fired',
            id: `timer:${name}:${dueAt}`,
            at: at.toISOString(),
            timer: name as TimerName,
            dueAt,
          })
        } catch (error) {
          ports.failed(error)
        }
      }),
    )
    return due.length
  }

  return startWorker({
    clock,
    failed: ports.failed,
    async round() {
      if ((await raiseDue()) === batch) return clock().toISOString()
      return nextTimerAt(sql, clock().toISOString())
    },
  })
}
