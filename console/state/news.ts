import { type ReadonlySignal, signal } from '@preact/signals'
import type { QueueRow, WireOperator } from '../../engine/wireConsole.ts'
import { newsOf, personal } from '../logic/alerts.ts'
import type { Words } from '../words.ts'
import { type Beep, notify } from './notices.ts'
import type { Toasts } from './toasts.ts'

/** News that is shown; the rest is only read out, rung and notified. */
const toneOfNews = {
  received: 'plain',
  assigned: 'plain',
  takenAway: 'warning',
  lost: 'warning',
  returned: undefined,
  arrived: undefined,
  wrote: undefined,
} as const

/** What changes in the queue is told to whom it concerns: shown or read out, rung and notified as they wish. */
export function createNews(ports: {
  readonly me: ReadonlySignal<WireOperator | undefined>
  readonly words: ReadonlySignal<Words>
  /** The queue as it was. */
  readonly rows: ReadonlySignal<ReadonlyMap<string, QueueRow>>
  readonly toasts: Toasts
  readonly beep: Beep
  readonly isSoundOn: () => boolean
  readonly isOpen: (row: QueueRow) => boolean
  readonly open: (conversationId: string) => void
}) {
  const { me, words } = ports
  /** What a screen reader says. */
  const spoken = signal('')

  const named = (row: QueueRow) =>
    words.value('row.titled', {
      number: row.ticketNumber,
      name: row.name ?? words.value('visitor.unnamed'),
    })

  function announce(changed: readonly QueueRow[]) {
    for (const row of changed) {
      const news = newsOf(ports.rows.value.get(row.conversationId), row, me.value?.id ?? '')
      if (!news) continue
      const mine = row.operator?.id === me.value?.id
      const isForAll = news.kind === 'arrived' || news.kind === 'returned'
      if (!isForAll && !mine && !personal.has(news.kind)) continue
      if (news.kind === 'wrote' && document.hasFocus() && ports.isOpen(row)) continue
      const text = words.value(`alert.${news.kind}`, { title: named(row) })
      const tone = toneOfNews[news.kind]
      if (tone) ports.toasts.show({ tone, text, conversationId: row.conversationId })
      else spoken.value = text
      if (ports.isSoundOn()) ports.beep()
      notify(text, news.kind === 'wrote' ? row.lastText : row.subject, row.conversationId, () =>
        ports.open(row.conversationId),
      )
    }
  }

  return { spoken, announce }
}
