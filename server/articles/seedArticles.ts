import { createHash } from 'node:crypto'
import type { SqlPool } from '../../db/client.ts'
import { keptArticles, writeArticle } from '../../db/queries/articles.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Article } from '../../engine/faq/article.ts'
import { type ArticleContent, canonical, tidyContent } from '../../engine/faq/articleContent.ts'
import { followShipped, type ShippedText, shippedArticle } from '../../engine/faq/keptArticle.ts'

/** What a shipped text is known by. */
export const hashOfContent = (content: ArticleContent): string =>
  createHash('sha256')
    .update(canonical(tidyContent(content)))
    .digest('base64url')

const shippedText = ({ kk, ru }: Article): ShippedText => ({
  content: { kk, ru },
  hash: hashOfContent({ kk, ru }),
})

/**
 * Brings the articles of the desks' files into the database: new ones come in force, those that nobody has edited
 * follow the files, edited ones are kept and the newer text waits beside them. Several servers may do it at once.
 */
export async function seedArticles(
  sql: SqlPool,
  desks: ReadonlyMap<string, Desk>,
  now: string,
): Promise<void> {
  const kept = await keptArticles(sql, [...desks.keys()])
  const known = new Map(kept.map((article) => [`${article.desk} ${article.id}`, article]))
  const shipped = [...desks.values()].flatMap(({ id: desk, articles }) =>
    [...articles.values()].map((article) => ({ desk, id: article.id, text: shippedText(article) })),
  )
  const files = new Map(shipped.map(({ desk, id, text }) => [`${desk} ${id}`, text]))
  const fresh = shipped
    .filter(({ desk, id }) => !known.has(`${desk} ${id}`))
    .map(({ desk, id, text }) => ({
      article: shippedArticle(desk, id, text),
      act: 'shipped' as const,
    }))
  const followed = kept.flatMap(
    (article) => followShipped(article, files.get(`${article.desk} ${article.id}`)) ?? [],
  )
  if (fresh.length + followed.length === 0) return
  await sql.begin(async (tx) => {
    for (const { article, act } of [...fresh, ...followed])
      await writeArticle(tx, article, { act, at: now, by: undefined })
  })
}
