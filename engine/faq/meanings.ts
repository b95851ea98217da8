import { fold } from './fold.ts'
import { synonyms } from './words/synonyms.ts'

const slots = 1 << 14
const end = 32

/** Adds a letter to the running hash of a word's beginning; start with `noLetters`. */
export function withLetter(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) ^ (hash >>> 13)
}
export const noLetters = 0x811c9dc5 | 0

const keys = new Int32Array(slots)
const meanings = new Uint16Array(slots)

for (const [line, words] of synonyms.entries()) {
  for (const word of words) {
    const open = word.endsWith('*')
    const letters = [...fold(word)].map((letter) => letter.charCodeAt(0))
    if (letters.length > 0)
      remember((open ? letters : [...letters, end]).reduce(withLetter, noLetters), line + 1)
  }
}

function remember(hash: number, meaning: number): void {
  let slot = hash & (slots - 1)
  while (keys[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & (slots - 1)
  if (keys[slot] === hash) return
  keys[slot] = hash
  meanings[slot] = meaning
}

/**
 * The meaning that a word's beginning with this hash has, as the number of its line in the synonyms; 0 for none.
 * A whole word's hash ends with a space.
 */
export function meaningOf(hash: number): number {
  let slot = hash & (slots - 1)
  while (keys[slot] !== 0) {
    if (keys[slot] === hash) return meanings[slot]!
    slot = (slot + 1) & (slots - 1)
  }
  return 0
}
