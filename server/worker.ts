import { createSleeper } from './sleeper.ts'

export type Worker = {
  /** Looks again now: there is something to do. */
  wake(): void
  /** Resolves when the round under way has ended; no other begins. */
  stop(): Promise<void>
}

/** How long to sleep at most: another process may have died with its claims. */
const longestSleepMilliseconds = 5_000
/** How often to look at the clock meanwhile: it may be set. */
const lookMilliseconds = 200
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

  /** Until that moment by the clock, however it is set meanwhile. */
  async function sleepUntil(next: string | undefined) {
    const wakesAt = performance.now() + longestSleepMilliseconds
    for (;;) {
      const longest = wakesAt - performance.now()
      const wait = next === undefined ? longest : Date.parse(next) - ports.clock().getTime()
      const woken = await sleeper.sleep(Math.min(wait, longest, lookMilliseconds))
      if (woken || wait <= lookMilliseconds || longest <= lookMilliseconds) return
    }
  }

  async function run() {
    while (!stopped) {
      try {
        const next = await ports.round({ wake })
        if (!stopped) await sleepUntil(next)
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
