import { detectLanguage, type Language } from '../language.ts'
import type { Article } from './article.ts'
import { familiarity, type KnownTrigrams, trigramsOf } from './familiarity.ts'
import { consideredLength, foldedWords } from './fold.ts'
import { isGibberish } from './gibberish.ts'
import { buildRanker, type Ranker, rank } from './ranker.ts'
import { insulting, peel, wishesPerson } from './recognise.ts'
import { recover } from './recover.ts'
import { mentions, vocabularyOf } from './vocabulary.ts'
import * as operatorWords from './words/operator.ts'
import { commonOutOfScope } from './words/outOfScope.ts'
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

type Kind = 'article' | 'outOfScope' | 'otherDesk'

/** The FAQ of a desk, made ready by `buildFaqIndex` for `understand`. */
export type FaqIndex = {
  readonly entries: readonly { readonly kind: Kind; readonly id: string }[]
  readonly ranker: Ranker
  readonly known: KnownTrigrams
}

/** What a desk knows beside its own articles. */
export type FaqSurroundings = {
  /** Requests beyond the desk's competence, with ways in which people make them. */
  readonly outOfScope?: readonly { readonly id: string; readonly phrasings: readonly string[] }[]
  /** The articles of the other desks, so that their questions are recognised as theirs. */
  readonly otherDesks?: readonly { readonly id: string; readonly articles: readonly Article[] }[]
}

const leastScore = 0.13
const clearScore = 0.3
const clearMargin = 0.15
const leastElsewhere = 0.2
const looked = 12
const sampled = 400

/** Makes a desk's articles searchable, together with what is not for its FAQ. */
export function buildFaqIndex(articles: readonly Article[], desk: FaqSurroundings = {}): FaqIndex {
  const entries = [
    ...articles.map((article) => ({ kind: 'article' as const, id: article.id, ...asked(article) })),
    ...refusals(desk.outOfScope ?? []),
    ...(desk.otherDesks ?? []).flatMap(({ id, articles }) =>
      articles.map((article) => ({ kind: 'otherDesk' as const, id, ...asked(article) })),
    ),
  ]
  return {
    entries: entries.map(({ kind, id }) => ({ kind, id })),
    ranker: buildRanker(entries),
    known: trigramsOf([...chatter, ...entries.slice(0, sampled).flatMap(({ phrasings }) => phrasings)]),
  }
}

const chatter = [smalltalkPhrases, operatorWords]
  .flatMap((lists) => Object.values(lists).flat())
  .concat(fillers)

/** What is out of scope, the desk's ways of asking joined to the common ones of the same id. */
function refusals(own: NonNullable<FaqSurroundings['outOfScope']>) {
  const ids = new Set([...commonOutOfScope, ...own].map(({ id }) => id))
  return [...ids].map((id) => ({
    kind: 'outOfScope' as const,
    id,
    phrasings: [...commonOutOfScope, ...own]
      .filter((entry) => entry.id === id)
      .flatMap(({ phrasings }) => phrasings),
    body: '',
  }))
}

const anchors = new Map(commonOutOfScope.map(({ id, anchors }) => [id, vocabularyOf(anchors)]))

function asked({ kk, ru }: Article) {
  return { phrasings: [kk.title, ...kk.phrasings, ru.title, ...ru.phrasings], body: `${kk.body}\n${ru.body}` }
}

/**
 * What a visitor's message is and which articles answer it, at most `limit`. Kazakh with and without its
 * letters, Russian, mixtures, Latin transliteration, typing errors and the wrong keyboard layout are
 * understood. Deterministic; never throws; only the first `consideredLength` characters count.
 */
export function understand(index: FaqIndex, text: string, limit = 3): Understanding {
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

  const ranked = rank(index.ranker, core.join(' '), looked)
  const found = ranked.map(({ at, score }) => ({ ...index.entries[at]!, score }))
  const articles = found.filter(({ kind, score }) => kind === 'article' && score >= leastScore)
  const results = articles.slice(0, Math.max(0, Math.floor(limit))).map(({ id, score }) => ({ id, score }))
  const first = articles[0]?.score ?? 0
  const second = articles[1]?.score ?? 0

  const elsewhere = found
    .filter(({ kind, score }) => kind !== 'article' && score >= leastElsewhere)
    .find(({ kind, id, score }) => score * claim(kind, id, core) > first)
  if (elsewhere) {
    const { kind, id } = elsewhere
    return kind === 'outOfScope'
      ? { ...none, results, intent: 'outOfScope', outOfScope: id }
      : { ...none, results, intent: 'otherDesk', otherDesk: id }
  }
  if (articles.length === 0) return { ...none, intent: 'unknown' }
  const confident = first >= clearScore && first - second >= clearMargin * first
  return { ...said, intent: 'question', confident, results }
}

/** How much a score for what is not this desk's weighs against one for an article. */
function claim(kind: Kind, id: string, words: readonly string[]): number {
  if (kind === 'otherDesk') return 0.9
  const named = anchors.get(id)
  return named && mentions(named, words) ? 1.3 : 0.8
}
