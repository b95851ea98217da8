import { meaningOf, noLetters, withLetter } from './meanings.ts'

/**
 * The features of a text: what two texts must share to be alike. Four families: pieces of words (3 and 4
 * letters, with the word's edges), stems (a word's first letters), pairs of neighbouring stems, and meanings
 * (which synonyms share). A feature is a number: the family in the two highest of `bits` bits, a hash below.
 */
export const familyWeights: readonly number[] = [1, 1, 2, 5]
const piece = 0
const stem = 1
const pair = 2
const meaning = 3

const stemLength = 5
const space = 32

/** Calls `visit` with each feature of a text folded by `fold`, as often as it occurs. */
export function visitFeatures(folded: string, bits: number, visit: (feature: number) => void): void {
  const low = bits - 2
  const mask = (1 << low) - 1
  let one = space
  let two = 0
  let three = 0
  let length = 0
  let beginning = noLetters
  let own = 0
  let meant = 0
  let previous = 0
  for (let at = 0; at <= folded.length; at++) {
    const code = at < folded.length ? folded.charCodeAt(at) : space
    if (two !== 0) visit((piece << low) | (mix(withLetter(withLetter(two, one), code)) & mask))
    if (three !== 0) {
      visit((piece << low) | (mix(withLetter(withLetter(withLetter(three, two), one), code)) & mask))
    }
    beginning = withLetter(beginning, code)
    meant = meaningOf(beginning) || meant
    if (code !== space) {
      if (length < stemLength) own = beginning
      length++
      three = two
      two = one
      one = code
      continue
    }
    if (length > 0) {
      visit((stem << low) | (mix(own) & mask))
      if (previous !== 0) visit((pair << low) | (mix(withLetter(previous, meant === 0 ? own : meant)) & mask))
      if (meant !== 0) visit((meaning << low) | meant)
      previous = meant === 0 ? own : meant
    }
    one = space
    two = 0
    three = 0
    length = 0
    beginning = noLetters
    own = 0
    meant = 0
  }
}

/** How much a family of features counts. */
export function familyWeightOf(feature: number, bits: number): number {
  return familyWeights[feature >>> (bits - 2)]!
}

function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (once ^ (once >>> 13)) >>> 0
}
