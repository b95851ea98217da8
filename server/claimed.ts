import { holdClaim } from '../db/claim.ts'
import type { Connection } from '../db/connection.ts'

type Part = { stop(): Promise<void> }

/** A part of the server as it runs in this process now. */
export type Claimed<T> = { current(): T | undefined; stop(): Promise<void> }

/**
 * Runs a part of which one process of several does more than the others: started with whether this is the one, and
 * anew whenever that changes; when the one dies, another takes its place.
 */
export function startClaimed<T extends Part>(ports: {
  /** The database of all processes; undefined: there is no other. */
  readonly shared: Connection | undefined
  /** Names the work; no other lock of ours has the same number. */
  readonly key: number
  readonly start: (mine: boolean) => T | undefined
  readonly failed: (error: unknown) => void
}): Claimed<T> {
  const { shared, key, start, failed } = ports
  let current = start(shared === undefined)
  const claim =
    shared === undefined
      ? undefined
      : holdClaim(
          shared,
          key,
          (mine) => {
            const before = current
            current = start(mine)
            before?.stop().catch(failed)
          },
          failed,
        )
  return {
    current: () => current,
    async stop() {
      await claim?.stop()
      await current?.stop()
    },
  }
}
