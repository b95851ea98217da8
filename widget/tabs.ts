import type { Keep } from './keep.ts'
import { type Entry, keptEntries } from './outbox.ts'

/** What is used of `navigator.locks`. */
export type Locks = Pick<LockManager, 'request'>

/**
 * Finds acts that closed tabs left unsent under `prefix` and hands them over, each to one living tab only: every tab
 * holds a lock named after its key as long as it lives. Without locks they are taken by every tab, which is harmless,
 * because the server drops an id it has seen.
 */
export async function adoptOrphans(
  keep: Keep,
  prefix: string,
  ownKey: string,
  locks: Locks | undefined,
  take: (entries: readonly Entry[]) => void,
): Promise<void> {
  const takeOver = (key: string) => {
    const entries = keptEntries(keep, key)
    take(entries)
    keep.remove(key)
  }
  for (const key of keep.keys(prefix)) {
    if (key === ownKey) continue
    if (!locks) takeOver(key)
    else
      await locks.request(key, { ifAvailable: true }, (lock) => {
        if (lock) takeOver(key)
      })
  }
}

/** Holds the lock that says this tab lives, until the page is gone. */
export function liveAs(key: string, locks: Locks | undefined): void {
  locks?.request(key, () => new Promise(() => {})).catch(() => {})
}
