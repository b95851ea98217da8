import { fold } from './fold.ts'
import { synonyms } from './words/synonyms.ts'

const slots = 1 << 13
const wordEnd = 32

/** The hash of a word's beginning before its first letter. */
export const noLetters = 0x811c9dc5 | 0

/** The hash of a word's beginning with one more letter; a space ends the word. */
export function withLetter(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) ^ (hash >>> 13)
}

const table = tableOf(synonyms)

/** The meaning of the words that begin with this hash, as the number of their line in the synonyms; 0 for none. */
export function meaningOf(hash: number): number {
  return table.meanings[slotOf(table.hashes, hash)]!
}

function tableOf(lines: readonly (readonly string[])[]) {
  const hashes = new Int32Array(slots)
  const meanings = new Uint16Array(slots)
  for (const [line, words] of lines.entries()) {
    for (const word of words) {
      const letters = [...fold(word)].map((letter) => letter.charCodeAt(0))
      const hash = (word.endsWith('*') ? letters : [...letters, wordEnd]).reduce(withLetter, noLetters)
      const slot = slotOf(hashes, hash)
      hashes[slot] = hash
      meanings[slot] ||= line + 1
    }
  }
  return { hashes, meanings }
}

/** The slot that holds the hash, or the free one where it belongs. */
function slotOf(hashes: Int32Array, hash: number): number {
  let slot = (hash ^ (hash >>> 15)) & (slots - 1)
  while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (slots - 1)
  return slot
}
