import { foldedWords } from './fold.ts'

/** The runs of three letters, word edges included, that occur in known texts. */
export type KnownTrigrams = ReadonlySet<string>

/** Collects the trigrams of texts. */
export function trigramsOf(texts: readonly string[]): KnownTrigrams {
  return new Set(texts.flatMap(foldedWords).flatMap(trigrams))
}

/** How much of a folded word consists of known trigrams, 0..1. */
export function familiarity(known: KnownTrigrams, word: string): number {
  const own = trigrams(word)
  return own.filter((trigram) => known.has(trigram)).length / own.length
}

function trigrams(word: string): readonly string[] {
  const edged = ` ${word} `
  return Array.from({ length: edged.length - 2 }, (_, at) => edged.slice(at, at + 3))
}
