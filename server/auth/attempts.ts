/** How often something may be tried. */
type AttemptLimit = { readonly most: number; readonly withinMinutes: number }

export type Attempts = {
  /** Counts an attempt on every key, or counts none and says in how many minutes there may be one again. */
  readonly take: (keys: readonly AttemptKey[], now: Date) => { ok: true } | { ok: false; minutes: number }
  /** The attempt succeeded: it no longer counts, and what is to be forgotten is forgotten. */
  readonly giveBack: (keys: readonly AttemptKey[], forget: string) => void
}

export type AttemptKey = { readonly key: string; readonly limit: AttemptLimit }

const mostKeys = 20_000

/** Counts attempts in memory, in a window that slides. The oldest keys are forgotten when there are very many. */
export function countAttempts(): Attempts {
  const made = new Map<string, readonly number[]>()

  const recent = ({ key, limit }: AttemptKey, now: number) =>
    (made.get(key) ?? []).filter((at) => at > now - limit.withinMinutes * 60_000)

  return {
    take(keys, now) {
      const at = now.getTime()
      const waits = keys.map((key) => {
        const before = recent(key, at)
        const blocking = before.length >= key.limit.most ? before.at(-key.limit.most) : undefined
        return blocking === undefined ? 0 : blocking + key.limit.withinMinutes * 60_000 - at
      })
      const longest = Math.max(0, ...waits)
      if (longest > 0) return { ok: false, minutes: Math.ceil(longest / 60_000) }
      for (const key of keys) {
        const attempts = [...recent(key, at), at]
        made.delete(key.key)
        made.set(key.key, attempts)
      }
      for (const key of made.keys()) {
        if (made.size <= mostKeys) break
        made.delete(key)
      }
      return { ok: true }
    },
    giveBack(keys, forget) {
      for (const { key } of keys) made.set(key, (made.get(key) ?? []).slice(0, -1))
      made.delete(forget)
    },
  }
}
