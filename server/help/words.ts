import type { Language } from '../../engine/language.ts'
import kk from '../../locales/kk/help.json' with { type: 'json' }
import ru from '../../locales/ru/help.json' with { type: 'json' }
import { type KeyOf, type Translator, translatorOf } from '../../locales/translate.ts'

type HelpKey = KeyOf<typeof ru> & KeyOf<typeof kk>

/** The words of the help pages by language. */
export const words: Readonly<Record<Language, Translator<HelpKey>>> = {
  kk: translatorOf('kk', kk),
  ru: translatorOf('ru', ru),
}
