/** The runs of three letters, word edges included, that occur in known texts: a mark at the number of each. */
export type KnownTrigrams = Uint8Array

/** The trigrams of folded texts. */
export function trigramsOf(texts: readonly string[]): KnownTrigrams {
  const known = new Uint8Array(1 << 18)
  addTrigrams(known, texts)
  return known
}

/** Marks the trigrams of folded texts as known. */
export function addTrigrams(known: KnownTrigrams, texts: readonly string[]): void {
  for (const text of texts) visitTrigrams(text, (trigram) => (known[trigram] = 1))
}

/** How much of a folded word consists of known trigrams, 0..1. */
export function familiarity(known: KnownTrigrams, word: string): number {
  let all = 0
  let familiar = 0
  visitTrigrams(word, (trigram) => {
    all++
    familiar += known[trigram]!
  })
  return familiar / all
}

/** The folded alphabet has fewer than 64 characters: digits, small letters, C and S, and the space between words. */
function visitTrigrams(text: string, visit: (trigram: number) => void): void {
  let before = 0
  let middle = space
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? codeOf(text.charCodeAt(at)) : space
    if (at > 0 && middle !== space) visit((before << 12) | (middle << 6) | code)
    before = middle
    middle = code
  }
}

const space = 0

function codeOf(character: number): number {
  if (character >= 97) return character - 96
  if (character >= 65) return character - 65 + 32
  return character >= 48 ? character - 48 + 51 : space
}
