import { foldedWords } from './fold.ts'

type Part = { readonly stem: string; readonly open: boolean }

/** Words and phrases to recognise, folded, by their first letter; `open` parts accept any ending. */
export type Vocabulary = ReadonlyMap<string, readonly (readonly Part[])[]>

/** In words of as many letters one slip of the keys is overlooked. */
const forgivenLength = 6

/** Prepares a word list for recognition. In an entry `*` at the end of a word stands for any ending. */
export function vocabularyOf(entries: readonly string[]): Vocabulary {
  const byLetter = new Map<string, (readonly Part[])[]>()
  for (const entry of entries) {
    const parts = entry.split(' ').flatMap((word) => {
      const open = word.endsWith('*')
      return foldedWords(word).map((stem) => ({ stem, open }))
    })
    const letter = parts[0]?.stem[0]
    if (letter === undefined) continue
    const same = byLetter.get(letter)
    if (same) same.push(parts)
    else byLetter.set(letter, [parts])
  }
  for (const phrases of byLetter.values()) phrases.sort((one, two) => two.length - one.length)
  return byLetter
}

/**
 * How many words the longest entry covers that begins at place `at`; 0 when none does. With `forgiving`, one
 * slip of the keys is overlooked in words of six letters and more.
 */
export function coveredAt(
  vocabulary: Vocabulary,
  words: readonly string[],
  at: number,
  forgiving = true,
): number {
  const phrases = vocabulary.get(words[at]?.[0] ?? '')
  if (phrases) for (const parts of phrases) if (covers(parts, words, at, forgiving)) return parts.length
  return 0
}

function covers(parts: readonly Part[], words: readonly string[], at: number, forgiving: boolean): boolean {
  for (let offset = 0; offset < parts.length; offset++)
    if (!says(words[at + offset], parts[offset]!, forgiving)) return false
  return true
}

/** Whether an entry stands anywhere among the words. */
export function mentions(vocabulary: Vocabulary, words: readonly string[], forgiving = true): boolean {
  return words.some((_, at) => coveredAt(vocabulary, words, at, forgiving) > 0)
}

function says(word: string | undefined, { stem, open }: Part, forgiving: boolean): boolean {
  if (word === undefined) return false
  if (open ? word.startsWith(stem) : word === stem) return true
  if (!forgiving || stem.length < forgivenLength) return false
  for (let length = stem.length - 1; length <= stem.length + 1; length++) {
    if (open ? word.length < length : word.length !== length) continue
    if (oneSlip(open ? word.slice(0, length) : word, stem)) return true
  }
  return false
}

/** Whether two words differ by one letter left out, put in, replaced, or by two neighbours swapped. */
function oneSlip(one: string, two: string): boolean {
  let from = 0
  while (from < one.length && one[from] === two[from]) from++
  let end = 0
  while (end < one.length - from && end < two.length - from && one.at(-1 - end) === two.at(-1 - end)) end++
  const left = one.slice(from, one.length - end)
  const right = two.slice(from, two.length - end)
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
