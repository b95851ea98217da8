import type { Refusal } from '../../engine/conversation/effect.ts'
import type { Language } from '../../engine/language.ts'
import type { WireRefusal } from '../../engine/wire.ts'
import { say } from '../../locales/index.ts'

/** A refusal in the reader's own words, ready for the wire. */
export const wireRefusal = (language: Language, { key, params, fields }: Refusal): WireRefusal => ({
  key,
  text: say[language](key, params),
  ...(fields && {
    fields: Object.fromEntries(Object.entries(fields).map(([field, why]) => [field, say[language](why)])),
  }),
})
