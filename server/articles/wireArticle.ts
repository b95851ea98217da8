import type { ArticleRevision, DatedArticle } from '../../db/queries/articles.ts'
import { missingLanguage, olderLanguage, workingCopy } from '../../engine/faq/keptArticle.ts'
import type { WireArticle, WireArticleRow } from '../../engine/wireArticles.ts'

/** A line of the console's list of articles. */
export function wireArticleRow(article: DatedArticle): WireArticleRow {
  const { kk, ru } = workingCopy(article)
  return {
    desk: article.desk,
    id: article.id,
    version: article.version,
    stage: article.stage,
    titles: { kk: kk?.title ?? null, ru: ru?.title ?? null },
    drafted: article.draft !== null && article.stage === 'published',
    missing: missingLanguage(article) ?? null,
    older: olderLanguage(article) ?? null,
    shippedNewer: article.shipped !== null && article.stage !== 'deleted',
    phrasings: (kk?.phrasings.length ?? 0) + (ru?.phrasings.length ?? 0),
    updatedAt: article.updatedAt,
    updatedBy: article.updatedBy,
  }
}

/** An article as the console edits it. */
export const wireArticle = (article: DatedArticle, revisions: readonly ArticleRevision[]): WireArticle => ({
  ...wireArticleRow(article),
  published: article.published,
  draft: article.draft,
  shipped: article.shipped,
  revisions,
})
