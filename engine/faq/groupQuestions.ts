import { foldedWords } from './fold.ts'
import { rank, rankerSteps } from './ranker.ts'
import { peel } from './recognise.ts'
import type { Steps } from './steps.ts'

/** So many different questions are compared with each other; the rarer rest stay alone. */
const mostCompared = 600
/** How much of what either question tells must be told by the other. */
const alike = 0.35
const looked = 12

/** A question's words in the rough alphabet, without greetings and thanks, whatever their order. */
function keyOf(text: string): string {
  const words = foldedWords(text)
  const { core } = peel(words)
  return [...new Set(core.length > 0 ? core : words)].sort().join(' ')
}

/**
 * Puts questions that ask the same together, in steps: those of the same words, and near neighbours by the measure of
 * the FAQ's own search. The first of a group is what most of it says; the largest groups come first. Deterministic.
 */
export function* groupingSteps<Q extends { readonly text: string }>(
  questions: readonly Q[],
): Steps<readonly (readonly Q[])[]> {
  const same = new Map<string, Q[]>()
  for (const [at, question] of questions.entries()) {
    if (at % 100 === 0) yield
    const key = keyOf(question.text)
    const known = same.get(key)
    if (known) known.push(question)
    else same.set(key, [question])
  }
  const distinct = [...same.values()].sort((one, two) => two.length - one.length)
  const compared = distinct.slice(0, mostCompared)
  const texts = compared.map(([first]) => first?.text ?? '')
  const ranker = yield* rankerSteps(texts.map((text) => ({ phrasings: [text], body: '' })))
  const near: ReadonlyMap<number, number>[] = []
  for (const text of texts) {
    yield
    const found = rank(ranker, foldedWords(text).join(' '), looked)
    near.push(new Map(found.map(({ at, score }) => [at, score])))
  }
  const groups = new Map<number, Q[]>()
  for (const [place, members] of compared.entries()) {
    let leader = place
    let most = alike
    for (const [other, there] of near[place] ?? []) {
      if (!groups.has(other)) continue
      const score = Math.min(there, near[other]?.get(place) ?? 0)
      if (score < most) continue
      leader = other
      most = score
    }
    groups.set(leader, [...(groups.get(leader) ?? []), ...members])
  }
  return [...groups.values(), ...distinct.slice(mostCompared)].sort((one, two) => two.length - one.length)
}
