import type { Article } from './article.ts'
import type { Findable } from './ranker.ts'
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
): readonly (Entry & Findable)[] {
  const refused = [...commonOutOfScope, ...outOfScope]
  return [
    ...articles.map((article) => ({ intent: 'question' as const, id: article.id, ...findable(article) })),
    ...[...new Set(refused.map(({ id }) => id))].map((id) => ({
      intent: 'outOfScope' as const,
      id,
      phrasings: refused.filter((entry) => entry.id === id).flatMap(({ phrasings }) => phrasings),
      body: '',
    })),
    ...otherDesks.flatMap(({ id, articles }) =>
      articles.map((article) => ({ intent: 'otherDesk' as const, id, ...findable(article) })),
    ),
    { intent: 'operator', id: 'operator', phrasings: operatorSentences, body: '' },
    ...smalltalkKinds.map((id) => ({
      intent: 'smalltalk' as const,
      id,
      phrasings: smalltalkPhrases[id],
      body: '',
    })),
  ]
}

/**
 * How much an entry's score weighs against an article's, or against other such entries. The words are those of the message, folded, without the
 * desk's own subjects: who asks a desk for VPN access about VPN is not out of its scope.
 */
export function claimOf({ intent, id }: Entry, words: readonly string[]): number {
  if (intent === 'question') return 1
  if (intent === 'smalltalk') return 0.75
  if (intent !== 'outOfScope') return 0.9
  const named = anchors.get(id)
  return named && mentions(named, words) ? 1.5 : 1
}

const anchors = new Map(commonOutOfScope.map(({ id, anchors }) => [id, vocabularyOf(anchors)]))

function findable({ kk, ru }: Article): Findable {
  return { phrasings: [kk.title, ...kk.phrasings, ru.title, ...ru.phrasings], body: `${kk.body}\n${ru.body}` }
}
