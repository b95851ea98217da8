import type { FastifyRequest } from 'fastify'
import { type Language, languages } from '../../engine/language.ts'

/** The language of an `Accept-Language` header that is preferred among ours; Kazakh when none is. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '').split(',').flatMap((wish) => {
    const [tag = '', ...settings] = wish.trim().toLowerCase().split(';')
    const language = languages.find((ours) => tag === ours || tag.startsWith(`${ours}-`))
    const quality = Number(/^q=([\d.]+)$/.exec(settings.at(-1)?.trim() ?? '')?.[1] ?? 1)
    return language && quality > 0 ? [{ language, quality }] : []
  })
  return wishes.sort((a, b) => b.quality - a.quality)[0]?.language ?? 'kk'
}

/** The language in which a request is refused. */
export const languageOf = (request: FastifyRequest): Language =>
  preferredLanguage(request.headers['accept-language'])
