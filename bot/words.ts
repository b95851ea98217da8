import type { Language } from '../engine/language.ts'
import kk from '../locales/kk/telegram.json' with { type: 'json' }
import ru from '../locales/ru/telegram.json' with { type: 'json' }
import { type KeyOf, type Translator, translatorOf } from '../locales/translate.ts'

/** Every message that only the Telegram channel needs. */
export type TelegramKey = KeyOf<typeof ru> & KeyOf<typeof kk>

/** The channel's own words by language. */
export const words: Readonly<Record<Language, Translator<TelegramKey>>> = {
  kk: translatorOf('kk', kk),
  ru: translatorOf('ru', ru),
}

/** The language to speak before anything is known of the visitor. */
export const defaultLanguage: Language = 'kk'

/** One of our languages from Telegram's `language_code` (an IETF tag), or undefined. */
export function languageOfCode(code: string | undefined): Language | undefined {
  const primary = code?.toLowerCase().split('-')[0]
  return primary === 'kk' || primary === 'ru' ? primary : undefined
}
