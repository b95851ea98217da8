/** A run of words that both texts have, or only the earlier or the later one. */
export type Piece = { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }

/** Beyond this many pairs of words the middle is told as replaced as a whole. */
const mostPairs = 4_000_000

const wordsOf = (text: string): readonly string[] => text.match(/\s+|[^\s]+/g) ?? []

/** How two texts differ, word by word, in reading order: the pieces but the added ones are the earlier text. */
export function textDifferences(before: string, after: string): readonly Piece[] {
  const one = wordsOf(before)
  const two = wordsOf(after)
  let from = 0
  while (from < one.length && one[from] === two[from]) from++
  let end = 0
  while (end < one.length - from && end < two.length - from && one.at(-1 - end) === two.at(-1 - end)) end++
  const pieces: { kind: Piece['kind']; text: string }[] = []
  const add = (kind: Piece['kind'], words: readonly string[]) => {
    const text = words.join('')
    if (text === '') return
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  add('same', one.slice(0, from))
  middle(one.slice(from, one.length - end), two.slice(from, two.length - end), add)
  add('same', one.slice(one.length - end))
  return pieces
}

function middle(
  one: readonly string[],
  two: readonly string[],
  add: (kind: Piece['kind'], words: readonly string[]) => void,
): void {
  if (one.length * two.length > mostPairs) {
    add('removed', one)
    add('added', two)
    return
  }
  // the longest run of words in common, by the table of what is left
  const width = two.length + 1
  const common = new Uint16Array((one.length + 1) * width)
  for (let a = one.length - 1; a >= 0; a--)
    for (let b = two.length - 1; b >= 0; b--)
      common[a * width + b] =
        one[a] === two[b]
          ? common[(a + 1) * width + b + 1]! + 1
          : Math.max(common[(a + 1) * width + b]!, common[a * width + b + 1]!)
  let a = 0
  let b = 0
  while (a < one.length || b < two.length) {
    if (a < one.length && b < two.length && one[a] === two[b]) {
      add('same', [one[a]!])
      a++
      b++
    } else if (
      b >= two.length ||
      (a < one.length && common[(a + 1) * width + b]! >= common[a * width + b + 1]!)
    ) {
      add('removed', [one[a]!])
      a++
    } else {
      add('added', [two[b]!])
      b++
    }
  }
}

/** The lines that only one of two lists has. */
export function listDifferences(before: readonly string[], after: readonly string[]): readonly Piece[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((text) => ({ kind: 'removed' as const, text })),
    ...after.filter((line) => !before.includes(line)).map((text) => ({ kind: 'added' as const, text })),
  ]
}
