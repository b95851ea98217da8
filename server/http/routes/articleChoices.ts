import { z } from 'zod'
import { understand } from '../../../engine/faq/index.ts'
import { articleChoicesQuerySchema, type WireArticleChoices } from '../../../engine/wireArticles.ts'
import { excerpt } from '../../help/excerpt.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'
import { signedInOnly } from '../signedInOnly.ts'

const oftenEnough = { rateLimit: { max: 600, timeWindow: 60_000 } }
const looked = 8
const excerptLength = 140

/** The articles in force that operators answer with: for everybody who works for the desk. */
export async function articleChoiceRoutes(app: App, deps: AppDeps): Promise<void> {
  const { desks } = deps
  signedInOnly(app, deps)
  app.get(
    '/desks/:desk/articles',
    {
      config: oftenEnough,
      schema: { params: z.object({ desk: z.string().max(32) }), querystring: articleChoicesQuerySchema },
    },
    async (request, reply) => {
      const desk = desks.get(request.params.desk)
      if (!desk) return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
      const { q, lang } = request.query
      const found = q.trim() ? understand(desk.faq, q, looked).results.map(({ id }) => id) : []
      const { compare } = new Intl.Collator(lang)
      const titled = [...desk.articles.values()].sort((one, two) => compare(one[lang].title, two[lang].title))
      const place = (id: string) => (found.includes(id) ? found.indexOf(id) : looked)
      const choices: WireArticleChoices = {
        found: found.length,
        articles: titled
          .sort((one, two) => place(one.id) - place(two.id))
          .map(({ id, [lang]: { title, body } }) => ({ id, title, excerpt: excerpt(body, excerptLength) })),
      }
      return choices
    },
  )
}
