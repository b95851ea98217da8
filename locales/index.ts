import assistantKk from './kk/assistant.json' with { type: 'json' }
import calendarKk from './kk/calendar.json' with { type: 'json' }
import contractKk from './kk/contract.json' with { type: 'json' }
import identityKk from './kk/identity.json' with { type: 'json' }
import noticeKk from './kk/notice.json' with { type: 'json' }
import assistantRu from './ru/assistant.json' with { type: 'json' }
import calendarRu from './ru/calendar.json' with { type: 'json' }
import contractRu from './ru/contract.json' with { type: 'json' }
import identityRu from './ru/identity.json' with { type: 'json' }
import noticeRu from './ru/notice.json' with { type: 'json' }
import { type KeyOf, type Translator, translatorOf } from './translate.ts'

const words = {
  kk: { ...assistantKk, ...identityKk, ...contractKk, ...calendarKk, ...noticeKk },
  ru: { ...assistantRu, ...identityRu, ...contractRu, ...calendarRu, ...noticeRu },
}

/** Every message the assistant and the server can word; a key that is missing fails to compile. */
export type AssistantKey = KeyOf<typeof words.ru> & KeyOf<(typeof words)['kk']>

/** The assistant's words by language. */
export const say: Readonly<Record<'kk' | 'ru', Translator<AssistantKey>>> = {
  kk: translatorOf('kk', words.kk),
  ru: translatorOf('ru', words.ru),
}
