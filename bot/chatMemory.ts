/** What a chat shows right now; forgotten by a restart, after which old buttons are answered politely instead. */
export type ChatMemory = {
  /** The message that carries the chat's newest buttons. */
  readonly buttons: Map<number, number>
  /** When true, the chat has the button that shares the phone number. */
  readonly phoneAsked: Map<number, true>
}

const capacity = 10_000

/** Puts an entry into a map that forgets its oldest entries beyond 10,000. */
export function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key)
  map.set(key, value)
  if (map.size > capacity)
    for (const oldest of [...map.keys()].slice(0, map.size - capacity)) map.delete(oldest)
}

export const chatMemory = (): ChatMemory => ({ buttons: new Map(), phoneAsked: new Map() })
