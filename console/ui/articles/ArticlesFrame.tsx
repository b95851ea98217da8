import type { ComponentChildren } from 'preact'
import { useApp, useWords } from '../context.ts'
import { NotAllowed } from '../NotAllowed.tsx'

type Props = {
  readonly tab?: 'articles' | 'questions'
  readonly children: ComponentChildren
}

/** The screens about articles: for supervisors and administrators. */
export function ArticlesFrame({ tab, children }: Props) {
  const app = useApp()
  const words = useWords()
  const me = app.me.value
  return (
    <main class="articles" id="work" tabIndex={-1}>
      {me && me.role !== 'operator' ? (
        <>
          {tab && (
            <nav class="subnav" aria-label={words('articles.sections')}>
              <a href="#/articles" {...(tab === 'articles' && { 'aria-current': 'page' as const })}>
                {words('articles.tab.articles')}
              </a>
              <a href="#/questions" {...(tab === 'questions' && { 'aria-current': 'page' as const })}>
                {words('articles.tab.questions')}
              </a>
            </nav>
          )}
          {children}
        </>
      ) : (
        <NotAllowed title={words('articles.forbidden')} />
      )}
    </main>
  )
}
