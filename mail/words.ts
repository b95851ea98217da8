import type { Language } from '../engine/language.ts'
import kk from '../locales/kk/mail.json' with { type: 'json' }
import ru from '../locales/ru/mail.json' with { type: 'json' }
import { type KeyOf, type Translator, translatorOf } from '../locales/translate.ts'

/** Every message that only letters need. */
type MailKey = KeyOf<typeof ru> & KeyOf<typeof kk>

/** The words of letters by language. */
export const words: Readonly<Record<Language, Translator<MailKey>>> = {
  kk: translatorOf('kk', kk),
  ru: translatorOf('ru', ru),
}
