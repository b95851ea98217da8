import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { articleRevisions, keptArticle, keptArticles, revisionContent } from '../../../db/queries/articles.ts'
import { articleEditSchema, newArticleSchema } from '../../../engine/wireArticles.ts'
import { type ArticleOutcome, changeArticle, createArticle, type Editing } from '../../articles/editing.ts'
import { wireArticle, wireArticleRow } from '../../articles/wireArticle.ts'
import type { Operator } from '../../auth/auth.ts'
import type { App, AppDeps } from '../app.ts'
import { ownRequestsOnly } from '../ownRequest.ts'
import { refuse } from '../refuse.ts'

const oftenEnough = { rateLimit: { max: 300, timeWindow: 60_000 } }
/** Two languages of a long article. */
const bodyLimit = 512 * 1024

const ofDesk = z.object({ desk: z.string().max(32) })
const ofArticle = ofDesk.extend({ id: z.string().max(120) })
const ofRevision = ofArticle.extend({
  number: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
})

/** The desks' articles: for supervisors and administrators, of their own desks. */
export async function articleRoutes(app: App, deps: AppDeps): Promise<void> {
  const { auth, clock, database, desks } = deps
  const { sql } = database
  const asking = new WeakMap<FastifyRequest['raw'], Operator>()

  app.addHook('onRequest', ownRequestsOnly(deps.env.publicUrl))
  app.addHook('onRequest', async (request, reply) => {
    const operator = await auth.operatorOfCookie(request.headers.cookie)
    if (!operator) return refuse(request, reply, 401, { key: 'refusal.signIn' })
    if (operator.role === 'operator') return refuse(request, reply, 403, { key: 'refusal.forbidden' })
    asking.set(request.raw, operator)
    const { desk } = request.params as { desk?: string }
    if (desk !== undefined && !(operator.desks.includes(desk) && desks.has(desk)))
      return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
    return undefined
  })

  function editing({ raw }: { readonly raw: FastifyRequest['raw'] }): Editing {
    const operator = asking.get(raw)
    if (!operator) throw new Error('nobody is signed in')
    return { sql, now: clock().toISOString(), by: { id: operator.id, name: operator.name } }
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

  app.get('/articles', { config: oftenEnough }, async ({ raw }) => {
    const own = (asking.get(raw)?.desks ?? []).filter((desk) => desks.has(desk))
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
      return answer(request, reply, desk, await createArticle(editing(request), desk, request.body))
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
}
