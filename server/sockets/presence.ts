/** Counts who is connected, by id. */
export type Presence = {
  /** One more connection; true when it is the first. */
  came(id: string): boolean
  /** One less; true when it was the last. */
  left(id: string): boolean
  has(id: string): boolean
  readonly size: number
}

export function createPresence(): Presence {
  const counts = new Map<string, number>()
  return {
    came(id) {
      const count = (counts.get(id) ?? 0) + 1
      counts.set(id, count)
      return count === 1
    },
    left(id) {
      const count = (counts.get(id) ?? 1) - 1
      if (count > 0) counts.set(id, count)
      else counts.delete(id)
      return count <= 0
    },
    has: (id) => counts.has(id),
    get size() {
      return counts.size
    },
  }
}
