import type { ComponentChildren } from 'preact'
import { useWords } from './context.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Mark } from './Mark.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'

/** The frame of the screens before the work: one card in the middle. */
export function EntryFrame({ title, children }: { title: string; children: ComponentChildren }) {
  const words = useWords()
  return (
    <div class="entry">
      <header class="entry-top">
        <Mark />
        <div class="spread" />
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main class="entry-card">
        <h1>{title}</h1>
        {children}
      </main>
      <footer class="entry-foot">{words('entry.about')}</footer>
    </div>
  )
}
