import { detectLanguage, type Language } from '../language.ts'
import type { Article } from './article.ts'
import { claimOf, type Entry, entriesOf, type FaqSurroundings } from './entries.ts'
import { familiarity, type KnownTrigrams, trigramSteps } from './familiarity.ts'
import { consideredLength, foldedWords } from './fold.ts'
import { isGibberish } from './gibberish.ts'
import { desksNamed, type Naming, namingOf } from './naming.ts'
import { type Ranker, rank, rankerSteps } from './ranker.ts'
import { insulting, peel, saysNothingMore, wishesPerson } from './recognise.ts'
import { recover } from './recover.ts'
import { lastOf, type Steps } from './steps.ts'
import { type Twins, twinsOf } from './twins.ts'
import * as operatorWords from './words/operator.ts'
import { fillers, type Smalltalk, signs, smalltalkKinds, smalltalkPhrases } from './words/smalltalk.ts'

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

export type FaqResult = { readonly id: string; readonly score: number }

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
  /** The beginnings of the words that the desk's own articles are about. */
  readonly subjects: ReadonlySet<string>
}

const leastScore = 0.14
const clearScore = 0.3
const clearMargin = 0.16
const leastElsewhere = 0.2
/** From this score on, an own article is the answer, whatever other desks know about it. */
const ownScore = 0.5
/** How much better another desk's article must fit. */
const foreignMargin = 0.05
/** An answer is not certain when another desk's article fits better by more than this. */
const almostAs = 1.1
const looked = 16
/** A word in as many phrasings of an article is what the article is about. */
const several = 3
const sampled = 400

/** Makes a desk's articles searchable, together with what is not for its FAQ. */
export const buildFaqIndex = (articles: readonly Article[], desk: FaqSurroundings = {}): FaqIndex =>
  lastOf(faqIndexSteps(articles, desk))

/** The same in steps of a few milliseconds at most, so that a server may answer between them. */
export function* faqIndexSteps(articles: readonly Article[], desk: FaqSurroundings = {}): Steps<FaqIndex> {
  const entries = entriesOf(articles, desk)
  const ranker = yield* rankerSteps(entries)
  const known = yield* trigramSteps([
    ...chatter,
    ...entries.slice(0, sampled).flatMap(({ phrasings }) => phrasings),
  ])
  yield
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
    subjects: subjectsOf(articles),
  }
}

/** The beginnings of the words of the titles, and of those that several phrasings of one article share. */
function subjectsOf(articles: readonly Article[]): ReadonlySet<string> {
  const subjects = new Set<string>()
  for (const { kk, ru } of articles) {
    for (const word of foldedWords(`${kk.title} ${ru.title}`)) subjects.add(beginning(word))
    const spoken = new Map<string, number>()
    for (const phrasing of [...kk.phrasings, ...ru.phrasings]) {
      for (const word of new Set(foldedWords(phrasing).map(beginning))) {
        const times = (spoken.get(word) ?? 0) + 1
        spoken.set(word, times)
        if (times >= several && word.length > 2) subjects.add(word)
      }
    }
  }
  return subjects
}

const beginning = (word: string) => word.slice(0, 5)

const chatter = [smalltalkPhrases, operatorWords]
  .flatMap((lists) => Object.values(lists).flat())
  .concat(fillers)

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

  if (isGibberish(message, core, index.known)) return { ...none, intent: 'unknown' }

  const unusual = core.filter((word) => !index.subjects.has(beginning(word)))
  const found = rank(index.ranker, core.join(' '), looked + limit, index.twins).map(({ at, score }) => {
    const entry = index.entries[at]!
    return { entry, score, weight: score * claimOf(entry, unusual) }
  })
  const articles = found.filter(({ entry, score }) => entry.intent === 'question' && score >= leastScore)
  const results = articles.slice(0, limit).map(({ entry, score }) => ({ id: entry.id, score }))
  const first = articles[0]?.score ?? 0
  const second = articles[1]?.score ?? 0

  const named = desksNamed(index.naming, core)
  const elsewhere = found
    .filter(({ entry, score, weight }) => {
      if (entry.intent === 'question') return false
      if (entry.intent !== 'otherDesk') return score >= leastElsewhere && weight > first
      if (named.length > 0) return named.includes(entry.id)
      return score >= leastElsewhere && first < ownScore && score > first + foreignMargin
    })
    .reduce<(typeof found)[number] | undefined>(
      (most, one) => (most && most.weight >= one.weight ? most : one),
      undefined,
    )
  if (elsewhere) return { ...none, ...meantElsewhere(elsewhere.entry, results) }
  if (articles.length === 0) return { ...none, intent: 'unknown' }
  const foreign = Math.max(
    0,
    ...found.filter(({ entry }) => entry.intent === 'otherDesk').map(({ score }) => score),
  )
  const clear = first >= clearScore && first - second >= clearMargin * first && first * almostAs >= foreign
  const confident = clear && !saysNothingMore(core)
  return { ...said, intent: 'question', confident, results }
}

/** What a message is that is most like an entry other than an article. */
function meantElsewhere({ intent, id }: Entry, results: readonly FaqResult[]) {
  if (intent === 'outOfScope') return { intent, outOfScope: id, results }
  if (intent === 'otherDesk') return { intent, otherDesk: id, results }
  const smalltalk = smalltalkKinds.find((kind) => kind === id)
  return intent === 'smalltalk' && smalltalk ? { intent, smalltalk } : { intent }
}
