import type { Desk } from '../../engine/desk.ts'
import type { Article } from '../../engine/faq/article.ts'
import { understand } from '../../engine/faq/index.ts'
import { languages } from '../../engine/language.ts'

const looked = 10
const shown = 4

/** What else a desk's search finds for an article's titles in both languages together, the likest first. */
export function relatedArticles(desk: Desk, article: Article): readonly Article[] {
  const scores = new Map<string, number>()
  for (const language of languages)
    for (const { id, score } of understand(desk.faq, article[language].title, looked).results)
      scores.set(id, (scores.get(id) ?? 0) + score)
  scores.delete(article.id)
  return [...scores]
    .sort(([, one], [, two]) => two - one)
    .slice(0, shown)
    .flatMap(([id]) => desk.articles.get(id) ?? [])
}
