import type { Sql } from '../../db/client.ts'
import {
  type Editor,
  keptArticle,
  keptArticles,
  revisionContent,
  writeArticle,
} from '../../db/queries/articles.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import { newArticleId, type Unfinished } from '../../engine/faq/articleContent.ts'
import { questionText } from '../../engine/faq/askedQuestion.ts'
import { type ArticleEdit, editArticle, type KeptArticle, newArticle } from '../../engine/faq/keptArticle.ts'
import type { ArticleEditRequest, LearnRequest, NewArticleRequest } from '../../engine/wireArticles.ts'
import { type Outcome, refused } from '../auth/outcome.ts'
import { hashOfContent } from './seedArticles.ts'

export type ArticleOutcome = Outcome<{ readonly id: string }>

export type Editing = { readonly sql: Sql; readonly now: Instant; readonly by: Editor }

function notInPlace(why: 'outOfPlace' | Unfinished): ArticleOutcome {
  if (why === 'outOfPlace') return refused(409, 'refusal.article.outOfPlace')
  if (why === 'empty') return refused(400, 'refusal.article.empty')
  return refused(400, `refusal.article.${why.part}.${why.language}`)
}

async function overtaken(sql: Sql, desk: string, id: string): Promise<ArticleOutcome> {
  const now = await keptArticle(sql, desk, id)
  return now?.updatedBy
    ? refused(409, 'refusal.article.changed', { params: { operator: now.updatedBy } })
    : refused(409, 'refusal.article.changedByUpgrade')
}

/** The engine's edit that a request asks for; undefined when it names a revision that is not there. */
async function editOf(
  sql: Sql,
  article: KeptArticle,
  request: ArticleEditRequest,
): Promise<ArticleEdit | undefined> {
  switch (request.act) {
    case 'save':
    case 'publish': {
      const { act, content, translationFits = false } = request
      return { act, content, translationFits }
    }
    case 'restore': {
      const content = await revisionContent(sql, article.desk, article.id, request.revision)
      return content && { act: 'restore', content }
    }
    case 'takeShipped':
    case 'dismissShipped':
      return { act: request.act, hash: article.shipped ? hashOfContent(article.shipped) : '' }
    default:
      return { act: request.act }
  }
}

/** Changes an article as somebody saw it; refused when it has been changed since. */
export async function changeArticle(
  { sql, now, by }: Editing,
  desk: string,
  id: string,
  request: ArticleEditRequest,
): Promise<ArticleOutcome> {
  const article = await keptArticle(sql, desk, id)
  if (!article) return refused(404, 'refusal.article.gone')
  if (article.version !== request.version) return overtaken(sql, desk, id)
  const edit = await editOf(sql, article, request)
  if (!edit) return refused(404, 'refusal.article.revisionGone')
  const edited = editArticle(article, edit)
  if (!edited.ok) return notInPlace(edited.why)
  const written = await writeArticle(sql, edited.article, { act: edited.act, at: now, by })
  return written ? { ok: true, id } : overtaken(sql, desk, id)
}

const mostTries = 5

/** Adds a way of asking to an article; whoever else changes it meanwhile loses nothing. */
export async function learnPhrasing(
  { sql, now, by }: Editing,
  desk: string,
  { article: id, language, phrasing }: LearnRequest,
): Promise<ArticleOutcome> {
  for (let tries = 0; tries < mostTries; tries++) {
    const article = await keptArticle(sql, desk, id)
    if (!article) return refused(404, 'refusal.article.gone')
    const edited = editArticle(article, { act: 'learn', language, phrasing: questionText(phrasing) })
    if (!edited.ok) return notInPlace(edited.why)
    if (await writeArticle(sql, edited.article, { act: edited.act, at: now, by })) return { ok: true, id }
  }
  return overtaken(sql, desk, id)
}

/** Begins an article; its id is made of its title. */
export async function createArticle(
  { sql, now, by }: Editing,
  desk: string,
  { content, publish }: NewArticleRequest,
): Promise<ArticleOutcome> {
  for (let tries = 0; tries < mostTries; tries++) {
    const taken = new Set((await keptArticles(sql, [desk])).map(({ id }) => id))
    const id = newArticleId(desk, content.ru?.title || content.kk?.title || '', taken)
    const begun = { ...newArticle(desk, id, content), version: 0 }
    const edited = editArticle(begun, { act: publish ? 'publish' : 'save', content })
    if (!edited.ok) return notInPlace(edited.why)
    if (await writeArticle(sql, edited.article, { act: edited.act, at: now, by })) return { ok: true, id }
  }
  throw new Error(`no id was free for a new article of ${desk}`)
}
