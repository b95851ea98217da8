import type { Language } from '../../engine/language.ts'
import kk from '../../locales/kk/report.json' with { type: 'json' }
import ru from '../../locales/ru/report.json' with { type: 'json' }
import { type KeyOf, type Translator, translatorOf } from '../../locales/translate.ts'

type ReportKey = KeyOf<typeof ru> & KeyOf<typeof kk>

/** The words of an exported report by language. */
export const words: Readonly<Record<Language, Translator<ReportKey>>> = {
  kk: translatorOf('kk', kk),
  ru: translatorOf('ru', ru),
}
