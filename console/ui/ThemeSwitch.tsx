import type { Theme } from '../state/preferences.ts'
import { useApp, useWords } from './context.ts'
import { IconButton } from './IconButton.tsx'

const after: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }
const icons = { system: 'screen', light: 'sun', dark: 'moon' } as const

/** As the system, light, dark: one press leads to the next. */
export function ThemeSwitch() {
  const { theme } = useApp().preferences
  const words = useWords()
  return (
    <IconButton
      icon={icons[theme.value]}
      label={words(`theme.${theme.value}`)}
      onClick={() => {
        theme.value = after[theme.value]
      }}
    />
  )
}
