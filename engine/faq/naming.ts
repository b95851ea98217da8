import type { Article } from './article.ts'
import { foldedWords } from './fold.ts'
import { mentions, type Vocabulary, vocabularyOf } from './vocabulary.ts'
import { deskNames } from './words/deskNames.ts'

/** How other desks are named, by their ids. */
export type Naming = ReadonlyMap<string, Vocabulary>

/** How to tell that another desk is named: by what the desk's own articles do not speak of as well. */
export function namingOf(articles: readonly Article[], others: readonly string[]): Naming {
  const spoken = articles.flatMap(({ kk, ru }) =>
    [kk.title, ru.title, ...kk.phrasings, ...ru.phrasings].map(foldedWords),
  )
  return new Map(
    others.map((id): [string, Vocabulary] => [
      id,
      vocabularyOf(
        [id, ...(deskNames[id] ?? [])].filter((name) => {
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
