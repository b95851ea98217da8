import type { QueueRow } from '../../engine/wireConsole.ts'

/**
 * What a line of the queue says: the visitor's unread words, else the subject. Words from before the registration do
 * not count: the subject sums them up.
 */
export function lineText(row: QueueRow): string {
  const wroteSince = Date.parse(row.lastAt) > Date.parse(row.registeredAt)
  return (row.unread > 0 && wroteSince ? row.lastText : row.subject) || row.lastText
}
