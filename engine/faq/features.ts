/**
 * The features of a text: what two texts must share to be alike. Three families: pieces of words (3 and 4
 * letters, with the word's edges), stems (a word's first letters), and pairs of neighbouring stems. A feature is
 * a number: the family in the two highest of `bits` bits, a hash below.
 */
export const families = { piece: 0, stem: 1, pair: 2 } as const

const stemLength = 5
const edge = 32

/** Writes the features of folded words into `out` (duplicates included) and returns how many there are. */
export function writeFeatures(words: readonly string[], bits: number, out: Uint32Array): number {
  const low = bits - 2
  const mask = (1 << low) - 1
  let count = 0
  let previous = 0
  const put = (family: number, hash: number) => {
    if (count < out.length) out[count++] = (family << low) | (mix(hash) & mask)
  }
  for (const word of words) {
    let one = edge
    let two = 0
    let three = 0
    for (let at = 0; at <= word.length; at++) {
      const code = at < word.length ? word.charCodeAt(at) : edge
      if (two !== 0) put(families.piece, chain(chain(two, one), code))
      if (three !== 0) put(families.piece, chain(chain(chain(three, two), one), code))
      three = two
      two = one
      one = code
    }
    let stem = 7
    const end = Math.min(word.length, stemLength)
    for (let at = 0; at < end; at++) stem = chain(stem, word.charCodeAt(at))
    put(families.stem, stem)
    if (previous !== 0) put(families.pair, chain(previous, stem))
    previous = stem
  }
  return count
}

/** The distinct features of folded words, ascending. */
export function featuresOf(words: readonly string[], bits: number): Uint32Array {
  const size = words.reduce((sum, word) => sum + 2 * word.length + 4, 0)
  const all = new Uint32Array(size)
  const sorted = all.subarray(0, writeFeatures(words, bits, all)).sort()
  return sorted.filter((feature, at) => at === 0 || feature !== sorted[at - 1])
}

/** The family of a feature. */
export function familyOf(feature: number, bits: number): number {
  return feature >>> (bits - 2)
}

function chain(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) ^ (hash >>> 13)
}

function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (once ^ (once >>> 13)) >>> 0
}
