import { coveredAt, mentions, vocabularyOf } from './vocabulary.ts'
import { addressed, obscene, rude, told } from './words/insults.ts'
import { commonPeople, companions, operatorPhrases, people, wishes } from './words/operator.ts'
import {
  fillers,
  type Smalltalk,
  smalltalkKinds,
  smalltalkPhrases,
  unsaying,
  vague,
} from './words/smalltalk.ts'

const smalltalkByKind = smalltalkKinds.map((kind) => [kind, vocabularyOf(smalltalkPhrases[kind])] as const)
const greeting = vocabularyOf(smalltalkPhrases.greeting)
const filling = vocabularyOf(fillers)
const unsayingWord = vocabularyOf(unsaying)
const vagueWord = vocabularyOf(vague)
const person = vocabularyOf(people)
const commonPerson = vocabularyOf(commonPeople)
const wish = vocabularyOf(wishes)
const companion = vocabularyOf(companions)
const operatorPhrase = vocabularyOf(operatorPhrases)
const obsceneWord = vocabularyOf(obscene)
const rudeWord = vocabularyOf(rude)
const address = vocabularyOf(addressed)
const telling = vocabularyOf(told)

/** A message without the greetings, thanks and fillers around it. */
export type Peeled = {
  /** What is left, as folded words. */
  readonly core: readonly string[]
  /** What the small talk was about, the weightiest kind when there are several. */
  readonly smalltalk?: Smalltalk
}

const weightiest: readonly Smalltalk[] = ['who', 'howAreYou', 'thanks', 'bye', 'greeting', 'ok']

/** Takes small talk off a message: nothing is left when the message consists of it. */
export function peel(words: readonly string[]): Peeled {
  const kinds = new Set<Smalltalk>()
  let left = 0
  for (let at = 0; at < words.length; ) {
    const [kind, length] = longest(words, at)
    if (kind) kinds.add(kind)
    else if (length === 0) left++
    at += Math.max(1, length)
  }
  if (left === 0) {
    const kind = weightiest.find((candidate) => kinds.has(candidate))
    return kind ? { core: [], smalltalk: kind } : { core: words }
  }
  return { core: withoutGreeting(words) }
}

function longest(words: readonly string[], at: number): readonly [Smalltalk | undefined, number] {
  let kind: Smalltalk | undefined
  let length = coveredAt(filling, words, at, false)
  for (const [candidate, vocabulary] of smalltalkByKind) {
    const covered = coveredAt(vocabulary, words, at)
    if (covered > length || (covered === length && covered > 0 && !kind)) {
      kind = candidate
      length = covered
    }
  }
  return [kind, length]
}

/** The words after a greeting at the beginning. */
function withoutGreeting(words: readonly string[]): readonly string[] {
  let from = 0
  while (from < words.length) {
    const covered = coveredAt(greeting, words, from)
    if (covered === 0) break
    from += covered
  }
  return from < words.length ? words.slice(from) : words
}

/** Whether the words ask for a person to talk to, and nothing else that the FAQ could answer. */
export function wishesPerson(words: readonly string[]): boolean {
  if (words.length > 0 && mentions(operatorPhrase, words)) return true
  let persons = 0
  let commonPersons = 0
  let wished = 0
  for (let at = 0; at < words.length; at++) {
    const isPerson = coveredAt(person, words, at) > 0
    if (isPerson) persons++
    if (coveredAt(commonPerson, words, at) > 0) commonPersons++
    const isWish = coveredAt(wish, words, at) > 0
    if (isWish) wished++
    const beside = coveredAt(companion, words, at) > 0 || coveredAt(filling, words, at, false) > 0
    if (!isPerson && !isWish && !beside) return false
  }
  return persons > commonPersons || (persons > 0 && wished > 0)
}

/** Whether the words only stand beside what is said: pronouns, particles, hesitation. */
export function saysNothing(words: readonly string[]): boolean {
  return words.every((_, at) => coveredAt(unsayingWord, words, at, false) > 0)
}

/** Whether the words call for help and do not say with what. */
export function saysNothingMore(words: readonly string[]): boolean {
  return words.every(
    (_, at) => coveredAt(vagueWord, words, at, false) > 0 || coveredAt(filling, words, at, false) > 0,
  )
}

/** How insulting the words are: obscene in whatever company, or rude to whom they are said. */
export function insulting(words: readonly string[]): 'obscene' | 'rude' | undefined {
  if (mentions(obsceneWord, words, false)) return 'obscene'
  if (!mentions(rudeWord, words, false) || mentions(telling, words, false)) return undefined
  return words.length <= 6 || mentions(address, words, false) ? 'rude' : undefined
}
