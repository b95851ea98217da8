import { signal } from '@preact/signals'
import type { Language } from '../engine/language.ts'
import type ru from '../locales/ru/widget.json'
import { type KeyOf, type Translator, translatorOf } from '../locales/translate.ts'

export type Words = Translator<KeyOf<typeof ru>>

const dictionaries = {
  kk: () => import('../locales/kk/widget.json'),
  ru: () => import('../locales/ru/widget.json'),
}

/** The language of the screen. */
export const language = signal<Language>('kk')

const words = signal<Words | undefined>(undefined)
let wanted: Language | undefined
let turning: Promise<void> = Promise.resolve()

/** Whether there are words to show yet. */
export const canSpeak = () => words.value !== undefined

/** The screen's words in its present language. */
export const t: Words = (key, params) => words.value!(key, params)

/**
 * Turns the screen to a language, downloading its words if they are not here yet; resolves when the screen speaks the
 * language that was wanted last.
 */
export function speak(next: Language): Promise<void> {
  if (wanted !== next) {
    wanted = next
    turning = turnTo(next)
  }
  return turning
}

async function turnTo(next: Language): Promise<void> {
  const dictionary = (await dictionaries[next]()).default
  if (wanted !== next) return turning
  words.value = translatorOf(next, dictionary) as Words
  language.value = next
  document.documentElement.lang = next
  document.title = words.value('title')
}
