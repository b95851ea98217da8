/** A place for small texts that outlive the page. */
export type Store = {
  readonly read: (key: string) => string | undefined
  readonly write: (key: string, value: string | undefined) => void
}

/** The browser's storage under our own prefix; where it is forbidden or full, nothing is kept and nothing breaks. */
export function browserStore(storage: () => Storage): Store {
  const attempt = <T>(step: () => T): T | undefined => {
    try {
      return step()
    } catch {
      return undefined
    }
  }
  const named = (key: string) => `komekshi.console.${key}`
  return {
    read: (key) => attempt(() => storage().getItem(named(key))) ?? undefined,
    write: (key, value) =>
      void attempt(() =>
        value === undefined ? storage().removeItem(named(key)) : storage().setItem(named(key), value),
      ),
  }
}

/** What was kept under a key as JSON, or `fallback` when it is missing or not of the expected shape. */
export function readJson<T>(store: Store, key: string, fits: (value: unknown) => value is T, fallback: T): T {
  const text = store.read(key)
  if (text === undefined) return fallback
  try {
    const value: unknown = JSON.parse(text)
    return fits(value) ? value : fallback
  } catch {
    return fallback
  }
}
