import { useApp, useWords } from './context.ts'

const names = { kk: 'Қазақша', ru: 'Русский' } as const
const short = { kk: 'Қаз', ru: 'Рус' } as const

/** The screen's language; each language names itself. */
export function LanguageSwitch() {
  const app = useApp()
  const words = useWords()
  return (
    <fieldset class="segments" aria-label={words('language.switch')}>
      {(['kk', 'ru'] as const).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          title={names[language]}
          aria-pressed={app.preferences.language.value === language}
          onClick={() => void app.speak(language)}
        >
          {short[language]}
        </button>
      ))}
    </fieldset>
  )
}
