import type { Route } from '../state/router.ts'
import { ArticlesScreen } from './articles/ArticlesScreen.tsx'
import { QuestionsScreen } from './articles/QuestionsScreen.tsx'
import { CalendarScreen } from './CalendarScreen.tsx'
import { ContractsScreen } from './ContractsScreen.tsx'
import { useApp, useWords } from './context.ts'
import { DueBoard } from './DueBoard.tsx'
import { EmptyState } from './EmptyState.tsx'
import { EntryFrame } from './EntryFrame.tsx'
import { EscalationScreen } from './EscalationScreen.tsx'
import { Invitation } from './Invitation.tsx'
import { lazily } from './lazily.tsx'
import { ReportScreen } from './ReportScreen.tsx'
import { SignIn } from './SignIn.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Team } from './Team.tsx'
import { Toasts } from './Toasts.tsx'
import { TopBar } from './TopBar.tsx'
import { Workplace } from './Workplace.tsx'

const ArticleScreen = lazily(async () => (await import('./articles/ArticleScreen.tsx')).ArticleScreen)

/** What the address and the session ask for. */
export function Screen() {
  const app = useApp()
  const words = useWords()
  const route = app.router.route.value
  const session = app.session.value

  if (route.name === 'invitation') return <Invitation token={route.token} />
  if (session.status === 'checking')
    return (
      <EntryFrame title={words('entry.title')}>
        <Skeleton lines={3} />
      </EntryFrame>
    )
  if (session.status === 'unreachable')
    return (
      <EntryFrame title={words('entry.title')}>
        <EmptyState icon="warning" title={words('error.network')}>
          <button type="button" class="button primary" onClick={() => void app.check()}>
            {words('action.again')}
          </button>
        </EmptyState>
      </EntryFrame>
    )
  if (session.status === 'signedOut') return <SignIn notice={session.notice} />
  return (
    <div class="shell">
      <button type="button" class="button skip" onClick={skipToWork}>
        {words('console.skip')}
      </button>
      <TopBar />
      {app.link.value === 'lost' && (
        <p class="banner" role="alert">
          {words('link.lost')}
        </p>
      )}
      <Section route={route} />
      <Toasts />
    </div>
  )
}

function Section({ route }: { route: Route }) {
  switch (route.name) {
    case 'team':
      return <Team />
    case 'due':
      return <DueBoard />
    case 'report':
      return <ReportScreen />
    case 'calendar':
      return <CalendarScreen />
    case 'contracts':
      return <ContractsScreen />
    case 'escalation':
      return <EscalationScreen />
    case 'articles':
      return <ArticlesScreen />
    case 'questions':
      return <QuestionsScreen />
    case 'article':
      return <ArticleScreen desk={route.desk} id={route.id} />
    default:
      return <Workplace />
  }
}

function skipToWork() {
  document.getElementById('work')?.focus()
}
