/**
 * The features of a text: what two texts must share to be alike. Three families: pieces of words (3 and 4
 * letters, with the word's edges), stems (a word's first letters), and pairs of neighbouring stems. A feature is
 * a number: the family in the two highest of `bits` bits, a hash below.
 */
export const familyCount = 3
const piece = 0
const stem = 1
const pair = 2

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
  let own = 0
  let previous = 0
  for (let at = 0; at <= folded.length; at++) {
    const code = at < folded.length ? folded.charCodeAt(at) : space
    if (two !== 0) visit((piece << low) | (mix(chain(chain(two, one), code)) & mask))
    if (three !== 0) visit((piece << low) | (mix(chain(chain(chain(three, two), one), code)) & mask))
    if (code !== space) {
      if (length < stemLength) own = chain(own, code)
      length++
      three = two
      two = one
      one = code
      continue
    }
    if (length > 0) {
      visit((stem << low) | (mix(own) & mask))
      if (previous !== 0) visit((pair << low) | (mix(chain(previous, own)) & mask))
      previous = own
    }
    one = space
    two = 0
    three = 0
    length = 0
    own = 0
  }
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
