import type { QueueRow, WireMessage } from '../../engine/wire.ts'

export type ShownVerdict = 'running' | 'overdue' | 'answered' | 'answeredLate'

/**
 * How the first-response promise ended or stands. The row forgets it once answered: then a broken promise is told
 * by its line in the history, as far as it has been loaded.
 */
export function shownVerdict(row: QueueRow, messages: readonly WireMessage[], now: number): ShownVerdict {
  if (row.firstResponse)
    return row.firstResponse.breached || now > Date.parse(row.firstResponse.dueAt) ? 'overdue' : 'running'
  const broken = messages.some(({ content }) => content.kind === 'activity' && content.tone === 'breach')
  return broken ? 'answeredLate' : 'answered'
}
