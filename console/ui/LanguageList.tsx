import type { Language } from '../../engine/language.ts'
import { useWords } from './context.ts'

/** The languages an operator answers in. */
export function LanguageList({ languages }: { languages: readonly Language[] }) {
  const words = useWords()
  return (
    <span class="languages">
      {languages.map((language) => (
        <span key={language} class={`badge language ${language}`} title={words(`language.${language}`)}>
          {language === 'kk' ? 'ҚАЗ' : 'РУС'}
        </span>
      ))}
    </span>
  )
}
