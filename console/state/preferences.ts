import { effect, signal } from '@preact/signals'
import type { Language } from '../../engine/language.ts'
import type { Store } from '../store.ts'

export type Theme = 'light' | 'dark' | 'system'

const languageOf = (text: string | undefined): Language | undefined =>
  text === 'kk' || text === 'ru' ? text : undefined
const themeOf = (text: string | undefined): Theme => (text === 'light' || text === 'dark' ? text : 'system')

/** What the person chose for this browser. The first language is the browser's own, Kazakh unless it is Russian. */
export function createPreferences(store: Store, browserLanguage: string) {
  const language = signal<Language>(
    languageOf(store.read('language')) ?? (browserLanguage.toLowerCase().startsWith('ru') ? 'ru' : 'kk'),
  )
  const theme = signal<Theme>(themeOf(store.read('theme')))
  const sound = signal(store.read('sound') !== 'off')
  const aboutShown = signal(store.read('about') !== 'hidden')
  /** Whether browser notifications may still be offered: the person has not said "not now". */
  const notificationsOffered = signal(store.read('notifications') !== 'declined')
  effect(() => {
    store.write('language', language.value)
    store.write('theme', theme.value)
    store.write('sound', sound.value ? 'on' : 'off')
    store.write('about', aboutShown.value ? 'shown' : 'hidden')
    store.write('notifications', notificationsOffered.value ? 'offered' : 'declined')
  })
  return { language, theme, sound, aboutShown, notificationsOffered }
}
