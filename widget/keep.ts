/** A small text store that never throws; `lasting` says whether it outlives the page. */
export type Keep = {
  readonly lasting: boolean
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
  readonly remove: (key: string) => void
  readonly keys: (prefix: string) => readonly string[]
}

/**
 * Keeps texts in the browser's storage, or in memory when the browser refuses (blocked third-party storage, a full
 * disk). `storage` is a function because merely naming `localStorage` may throw.
 */
export function keepOf(storage: () => Storage): Keep {
  const memory = new Map<string, string>()
  const area = usable(storage)
  return {
    lasting: area !== undefined,
    get: (key) => memory.get(key) ?? area?.getItem(key) ?? undefined,
    set: (key, value) => {
      try {
        if (!area) throw new Error('no storage')
        area.setItem(key, value)
        memory.delete(key)
      } catch {
        memory.set(key, value)
      }
    },
    remove: (key) => {
      memory.delete(key)
      area?.removeItem(key)
    },
    keys: (prefix) =>
      [...new Set([...memory.keys(), ...(area ? Object.keys(area) : [])])].filter((key) =>
        key.startsWith(prefix),
      ),
  }
}

function usable(storage: () => Storage): Storage | undefined {
  try {
    const area = storage()
    area.setItem('komekshi.probe', '1')
    area.removeItem('komekshi.probe')
    return area
  } catch {
    return undefined
  }
}
