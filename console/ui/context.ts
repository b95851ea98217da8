import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { App } from '../state/app.ts'
import type { Words } from '../words.ts'

export const AppContext = createContext<App | undefined>(undefined)

/** The console this component is part of. Throws outside of one: that is a bug. */
export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('no console around this component')
  return app
}

/** The words of the screen's language; the component is drawn again when it changes. */
export const useWords = (): Words => useApp().words.value
