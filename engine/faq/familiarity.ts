import { foldedWords } from './fold.ts'
import type { Steps } from './steps.ts'

/** The runs of three letters, word edges included, that occur in known texts. */
export type KnownTrigrams = ReadonlySet<string>

const textsAtOnce = 100

/** Collects the trigrams of texts, some texts at a time. */
export function* trigramSteps(texts: readonly string[]): Steps<KnownTrigrams> {
  const words = new Set<string>()
  const known = new Set<string>()
  for (const [at, text] of texts.entries()) {
    if (at % textsAtOnce === 0) yield
    for (const word of foldedWords(text)) {
      if (words.has(word)) continue
      words.add(word)
      for (const trigram of trigrams(word)) known.add(trigram)
    }
  }
  return known
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
