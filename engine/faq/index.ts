import { detectLanguage, type Language } from '../language.ts'
import type { Article } from './article.ts'
import { type MeantElsewhere, meantElsewhere } from './elsewhere.ts'
import { type Entry, entriesOf, type FaqSurroundings } from './entries.ts'
import { addTrigrams, familiarity, type KnownTrigrams, trigramsOf } from './familiarity.ts'
import { consideredLength, fold, foldedWords } from './fold.ts'
import { isGibberish } from './gibberish.ts'
import { type Naming, namingOf } from './naming.ts'
import { foldedPhrasings, type Ranker, rank, rankerSteps } from './ranker.ts'
import { insulting, peel, saysNothing, saysNothingMore, wishesPerson } from './recognise.ts'
import { recover } from './recover.ts'
import { lastOf, type Steps } from './steps.ts'
import { foreignOf, subjectsIn } from './subjects.ts'
import { type Twins, twinsOf } from './twins.ts'
import * as operatorWords from './words/operator.ts'
import { fillers, type Smalltalk, signs, smalltalkPhrases } from './words/smalltalk.ts'

/** What a message is: a question, or one of the things that must not be answered from the FAQ. */
export const intents = [
  'question',
  'operator',
  'smalltalk',
  'insult',
  'outOfScope',
  'otherDesk',
  'unknown',
] as const
export type Intent = (typeof intents)[number]

type FaqResult = { readonly id: string; readonly score: number }

export type Understanding = {
  readonly language: Language
  readonly intent: Intent
  /** Whether the first result is clearly the answer. */
  readonly confident: boolean
  /** Articles, best first, with scores in 0..1; for a question, and as suggestions for what is out of scope. */
  readonly results: readonly FaqResult[]
  readonly smalltalk?: Smalltalk
  /** Which kind of request beyond the desk's competence it is. */
  readonly outOfScope?: string
  /** Which desk answers this instead. */
  readonly otherDesk?: string
  /** The message as it was meant, when it was typed on the wrong keyboard layout. */
  readonly recovered?: string
}

/** The FAQ of a desk, made ready by `buildFaqIndex` for `understand`. */
export type FaqIndex = {
  readonly entries: readonly Entry[]
  readonly ranker: Ranker
  /** The articles of other desks that are about the same as one of this desk. */
  readonly twins: Twins
  readonly known: KnownTrigrams
  readonly naming: Naming
  /** The beginnings of the words that each of the desk's articles is about. */
  readonly subjects: ReadonlyMap<string, ReadonlySet<string>>
  /** For every other desk, the beginnings of the words that it alone speaks of. */
  readonly foreign: ReadonlyMap<string, ReadonlySet<string>>
}

/** The least score that tells anything: the fewer the words, the more of them an article must share. */
const leastScores: readonly (readonly [words: number, score: number])[] = [
  [5, 0.22],
  [8, 0.18],
  [Number.POSITIVE_INFINITY, 0.15],
]
/** A lead over the second article that is clear, as a part of the first score; a low score needs a longer one. */
const clear = { score: 0.4, margin: 0.16 }
const clearer = { score: 0.22, margin: 0.22 }
/** An answer is not certain when another desk's article fits better by more than this. */
const almostAs = 1.1
const looked = 16
const sampled = 400

/** Makes a desk's articles searchable, together with what is not for its FAQ. */
export const buildFaqIndex = (articles: readonly Article[], desk: FaqSurroundings = {}): FaqIndex =>
  lastOf(faqIndexSteps(articles, desk))

/** The same in steps of a few milliseconds at most, so that a server may answer between them. */
export function* faqIndexSteps(articles: readonly Article[], desk: FaqSurroundings = {}): Steps<FaqIndex> {
  const entries = entriesOf(articles, desk)
  const ranker = yield* rankerSteps(entries.map(({ found }) => found))
  const known = chatterTrigrams.slice()
  for (const { found } of entries.slice(0, sampled)) {
    addTrigrams(known, foldedPhrasings(found))
    yield
  }
  const spanOf = (wanted: Entry['intent']) => {
    const from = entries.findIndex(({ intent }) => intent === wanted)
    const count = entries.filter(({ intent }) => intent === wanted).length
    return { from, to: from + count }
  }
  const twins = twinsOf(ranker, spanOf('question'), spanOf('otherDesk'))
  yield
  const naming = namingOf(
    articles.slice(0, sampled),
    (desk.otherDesks ?? []).map(({ id }) => id),
  )
  yield
  return {
    entries: entries.map(({ intent, id }) => ({ intent, id })),
    ranker,
    twins,
    known,
    naming,
    subjects: new Map(articles.map((article) => [article.id, subjectsIn(article)])),
    foreign: foreignOf(articles, desk.otherDesks ?? []),
  }
}

/** The trigrams of what is said to any desk. */
const chatterTrigrams = trigramsOf(
  [smalltalkPhrases, operatorWords]
    .flatMap((lists) => Object.values(lists).flat())
    .concat(fillers)
    .map(fold),
)

/**
 * What a visitor's message is and which articles answer it, at most `wanted`. Kazakh with and without its
 * letters, Russian, mixtures, Latin transliteration, typing errors and the wrong keyboard layout are
 * understood. Deterministic; never throws; only the first `consideredLength` characters count.
 */
export function understand(index: FaqIndex, text: string, wanted = 3): Understanding {
  const limit = Math.max(0, Math.floor(wanted))
  const written = text.slice(0, consideredLength)
  const recovered = recover(written, (word) => familiarity(index.known, word))
  const message = recovered ?? written
  const said = { language: detectLanguage(message), ...(recovered === undefined ? {} : { recovered }) }
  const none = { ...said, confident: false, results: [] }

  const words = foldedWords(message)
  if (words.length === 0) {
    const [, smalltalk] = signs.find(([sign]) => sign.test(message)) ?? []
    return smalltalk ? { ...none, intent: 'smalltalk', smalltalk } : { ...none, intent: 'unknown' }
  }

  const { core, smalltalk } = peel(words)
  if (smalltalk) return { ...none, intent: 'smalltalk', smalltalk }
  if (insulting(core)) return { ...none, intent: 'insult' }
  if (wishesPerson(core)) return { ...none, intent: 'operator' }

  if (saysNothing(core) || isGibberish(message, core, index.known)) return { ...none, intent: 'unknown' }

  const found = rank(index.ranker, core.join(' '), looked + limit, index.twins).map(({ at, score }) => ({
    entry: index.entries[at]!,
    score,
  }))
  const leastScore = leastScores.find(([words]) => core.length <= words)?.[1] ?? 0
  const articles = found.filter(({ entry, score }) => entry.intent === 'question' && score >= leastScore)
  const results = articles.slice(0, limit).map(({ entry, score }) => ({ id: entry.id, score }))
  const first = articles[0]?.score ?? 0
  const second = articles[1]?.score ?? 0

  const elsewhere = meantElsewhere(index, core, found)
  if (elsewhere) return { ...none, results: suggested(elsewhere) ? results : [], ...elsewhere }
  if (articles.length === 0) return { ...none, intent: 'unknown' }
  const foreign = Math.max(
    0,
    ...found.filter(({ entry }) => entry.intent === 'otherDesk').map(({ score }) => score),
  )
  const leads = [clear, clearer].some(
    ({ score, margin }) => first >= score && first - second >= margin * first,
  )
  const confident = leads && first * almostAs >= foreign && !saysNothingMore(core)
  return { ...said, intent: 'question', confident, results }
}

/** Whether articles of the desk are still worth a look although a message is meant otherwise. */
const suggested = ({ intent }: MeantElsewhere) => intent === 'outOfScope' || intent === 'otherDesk'
