import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import type { Database } from '../../db/client.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Presence } from '../../engine/presence.ts'
import type { ArticlesFollowed } from '../articles/followArticles.ts'
import type { Auth } from '../auth/auth.ts'
import { networkOf } from '../auth/networkOf.ts'
import type { CalendarsFollowed } from '../calendars/followCalendars.ts'
import type { HandRequests } from '../conversations/handRequests.ts'
import type { Env } from '../env.ts'
import type { Metrics } from '../metrics.ts'
import type { EscalationSettings } from '../notices/escalationSettings.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { isNearbyAddress } from './isNearby.ts'
import { loggedUrl } from './loggedUrl.ts'
import { onMishap, onNothingFound } from './mishaps.ts'
import { pathHeaders } from './pathHeaders.ts'
import { articleChoiceRoutes } from './routes/articleChoices.ts'
import { articleRoutes } from './routes/articles.ts'
import { calendarRoutes } from './routes/calendars.ts'
import { consoleRoutes } from './routes/console.ts'
import { contractRoutes } from './routes/contracts.ts'
import { escalationRoutes } from './routes/escalation.ts'
import { faqRoutes } from './routes/faq.ts'
import { helpRoutes } from './routes/help.ts'
import { pageRoutes } from './routes/pages.ts'
import { reportRoutes } from './routes/report.ts'
import { requestRoutes } from './routes/requests.ts'
import { statusRoutes } from './routes/status.ts'
import { telegramRoutes } from './routes/telegram.ts'
import { uploadRoutes } from './routes/uploads.ts'

/** What the HTTP side needs of the rest of the server. */
export type AppDeps = {
  readonly env: Pick<Env, 'publicUrl' | 'trustedProxies'>
  readonly log: FastifyBaseLogger
  readonly clock: () => Date
  readonly database: Database
  readonly desks: ReadonlyMap<string, Desk>
  readonly auth: Auth
  readonly uploads: Uploads
  readonly metrics: Metrics
  readonly escalation: EscalationSettings
  readonly handRequests: HandRequests
  /** Makes this process answer by the articles in force now. */
  readonly articles: Pick<ArticlesFollowed, 'reload'>
  readonly calendars: Pick<CalendarsFollowed, 'reload'>
  /** Where the built clients lie: `<distDir>/widget`, `<distDir>/console`. */
  readonly distDir: string
  /** Whether an operator has the console open, and is to be given conversations. */
  readonly presenceOf: (operatorId: string) => Presence
  /** The conversation that a visitor's token opens. */
  readonly visitorConversation: (
    token: string,
  ) => Promise<{ readonly conversationId: string; readonly desk: string } | undefined>
  /** The desk of a conversation. */
  readonly conversationDesk: (conversationId: string) => Promise<string | undefined>
  /** Takes Telegram's updates; false when the secret is not the one we gave to Telegram. */
  readonly telegramWebhook?: {
    readonly handle: (secretHeader: string | undefined, body: unknown) => Promise<boolean>
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

const bodyLimit = 64 * 1024
/** A file over a bad mobile line takes its time. */
const requestTimeout = 5 * 60_000

/**
 * The HTTP side of the server, ready to listen or to be given requests: pages, console API, uploads, the public API
 * and the server's state. Sockets are attached to `app.server` by whoever calls.
 */
export async function createApp(deps: AppDeps): Promise<App> {
  const https = deps.env.publicUrl.startsWith('https:')
  const app: App = Fastify<RawServerDefault>({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    // a proxy of one's own stands nearby; whoever reaches the server directly from afar is not believed
    trustProxy: (address, hop) => hop < deps.env.trustedProxies && isNearbyAddress(address),
    bodyLimit,
    requestTimeout,
    // an address that cannot be read
    frameworkErrors: onMishap,
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(onMishap)
  app.setNotFoundHandler(onNothingFound)

  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: false,
    frameguard: false,
    strictTransportSecurity: https ? { maxAge: 15_552_000, includeSubDomains: false } : false,
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(pathHeaders(request.url.split('?')[0] ?? ''))
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'none'
    const status = reply.statusCode
    deps.metrics.httpRequests.observe({ method, route, status }, reply.elapsedTime / 1_000)
    request.log.debug({ method, url: loggedUrl(request.url), status, ms: Math.round(reply.elapsedTime) })
  })
  await app.register(rateLimit, { global: false, keyGenerator: (request) => networkOf(request.ip) })
  await app.register(swagger, {
    hideUntagged: true,
    transform: jsonSchemaTransform,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Komekshi', version: '1', description: 'The public HTTP API of a support desk' },
      servers: [{ url: deps.env.publicUrl }],
    },
  })

  statusRoutes(app, deps)
  faqRoutes(app, deps)
  telegramRoutes(app, deps)
  await app.register(async (scope) => uploadRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps))
  await app.register(async (scope) => consoleRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console',
  })
  await app.register(async (scope) => reportRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console',
  })
  await app.register(async (scope) => calendarRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console/calendar',
  })
  await app.register(async (scope) => contractRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console/contracts',
  })
  await app.register(async (scope) => articleChoiceRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console',
  })
  await app.register(async (scope) => articleRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console',
  })
  await app.register(async (scope) => escalationRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console/escalation',
  })
  await app.register(async (scope) => requestRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/api/console/requests',
  })
  await app.register(async (scope) => helpRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps), {
    prefix: '/help',
  })
  await app.register(async (scope) => pageRoutes(scope.withTypeProvider<ZodTypeProvider>(), deps))
  app.get('/api/openapi.json', async () => app.swagger())
  await app.ready()
  return app
}
