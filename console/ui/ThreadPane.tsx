import { Composer } from './Composer.tsx'
import { useApp, useWords } from './context.ts'
import { EmptyState } from './EmptyState.tsx'
import { History } from './History.tsx'
import { Skeleton } from './Skeleton.tsx'
import { ThreadHead } from './ThreadHead.tsx'

/** The opened conversation. */
export function ThreadPane() {
  const app = useApp()
  const words = useWords()
  const thread = app.threads.thread.value
  const row = app.openRow.value
  return (
    <main class="pane thread" aria-label={words('thread.label')}>
      {thread.status === 'none' && (
        <>
          <h1 class="unseen">{words('queue.label')}</h1>
          <EmptyState icon="widget" title={words('empty.thread')} text={words('empty.threadText')} />
        </>
      )}
      {row && thread.status !== 'failed' && <ThreadHead row={row} />}
      {thread.status === 'opening' && (
        <div class="history-frame">
          <Skeleton lines={9} />
        </div>
      )}
      {thread.status === 'failed' && (
        <EmptyState icon="warning" title={words('thread.failed')} text={thread.text}>
          <div class="row">
            <button type="button" class="button primary" onClick={() => app.threads.open(thread.id)}>
              {words('action.again')}
            </button>
            <a class="button" href="#/">
              {words('action.toQueue')}
            </a>
          </div>
        </EmptyState>
      )}
      {thread.status === 'open' && (
        <>
          <History thread={thread} />
          {row && <Composer key={thread.id} row={row} />}
        </>
      )}
    </main>
  )
}
