import { signal } from '@preact/signals'
import { keep } from './store.ts'

type Theme = 'light' | 'dark'
const key = 'komekshi.theme'

/** The look in use: the visitor's choice, else the device's preference. */
export const theme = signal<Theme>('light')

const show = (next: Theme) => {
  theme.value = next
  document.documentElement.dataset['theme'] = next
}

/** Takes up the visitor's choice or the device's preference, and follows the device while nothing was chosen. */
export function startTheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const follow = () => {
    const chosen = keep.get(key)
    show(chosen === 'light' || chosen === 'dark' ? chosen : dark.matches ? 'dark' : 'light')
  }
  follow()
  dark.addEventListener('change', follow)
}

/** Turns light to dark and back, for good. */
export function toggleTheme(): void {
  show(theme.value === 'dark' ? 'light' : 'dark')
  keep.set(key, theme.value)
}
