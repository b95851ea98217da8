import { createSleeper } from './sleeper.ts'

export type Worker = {
  /** Looks again now: there is something to do. */
  wake(): void
  /** Resolves when the round under way has ended; no other begins. */
  stop(): Promise<void>
}

/** How long to sleep at most: the clock may be set, and another process may have died with its claims. */
const longestSleepMilliseconds = 5_000
const afterErrorMilliseconds = 500

/**
 * Does a piece of work round after round. A round tells when the next one is due, as an instant (in the past: at
 * once; undefined: when woken). A round that fails is told and tried again after a breath.
 */
export function startWorker(ports: {
  readonly round: (worker: Pick<Worker, 'wake'>) => Promise<string | undefined>
  readonly clock: () => Date
  readonly failed: (error: unknown) => void
}): Worker {
  const sleeper = createSleeper()
  const wake = () => sleeper.wake()
  let stopped = false

  async function run() {
    while (!stopped) {
      try {
        const next = await ports.round({ wake })
        const wait =
          next === undefined ? longestSleepMilliseconds : Date.parse(next) - ports.clock().getTime()
        if (!stopped) await sleeper.sleep(Math.min(wait, longestSleepMilliseconds))
      } catch (error) {
        if (stopped) return
        ports.failed(error)
        await sleeper.sleep(afterErrorMilliseconds)
      }
    }
  }

  const running = run()
  return {
    wake,
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}
