import type { Language } from '../engine/language.ts'
import type ru from '../locales/ru/console.json'
import { type Dictionary, type KeyOf, type Translator, translatorOf } from '../locales/translate.ts'

export type ConsoleKey = KeyOf<typeof ru>
export type Words = Translator<ConsoleKey>

/** Fetches the words of one language: the other one is never downloaded. */
export async function loadWords(language: Language): Promise<Words> {
  const dictionary: { default: Dictionary } =
    language === 'kk'
      ? await import('../locales/kk/console.json')
      : await import('../locales/ru/console.json')
  return translatorOf(language, dictionary.default)
}
