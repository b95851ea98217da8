import type { Sql } from '../db/client.ts'
import { claimDueTimers, nextTimerAt } from '../db/queries/timers.ts'
import type { TimerName } from '../engine/conversation/effect.ts'
import type { Accept } from './conversations/accept.ts'
import { createSleeper } from './sleeper.ts'

export type Timers = {
  /** Looks again now: a deadline was set. */
  wake(): void
  stop(): Promise<void>
}

const claimMilliseconds = 20_000
const batch = 200
/** How long to sleep at most: the clock may be set, and another process may have died with its claims. */
const longestSleepMilliseconds = 5_000
const afterErrorMilliseconds = 500

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
}): Timers {
  const { sql, clock } = ports
  const sleeper = createSleeper()
  let stopped = false

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

  async function run() {
    while (!stopped) {
      try {
        if ((await raiseDue()) === batch) continue
        const now = clock()
        const next = await nextTimerAt(sql, now.toISOString())
        const wait = next === undefined ? longestSleepMilliseconds : Date.parse(next) - clock().getTime()
        if (!stopped) await sleeper.sleep(Math.min(Math.max(wait, 0), longestSleepMilliseconds))
      } catch (error) {
        if (stopped) return
        ports.failed(error)
        await sleeper.sleep(afterErrorMilliseconds)
      }
    }
  }

  const running = run()
  return {
    wake: () => sleeper.wake(),
    async stop() {
      stopped = true
      sleeper.wake()
      await running
    },
  }
}
