const wordsOf = (name: string) => name.split(/\s+/).filter(Boolean)

/** How many words all lists begin with alike. */
function sharedStart(lists: readonly (readonly string[])[]): number {
  const [first = [], ...rest] = lists
  const differs = first.findIndex((word, place) => rest.some((list) => list[place] !== word))
  return differs === -1 ? first.length : differs
}

/**
 * The names without the words that all of them begin or end with: what tells them apart. A name of nothing but such
 * words stays whole, and so does a single one.
 */
export function shortNames(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names
  const lists = names.map(wordsOf)
  const start = sharedStart(lists)
  const end = sharedStart(lists.map((list) => list.slice(start).reverse()))
  return lists.map((list, place) => list.slice(start, list.length - end).join(' ') || (names[place] ?? ''))
}
