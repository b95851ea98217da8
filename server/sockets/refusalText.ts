import type { z } from 'zod'
import type { Refusal } from '../../engine/conversation/effect.ts'
import type { Language } from '../../engine/language.ts'
import { maxTextLength } from '../../engine/limits.ts'
import type { WireRefusal } from '../../engine/wire.ts'
import { say } from '../../locales/index.ts'

/** Why an act cannot be read: what is too long is named, the rest says nothing about how acts are read. */
export function unreadable({ issues }: z.ZodError): Refusal {
  const tooLong = issues.filter(({ code }) => code === 'too_big').map(({ path }) => path)
  if (tooLong.some(([first]) => first === 'text'))
    return { key: 'refusal.tooLong', params: { max: maxTextLength } }
  const fields = tooLong.flatMap(([first, field]) => (first === 'values' && field ? [String(field)] : []))
  return fields.length > 0
    ? { key: 'refusal.check', fields: Object.fromEntries(fields.map((field) => [field, 'field.tooLong'])) }
    : { key: 'refusal.invalid' }
}

/** A refusal in the reader's own words, ready for the wire. */
export const wireRefusal = (language: Language, { key, params, fields }: Refusal): WireRefusal => ({
  key,
  text: say[language](key, params),
  ...(fields && {
    fields: Object.fromEntries(Object.entries(fields).map(([field, why]) => [field, say[language](why)])),
  }),
})
