import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { articleRevisions, keptArticle, keptArticles, revisionContent } from '../../../db/queries/articles.ts'
import { isQuestionOf, settleQuestions, unansweredQuestions } from '../../../db/queries/questions.ts'
import {
  articleEditSchema,
  learnSchema,
  newArticleSchema,
  questionsQuerySchema,
  settleSchema,
} from '../../../engine/wireArticles.ts'
import { conversationExcerpt } from '../../articles/conversationExcerpt.ts'
import {
  type ArticleOutcome,
  changeArticle,
  createArticle,
  type Editing,
  learnPhrasing,
} from '../../articles/editing.ts'
import { questionGroups } from '../../articles/questionGroups.ts'
import { wireArticle, wireArticleRow } from '../../articles/wireArticle.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'
import { languageOf } from '../requestLanguage.ts'
import { supervisorsOnly } from '../signedInOnly.ts'

const oftenEnough = { rateLimit: { max: 300, timeWindow: 60_000 } }
/** Two languages of a long article. */
const bodyLimit = 512 * 1024
const dayMilliseconds = 24 * 60 * 60 * 1_000

const ofDesk = z.object({ desk: z.string().max(32) })
const ofArticle = ofDesk.extend({ id: z.string().max(120) })
const ofQuestion = ofDesk.extend({ conversation: z.uuid(), question: z.string().max(120) })
const ofRevision = ofArticle.extend({
  number: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
})

/** The desks' articles: for supervisors and administrators, of their own desks. */
export async function articleRoutes(app: App, deps: AppDeps): Promise<void> {
  const { clock, database, desks } = deps
  const { sql } = database
  const asking = supervisorsOnly(app, deps)

  function editing(request: { readonly raw: FastifyRequest['raw'] }): Editing {
    const { id, name } = asking(request)
    return { sql, now: clock().toISOString(), by: { id, name } }
  }

  /** The article as it is by now, once this process answers by it. */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    desk: string,
    outcome: ArticleOutcome,
  ): Promise<unknown> {
    if (!outcome.ok) return refuse(request, reply, outcome.status, outcome.refusal)
    await deps.articles.reload(desk)
    return articleNow(request, reply, desk, outcome.id)
  }

  async function articleNow(request: FastifyRequest, reply: FastifyReply, desk: string, id: string) {
    const [article, revisions] = await Promise.all([
      keptArticle(sql, desk, id),
      articleRevisions(sql, desk, id),
    ])
    return article
      ? wireArticle(article, revisions)
      : refuse(request, reply, 404, { key: 'refusal.article.gone' })
  }

  app.get('/articles', { config: oftenEnough }, async (request) => {
    const own = asking(request).desks.filter((desk) => desks.has(desk))
    return (await keptArticles(sql, own)).map(wireArticleRow)
  })

  app.get('/articles/:desk/:id', { config: oftenEnough, schema: { params: ofArticle } }, (request, reply) =>
    articleNow(request, reply, request.params.desk, request.params.id),
  )

  app.get(
    '/articles/:desk/:id/revisions/:number',
    { config: oftenEnough, schema: { params: ofRevision } },
    async (request, reply) => {
      const { desk, id, number } = request.params
      const content = await revisionContent(sql, desk, id, number)
      return content ?? refuse(request, reply, 404, { key: 'refusal.article.revisionGone' })
    },
  )

  app.post(
    '/articles/:desk',
    { bodyLimit, config: oftenEnough, schema: { params: ofDesk, body: newArticleSchema } },
    async (request, reply) => {
      const { desk } = request.params
      const by = editing(request)
      const outcome = await createArticle(by, desk, request.body)
      const { questions } = request.body
      if (outcome.ok && questions)
        await settleQuestions(sql, desk, questions, 'learned', { at: by.now, by: by.by.name })
      return answer(request, reply, desk, outcome)
    },
  )

  app.post(
    '/articles/:desk/:id',
    { bodyLimit, config: oftenEnough, schema: { params: ofArticle, body: articleEditSchema } },
    async (request, reply) => {
      const { desk, id } = request.params
      return answer(request, reply, desk, await changeArticle(editing(request), desk, id, request.body))
    },
  )

  app.get(
    '/questions/:desk',
    { config: oftenEnough, schema: { params: ofDesk, querystring: questionsQuerySchema } },
    async (request, reply) => {
      const desk = desks.get(request.params.desk)
      if (!desk) return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
      const since = new Date(clock().getTime() - request.query.days * dayMilliseconds).toISOString()
      return questionGroups(desk, await unansweredQuestions(sql, desk.id, since))
    },
  )

  app.post(
    '/questions/:desk/learn',
    { bodyLimit, config: oftenEnough, schema: { params: ofDesk, body: learnSchema } },
    async (request, reply) => {
      const { desk } = request.params
      const by = editing(request)
      const outcome = await learnPhrasing(by, desk, request.body)
      if (outcome.ok)
        await settleQuestions(sql, desk, request.body.questions, 'learned', { at: by.now, by: by.by.name })
      return answer(request, reply, desk, outcome)
    },
  )

  app.post(
    '/questions/:desk/settle',
    { bodyLimit, config: oftenEnough, schema: { params: ofDesk, body: settleSchema } },
    async (request, reply) => {
      const { now, by } = editing(request)
      const { dismissed, questions } = request.body
      const settled = dismissed ? 'dismissed' : null
      await settleQuestions(sql, request.params.desk, questions, settled, { at: now, by: by.name })
      return reply.code(204).send()
    },
  )

  app.get(
    '/questions/:desk/:conversation/:question',
    { config: oftenEnough, schema: { params: ofQuestion } },
    async (request, reply) => {
      const { desk: id, conversation: conversationId, question } = request.params
      const desk = desks.get(id)
      if (!desk || !(await isQuestionOf(sql, id, { conversationId, id: question })))
        return refuse(request, reply, 404, { key: 'refusal.notFound' })
      return conversationExcerpt(sql, desk, { conversationId, id: question }, languageOf(request))
    },
  )
}
