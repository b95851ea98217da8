import type { QueueRow } from '../../engine/wire.ts'
import { countdownWords, toneOf, waitWords } from '../logic/countdown.ts'
import { momentWords } from '../logic/dateWords.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'

/** The first-response promise as it stands this second; once it is answered, when something last happened. */
export function DueTime({ row }: { row: QueueRow }) {
  const app = useApp()
  const words = useWords()
  const zone = app.zoneOf(row.desk)
  const promise = row.stage === 'resolved' ? null : row.firstResponse
  const waits = row.stage !== 'resolved' && row.unread > 0
  const now = promise || waits ? app.clock.now.value : app.clock.now.peek()
  if (promise) {
    const tone = toneOf(promise, now)
    const text = countdownWords(promise, now, zone, words)
    const moment = momentWords(Date.parse(promise.dueAt), now, zone, words)
    return (
      <span class={`due ${tone}`} title={words('due.until', { moment })}>
        <Icon name={tone === 'overdue' ? 'warning' : 'clock'} size={14} />
        <span class="unseen">{words('due.label')} </span>
        {text}
      </span>
    )
  }
  const last = Date.parse(row.lastAt)
  if (waits)
    return (
      <span class="due wait" title={words('due.waits')}>
        {waitWords(last, now, words)}
      </span>
    )
  return <span class="due quiet">{momentWords(last, now, zone, words)}</span>
}
