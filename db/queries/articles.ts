import type { Instant } from '../../engine/conversation/instant.ts'
import type { ArticleContent } from '../../engine/faq/articleContent.ts'
import {
  type ArticleAct,
  type ArticleStage,
  type KeptArticle,
  workingCopy,
} from '../../engine/faq/keptArticle.ts'
import type { Sql } from '../client.ts'

/** Told to every process with the desk's id when its articles have changed. */
export const articlesChannel = 'komekshi_articles'

/** Who did something to an article; undefined: it came with the product. */
export type Editor = { readonly id: string; readonly name: string }

export type ArticleRevision = {
  readonly number: number
  readonly at: Instant
  readonly act: ArticleAct
  readonly stage: ArticleStage
  readonly by: string | null
}

/** An article with when and by whom it was last changed. */
export type DatedArticle = KeptArticle & { readonly updatedAt: Instant; readonly updatedBy: string | null }

type Row = Omit<DatedArticle, 'changedIn'> & { readonly kkChangedIn: number; readonly ruChangedIn: number }

const kept = ({ kkChangedIn, ruChangedIn, ...row }: Row): DatedArticle => ({
  ...row,
  changedIn: { kk: kkChangedIn, ru: ruChangedIn },
})

const columns = (sql: Sql) => sql`
  a.desk, a.id, a.version, a.stage, a.published, a.draft, a.kk_changed_in as "kkChangedIn",
  a.ru_changed_in as "ruChangedIn", a.shipped_hash as "shippedHash", a.edited, a.shipped`

const lastRevision = (sql: Sql) => sql`
  left join lateral (select r.at, r.operator_name from article_revisions r
    where r.desk = a.desk and r.article = a.id order by r.number desc limit 1) as last on true`

/** Every article of some desks, the deleted ones too. */
export async function keptArticles(sql: Sql, desks: readonly string[]): Promise<readonly DatedArticle[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)}, last.at as "updatedAt", last.operator_name as "updatedBy"
    from articles a ${lastRevision(sql)} where a.desk = any(${desks as string[]}) order by a.desk, a.id`
  return rows.map(kept)
}

export async function keptArticle(sql: Sql, desk: string, id: string): Promise<DatedArticle | undefined> {
  const [row] = await sql<Row[]>`
    select ${columns(sql)}, last.at as "updatedAt", last.operator_name as "updatedBy"
    from articles a ${lastRevision(sql)} where a.desk = ${desk} and a.id = ${id}`
  return row && kept(row)
}

/** The contents in force of some desks. */
export const contentsInForce = (
  sql: Sql,
  desks: readonly string[],
): Promise<{ desk: string; id: string; content: ArticleContent }[]> =>
  sql<{ desk: string; id: string; content: ArticleContent }[]>`
    select desk, id, published as content from articles where published is not null
      and desk = any(${desks as string[]}) order by desk, id`

/** The history of an article, the latest first. */
export const articleRevisions = (sql: Sql, desk: string, id: string): Promise<ArticleRevision[]> =>
  sql<ArticleRevision[]>`
    select number, at, act, stage, operator_name as by from article_revisions
    where desk = ${desk} and article = ${id} order by number desc limit 500`

/** What an article said after one of its changes. */
export async function revisionContent(
  sql: Sql,
  desk: string,
  id: string,
  number: number,
): Promise<ArticleContent | undefined> {
  const [row] = await sql<{ content: ArticleContent }[]>`
    select content from article_revisions where desk = ${desk} and article = ${id} and number = ${number}`
  return row?.content
}

/**
 * Writes an article at the version after the one it was worked out from, with what was done in its history (nothing,
 * without an act), and tells every process. False, and nothing is written, when somebody has changed it meanwhile.
 */
export async function writeArticle(
  sql: Sql,
  article: KeptArticle,
  done: { readonly act: ArticleAct | undefined; readonly at: Instant; readonly by: Editor | undefined },
): Promise<boolean> {
  const json = (content: ArticleContent | null) => sql`${content && JSON.stringify(content)}::text::jsonb`
  const { desk, id, version } = article
  const values = sql`${version}, ${article.stage}, ${json(article.published)}, ${json(article.draft)},
    ${article.changedIn.kk}, ${article.changedIn.ru}, ${article.shippedHash}, ${article.edited},
    ${json(article.shipped)}`
  const written =
    version === 1
      ? sql`
        insert into articles (desk, id, version, stage, published, draft, kk_changed_in, ru_changed_in, shipped_hash,
          edited, shipped)
        values (${desk}, ${id}, ${values}) on conflict do nothing returning 1`
      : sql`
        update articles set (version, stage, published, draft, kk_changed_in, ru_changed_in, shipped_hash, edited,
          shipped) = (${values})
        where desk = ${desk} and id = ${id} and version = ${version - 1} returning 1`
  const noted = sql`
    insert into article_revisions (desk, article, number, at, act, stage, operator_id, operator_name, content)
    select ${desk}::text, ${id}::text, ${version}::int, ${done.at}::timestamptz, ${done.act ?? null}::text,
      ${article.stage}::text, ${done.by?.id ?? null}::uuid, ${done.by?.name ?? null}::text, ${json(workingCopy(article))}
    from written where ${done.act !== undefined}::boolean returning 1`
  const rows = await sql`
    with written as (${written}), noted as (${noted})
    select pg_notify(${articlesChannel}, ${desk}) from written`
  return rows.length > 0
}
