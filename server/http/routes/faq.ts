import { z } from 'zod'
import { intents, understand } from '../../../engine/faq/index.ts'
import { languages } from '../../../engine/language.ts'
import type { App, AppDeps } from '../app.ts'
import { refuse } from '../refuse.ts'

const refusalSchema = z.object({
  refusal: z.object({
    key: z.string(),
    text: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
  }),
})

const querySchema = z.object({
  q: z.string().trim().min(1).max(1_000),
  lang: z.enum(languages).optional(),
  limit: z.coerce.number().int().min(1).max(10).default(3),
})

/** Public: any page may ask. */
const headers = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

/** The public search of a desk's FAQ. */
export function faqRoutes(app: App, { desks }: AppDeps): void {
  app.get(
    '/api/desks/:desk/faq/search',
    {
      config: { rateLimit: { max: 6_000, timeWindow: 60_000 } },
      schema: {
        tags: ['faq'],
        summary: "Understands a visitor's question and finds the articles that answer it, best first",
        params: z.object({ desk: z.string().max(32) }),
        querystring: querySchema,
        response: {
          200: z.object({
            language: z
              .enum(languages)
              .describe("The titles' language: the one asked for, else the question's"),
            intent: z.enum(intents),
            confident: z.boolean().describe('Whether the first result is clearly the answer'),
            results: z.array(z.object({ id: z.string(), title: z.string(), score: z.number() })),
          }),
          400: refusalSchema,
          404: refusalSchema,
          429: refusalSchema,
        },
      },
    },
    async (request, reply) => {
      reply.headers(headers)
      const { q, lang, limit } = request.query
      const desk = desks.get(request.params.desk)
      if (!desk) return refuse(request, reply, 404, { key: 'refusal.unknownDesk' })
      const { language: written, intent, confident, results } = understand(desk.faq, q, limit)
      const language = lang ?? written
      return {
        language,
        intent,
        confident,
        results: results.flatMap(({ id, score }) => {
          const article = desk.articles.get(id)
          return article ? [{ id, title: article[language].title, score }] : []
        }),
      }
    },
  )
}
