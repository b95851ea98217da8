import type { QueueRow } from '../../engine/wireConsole.ts'
import { countdownSign, countdownWords, toneOf, waitWords } from '../logic/countdown.ts'
import { momentWords } from '../logic/dateWords.ts'
import { pressingPromise } from '../logic/nextPromise.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'

/** The promise that presses, as it stands this second; without one, when something last happened. */
export function DueTime({ row }: { row: QueueRow }) {
  const app = useApp()
  const words = useWords()
  const zone = app.zoneOf(row.desk)
  const open = row.stage !== 'resolved'
  const now = open ? app.clock.now.value : app.clock.now.peek()
  const pressing = pressingPromise(row, now)
  const waits = open && row.unread > 0
  // who waits for an answer is told by that, not by the far end of the request
  if (pressing && !(waits && pressing.metric === 'resolution' && !pressing.promise.breached)) {
    const { metric, promise } = pressing
    const tone = toneOf(promise, now)
    const late = tone === 'overdue'
    const moment = momentWords(Date.parse(promise.dueAt), now, zone, words)
    return (
      <span class={`due ${tone}`} title={words(`due.${metric}.until`, { moment })}>
        <Icon name={late ? 'warning' : 'clock'} size={14} />
        <span class="unseen">
          {words(`due.${metric}`)} {late && countdownWords(promise, now, zone, words)}
        </span>
        <span aria-hidden={late}>{countdownSign(promise, now, zone, words)}</span>
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
