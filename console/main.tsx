import { effect } from '@preact/signals'
import { render } from 'preact'
import '../design/tokens.css'
import './style/console.css'
import { createApp } from './state/app.ts'
import { createPreferences } from './state/preferences.ts'
import { browserStore } from './store.ts'
import { AppContext } from './ui/context.ts'
import { Screen } from './ui/Screen.tsx'
import { loadWords } from './words.ts'

const page = document.documentElement
const preferences = createPreferences(
  browserStore(() => localStorage),
  navigator.language,
)
const prefersDark = matchMedia('(prefers-color-scheme: dark)')
const paint = () => {
  const { theme } = preferences
  page.dataset.theme = theme.value === 'system' ? (prefersDark.matches ? 'dark' : 'light') : theme.value
}
prefersDark.addEventListener('change', paint)
effect(paint)

const app = createApp(await loadWords(preferences.language.peek()), preferences)
effect(() => {
  const waiting = app.session.value.status === 'signedIn' ? app.queue.counts.value.waiting : 0
  document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${app.words.value('console.title')}`
  page.lang = preferences.language.value
})
app.clock.start()
render(
  <AppContext.Provider value={app}>
    <Screen />
  </AppContext.Provider>,
  document.getElementById('console') as HTMLElement,
)
await app.check()
