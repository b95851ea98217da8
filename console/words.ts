import type { Language } from '../engine/language.ts'
import type articles from '../locales/ru/articles.json'
import type ru from '../locales/ru/console.json'
import { type Dictionary, type KeyOf, type Translator, translatorOf } from '../locales/translate.ts'

export type ConsoleKey = KeyOf<typeof ru> | KeyOf<typeof articles>
export type Words = Translator<ConsoleKey>

/** Fetches the words of one language: the other one is never downloaded. */
export async function loadWords(language: Language): Promise<Words> {
  const dictionaries: readonly { default: Dictionary }[] = await Promise.all(
    language === 'kk'
      ? [import('../locales/kk/console.json'), import('../locales/kk/articles.json')]
      : [import('../locales/ru/console.json'), import('../locales/ru/articles.json')],
  )
  return translatorOf(language, Object.assign({}, ...dictionaries.map(({ default: words }) => words)))
}
