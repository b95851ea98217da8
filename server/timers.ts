import { randomUUID } from 'node:crypto'
import type { Sql } from '../db/client.ts'
import { claimDueTimers, nextTimerAt } from '../db/queries/timers.ts'
import type { TimerName } from '../engine/conversation/effect.ts'
import type { Accept } from './conversations/accept.ts'
import { startWorker, type Worker } from './worker.ts'

/** How long a process has to raise what it has claimed: of one that dies, others raise it then. */
const claimMilliseconds = 2_000
const batch = 200

/**
 * Raises deadlines at their moment as events of their conversations: sleeps until the next one, is woken when an
 * earlier one is set, and catches up at once with those that fell due while the server was down, in their order.
 * Each claim is an event of its own: the same deadline may be set again for the same moment, and one that is raised
 * twice leads to nothing in the conversation the second time.
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
    const claim = randomUUID()
    await Promise.all(
      due.map(async ({ conversationId, name, dueAt }) => {
        try {
          await ports.accept(conversationId, {
            type: 'timer.fired',
            id: `timer:${name}:${dueAt}:${claim}`,
            at: clock().toISOString(),
            timer: name as TimerName,
            dueAt,
          })
          ports.raised(Math.max(0, clock().getTime() - Date.parse(dueAt)) / 1000)
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
