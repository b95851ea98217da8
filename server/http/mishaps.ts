import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Refusal } from '../../engine/conversation/effect.ts'
import { say } from '../../locales/index.ts'
import { loggedUrl } from './loggedUrl.ts'
import { refuse } from './refuse.ts'
import { languageOf } from './requestLanguage.ts'

const wrongFields = {
  email: 'refusal.field.email',
  password: 'refusal.field.password',
  name: 'refusal.field.name',
  desks: 'refusal.field.desks',
  languages: 'refusal.field.languages',
  bin: 'refusal.contract.bin',
  number: 'refusal.contract.number',
  organisation: 'refusal.contract.organisation',
  startsOn: 'refusal.contract.term',
  endsOn: 'refusal.contract.term',
  openLimit: 'refusal.contract.openLimit',
} as const

/** Answers what went wrong: the client learns what it can do about it, the log learns the rest. */
export function onMishap(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  if (hasZodFastifySchemaValidationErrors(error)) return refuse(request, reply, 400, wrongInput(error))
  if (status === 429) return refuse(request, reply, 429, { key: 'refusal.tooOften' })
  if (status >= 400 && status < 500) return refuse(request, reply, status, { key: 'refusal.invalid' })
  request.log.error({ err: error, method: request.method, url: loggedUrl(request.url) }, 'a request failed')
  return refuse(request, reply, 500, { key: 'refusal.failed' })
}

function wrongInput(error: {
  readonly validation: readonly { readonly instancePath: string }[]
  readonly validationContext?: string | undefined
}): Refusal {
  const wrong = error.validation.map(({ instancePath }) => instancePath.split('/')[1] ?? '')
  const known = wrong.filter((field): field is keyof typeof wrongFields => Object.hasOwn(wrongFields, field))
  if (error.validationContext !== 'body' || known.length < wrong.length) return { key: 'refusal.invalid' }
  return {
    key: 'refusal.check',
    fields: Object.fromEntries(known.map((field) => [field, wrongFields[field]])),
  }
}

/** Answers for what is not there: JSON to programs, a small page to people. */
export function onNothingFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.url.startsWith('/api/')) return refuse(request, reply, 404, { key: 'refusal.noPage' })
  const language = languageOf(request)
  const text = say[language]('refusal.noPage')
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${text}</title><p>${text}</p>`,
    )
}
