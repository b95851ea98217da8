import type { Article } from './article.ts'
import { type FaqSurroundings, findableOf } from './entries.ts'
import { fold, foldedWords } from './fold.ts'
import { foldedPhrasings } from './ranker.ts'
import { remembered } from './remembered.ts'

/** A word in as many phrasings of an article is what the article is about. */
const several = 3

/** For every other desk, the beginnings of the words that its articles are about and this desk's never mention. */
export function foreignOf(
  articles: readonly Article[],
  others: NonNullable<FaqSurroundings['otherDesks']>,
): ReadonlyMap<string, ReadonlySet<string>> {
  if (others.length === 0) return new Map()
  const spoken = new Set(articles.flatMap((article) => [...spokenIn(article)]))
  return new Map(
    others.map(({ id, articles }): [string, ReadonlySet<string>] => [
      id,
      new Set(
        articles
          .flatMap((article) => [...subjectsIn(article)])
          .filter((subject) => subject.length > 2 && !spoken.has(subject)),
      ),
    ]),
  )
}

/** The beginnings of an article's words. */
const spokenIn = remembered((article: Article): ReadonlySet<string> => {
  const { kk, ru } = article
  return new Set(
    [...foldedPhrasings(findableOf(article)), fold(`${kk.body}\n${ru.body}`)]
      .flatMap((text) => text.split(' '))
      .map(beginning),
  )
})

/** The beginnings of the words that an article is about: its titles', and those that several phrasings share. */
export const subjectsIn = remembered((article: Article): ReadonlySet<string> => {
  const { kk, ru } = article
  const subjects = new Set(foldedWords(`${kk.title} ${ru.title}`).map(beginning))
  const spoken = new Map<string, number>()
  for (const phrasing of foldedPhrasings(findableOf(article))) {
    for (const word of new Set(phrasing.split(' ').map(beginning))) {
      const times = (spoken.get(word) ?? 0) + 1
      spoken.set(word, times)
      if (times === several && word.length > 2) subjects.add(word)
    }
  }
  return subjects
})

/** What tells words apart here: how they begin. */
export const beginning = (word: string) => word.slice(0, 5)
