import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again until there is an answer, and gives it; fails when patience ends, saying what was waited for. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  { patienceSeconds = 15, everyMilliseconds = 5 } = {},
): Promise<T> {
  const giveUpAt = performance.now() + patienceSeconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > giveUpAt) throw new Error(`in vain waited for: ${what}`)
    await sleep(everyMilliseconds)
  }
}
