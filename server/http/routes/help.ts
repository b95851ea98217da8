import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Language, languages } from '../../../engine/language.ts'
import {
  type Address,
  articleAddress,
  articleAt,
  deskAddress,
  helpAddress,
  searchAddress,
} from '../../help/addresses.ts'
import { type Asset, readAssets, versionOf } from '../../help/assets.ts'
import { type Page, pageHtml, type Site } from '../../help/page.ts'
import { articlePage, deskPage, desksPage, failedPage, missingPage } from '../../help/pages.ts'
import { longestQuery } from '../../help/searchForm.ts'
import { searchPage } from '../../help/searchPage.ts'
import { sitemapXml } from '../../help/sitemap.ts'
import type { App, AppDeps } from '../app.ts'
import { loggedUrl } from '../loggedUrl.ts'
import { languageOf } from '../requestLanguage.ts'

/** The help's own scripts and styles, the chat's loader and its frame, and nothing else. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "frame-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Asked for again each time, and then only whether it is still the same: an article that is published is read at once. */
const anew = 'public, no-cache'
const shortly = 'public, max-age=300'
const forever = 'public, max-age=31536000, immutable'
const searches = { rateLimit: { max: 6_000, timeWindow: 60_000 } }

const text = z.string().catch('')
const queries = z.object({ q: text, lang: text, v: text }).catch({ q: '', lang: '', v: '' })
const queryOf = (request: FastifyRequest) => queries.parse(request.query)
const questionOf = (request: FastifyRequest) =>
  queryOf(request).q.trim().slice(0, longestQuery).toWellFormed()

const known = (language: string | undefined): Language | undefined =>
  languages.find((one) => one === language)

type DeskPath = { desk: string }
type PagePath = DeskPath & { place: string }
type ArticlePath = DeskPath & { lang: string; slug: string }

/**
 * The public help of every desk under `/help`, made on the server: it is read, searched and printed without scripts.
 * An address without a language leads to the reader's own.
 */
export async function helpRoutes(app: App, { desks, env }: Pick<AppDeps, 'desks' | 'env'>): Promise<void> {
  const site: Site = { desks, publicUrl: env.publicUrl, assets: readAssets() }

  app.addHook('onRequest', async (_, reply) => {
    reply.header('content-security-policy', policy)
  })
  app.setNotFoundHandler((request, reply) => missing(request, reply))
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500)
      request.log.error({ err: error, method: request.method, url: loggedUrl(request.url) }, 'a page failed')
    return sendUnkept(reply.code(status), failedPage(status, placeOf(request).language))
  })

  app.get('', (_, reply) => reply.redirect(helpAddress(), 301))
  app.get('/', { prefixTrailingSlash: 'slash' }, (request, reply) => {
    const chosen = known(queryOf(request).lang)
    if (!chosen) reply.header('vary', 'Accept-Language')
    return sendPage(request, reply, desksPage(site, chosen ?? languageOf(request), helpAddress(chosen)))
  })
  app.get('/sitemap.xml', (request, reply) =>
    send(request, reply.type('application/xml; charset=utf-8'), sitemapXml(site)),
  )
  for (const asset of Object.values(site.assets)) serveAsset(asset)

  app.get<{ Params: DeskPath }>('/:desk', (request, reply) => {
    const desk = desks.get(request.params.desk)
    return desk ? reply.redirect(deskAddress(desk.id)(), 301) : missing(request, reply)
  })
  app.get<{ Params: DeskPath }>('/:desk/', (request, reply) => {
    const desk = desks.get(request.params.desk)
    if (!desk) return missing(request, reply)
    const question = questionOf(request)
    return toOwnLanguage(request, reply, question ? searchAddress(desk.id, question) : deskAddress(desk.id))
  })
  app.get<{ Params: PagePath }>('/:desk/:place', (request, reply) => {
    const desk = desks.get(request.params.desk)
    const language = known(request.params.place)
    if (desk && language) return reply.redirect(deskAddress(desk.id)(language), 301)
    const article = desk && articleAt(desk, request.params.place)
    if (!desk || !article) return missing(request, reply)
    return toOwnLanguage(request, reply, articleAddress(desk.id, article.id))
  })
  app.get<{ Params: PagePath }>('/:desk/:place/', { config: searches }, (request, reply) => {
    const desk = desks.get(request.params.desk)
    const language = known(request.params.place)
    if (!desk || !language) return missing(request, reply)
    const question = questionOf(request)
    return question
      ? sendUnkept(reply, searchPage(desk, language, question))
      : sendPage(request, reply, deskPage(desk, language))
  })
  app.get<{ Params: ArticlePath }>('/:desk/:lang/:slug', (request, reply) => {
    const desk = desks.get(request.params.desk)
    const language = known(request.params.lang)
    const article = desk && articleAt(desk, request.params.slug)
    if (!desk || !language || !article) return missing(request, reply)
    return sendPage(request, reply, articlePage(site, desk, article, language))
  })

  function serveAsset(asset: Asset): void {
    const { pathname, searchParams } = new URL(asset.address, 'http://help')
    app.get(pathname.slice('/help'.length), (request, reply) =>
      send(
        request,
        reply.type(asset.type),
        asset.content,
        queryOf(request).v === searchParams.get('v') ? forever : shortly,
      ),
    )
  }

  function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply {
    return send(request, reply.type('text/html; charset=utf-8'), pageHtml(site, page))
  }

  /** What people asked for, and what went wrong, is kept by nobody on the way. */
  function sendUnkept(reply: FastifyReply, page: Page): FastifyReply {
    return reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(pageHtml(site, page))
  }

  function missing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { desk, language } = placeOf(request)
    return sendUnkept(reply.code(404), missingPage(desk, language))
  }

  /** The desk and the language that an address names, whether or not there is such a page. */
  function placeOf(request: FastifyRequest) {
    const [, , desk = '', language] = (request.url.split('?')[0] ?? '').split('/')
    return { desk: desks.get(desk), language: known(language) ?? languageOf(request) }
  }
}

function toOwnLanguage(request: FastifyRequest, reply: FastifyReply, address: Address): FastifyReply {
  return reply
    .headers({ vary: 'Accept-Language', 'cache-control': 'private, max-age=300' })
    .redirect(address(languageOf(request)), 302)
}

/** Sends a content, or only that it is still the one which the browser has. */
function send(
  request: FastifyRequest,
  reply: FastifyReply,
  content: string,
  caching: string = anew,
): FastifyReply {
  const tag = `"${versionOf(content)}"`
  reply.headers({ etag: tag, 'cache-control': caching })
  const held = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
  return held.includes(tag) ? reply.code(304).send() : reply.send(content)
}
