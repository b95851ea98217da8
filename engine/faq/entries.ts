import type { Article } from './article.ts'
import type { Findable } from './ranker.ts'
import { remembered } from './remembered.ts'
import { mentions, vocabularyOf } from './vocabulary.ts'
import { operatorSentences } from './words/operator.ts'
import { commonOutOfScope } from './words/outOfScope.ts'
import { smalltalkKinds, smalltalkPhrases } from './words/smalltalk.ts'

/** What a desk knows beside its own articles. */
export type FaqSurroundings = {
  /** Requests beyond the desk's competence, with ways in which people make them. */
  readonly outOfScope?: readonly { readonly id: string; readonly phrasings: readonly string[] }[]
  /** The articles of the other desks, so that their questions are recognised as theirs. */
  readonly otherDesks?: readonly { readonly id: string; readonly articles: readonly Article[] }[]
}

/** Something a message can be most like: an article, or what a message is instead of a question. */
export type Entry = {
  readonly intent: 'question' | 'outOfScope' | 'otherDesk' | 'operator' | 'smalltalk'
  /** Of the article, the kind of request out of scope, the other desk, or the kind of small talk. */
  readonly id: string
}

/** All that is searched for a desk. */
export function entriesOf(
  articles: readonly Article[],
  { outOfScope = [], otherDesks = [] }: FaqSurroundings,
): readonly (Entry & { readonly found: Findable })[] {
  return [
    ...articles.map((article) => ({
      intent: 'question' as const,
      id: article.id,
      found: findableOf(article),
    })),
    ...commonRefused,
    ...outOfScope.map(({ id, phrasings }) => ({
      intent: 'outOfScope' as const,
      id,
      found: refusedBy(phrasings),
    })),
    ...otherDesks.flatMap(({ id, articles }) =>
      articles.map((article) => ({ intent: 'otherDesk' as const, id, found: findableOf(article) })),
    ),
    ...chatter,
  ]
}

const unrelated = 'unrelated'

const refusedBy = remembered((phrasings: readonly string[]): Findable => ({ phrasings, body: '' }))

/** What has nothing to do with a desk is of many kinds, each found by itself; other requests out of scope are of one. */
const commonRefused = commonOutOfScope.flatMap(({ id, phrasings }) =>
  (id === unrelated ? phrasings : [phrasings.flat()]).map((same) => ({
    intent: 'outOfScope' as const,
    id,
    found: { phrasings: same, body: '' },
  })),
)

const chatter = [
  { intent: 'operator' as const, id: 'operator', found: { phrasings: operatorSentences, body: '' } },
  ...smalltalkKinds.map((id) => ({
    intent: 'smalltalk' as const,
    id,
    found: { phrasings: smalltalkPhrases[id], body: '' },
  })),
]

/**
 * How much an entry's score weighs against an article's, or against other such entries. The words are those of the message, folded, without the
 * desk's own subjects: who asks a desk for VPN access about VPN is not out of its scope.
 */
export function claimOf({ intent, id }: Entry, words: readonly string[]): number {
  if (intent === 'question') return 1
  if (intent === 'otherDesk') return 0.9
  const usual = words.length === 0 ? 0.75 : 1
  if (intent === 'smalltalk') return 0.75 * usual
  if (intent === 'operator') return 0.9 * usual
  const named = anchors.get(id)
  return named && mentions(named, words) ? 1.6 : usual
}

/** The kind of request out of scope that the words name; they are those that tell what a message is about. */
export function refusalNamed(words: readonly string[]): string | undefined {
  for (const [id, named] of anchors) if (mentions(named, words)) return id
  return undefined
}

const anchors = new Map(commonOutOfScope.map(({ id, anchors }) => [id, vocabularyOf(anchors)]))

/** An article as it is searched. */
export const findableOf = remembered(
  ({ kk, ru }: Article): Findable => ({
    phrasings: [kk.title, ...kk.phrasings, ru.title, ...ru.phrasings],
    body: `${kk.body}\n${ru.body}`,
  }),
)
