import type { Article } from './article.ts'
import { findableOf } from './entries.ts'
import { foldedPhrasings } from './ranker.ts'
import { mentions, type Vocabulary, vocabularyOf } from './vocabulary.ts'
import { deskNames } from './words/deskNames.ts'

/** How other desks are named, by their ids. */
export type Naming = ReadonlyMap<string, Vocabulary>

/** How to tell that another desk is named: by what the desk's own articles do not speak of as well. */
export function namingOf(articles: readonly Article[], others: readonly string[]): Naming {
  const names = others.map((id) => ({ id, names: [id, ...(deskNames[id] ?? [])] }))
  const any = vocabularyOf(names.flatMap(({ names }) => names))
  const spoken = articles
    .flatMap((article) => foldedPhrasings(findableOf(article)))
    .map((phrasing) => phrasing.split(' '))
    .filter((words) => mentions(any, words, false))
  return new Map(
    names.map(({ id, names }): [string, Vocabulary] => [
      id,
      vocabularyOf(
        names.filter((name) => {
          const vocabulary = vocabularyOf([name])
          return !spoken.some((words) => mentions(vocabulary, words, false))
        }),
      ),
    ]),
  )
}

/** The other desks that the words of a message name. */
export function desksNamed(naming: Naming, words: readonly string[]): readonly string[] {
  return [...naming].filter(([, names]) => mentions(names, words, false)).map(([id]) => id)
}
