import type { SqlPool } from '../../db/client.ts'
import { articlesChannel, contentsInForce } from '../../db/queries/articles.ts'
import type { Article } from '../../engine/faq/article.ts'
import { articleOf } from '../../engine/faq/articleContent.ts'
import { followDesks } from '../followDesks.ts'
import type { LiveDesks } from '../liveDesks.ts'

export type ArticlesFollowed = {
  /** Resolves when this process answers by what is in force now at a desk. */
  reload(desk: string): Promise<void>
  stop(): Promise<void>
}

const asText = (articles: Iterable<Article>) =>
  JSON.stringify(
    [...articles]
      .sort((one, two) => (one.id < two.id ? -1 : 1))
      .map(({ id, kk, ru, untranslated }) => [
        id,
        [kk.title, kk.phrasings, kk.body],
        [ru.title, ru.phrasings, ru.body],
        untranslated,
      ]),
  )

/**
 * Keeps the articles of the live desks as the database has them in force: once at the start (it resolves then), and
 * again whenever any process has changed them.
 */
export function followArticles(ports: {
  readonly sql: SqlPool
  readonly live: LiveDesks
  readonly failed: (error: unknown) => void
}): Promise<ArticlesFollowed> {
  const { sql, live, failed } = ports

  async function read(desks: readonly string[]) {
    const rows = await contentsInForce(sql, desks)
    const changed = desks.flatMap((id): [string, readonly Article[]][] => {
      const articles = rows
        .filter(({ desk }) => desk === id)
        .map(({ id: article, content }) => articleOf(article, content))
      const now = live.desks.get(id)
      return now && asText(now.articles.values()) !== asText(articles) ? [[id, articles]] : []
    })
    if (changed.length > 0) await live.putArticles(new Map(changed))
  }

  return followDesks({ sql, channel: articlesChannel, desks: live.desks, read, failed })
}
