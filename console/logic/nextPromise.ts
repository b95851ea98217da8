import type { Metric } from '../../engine/desk.ts'
import type { QueueRow, WirePromise } from '../../engine/wireConsole.ts'

export type NextPromise = { readonly metric: Metric; readonly promise: WirePromise }

/**
 * The promise of a row that counts now: an answer that is owed before the end of the request. Undefined when there is
 * none, and while the end stands still because the visitor is waited for.
 */
export function nextPromise(row: QueueRow): NextPromise | undefined {
  if (row.stage === 'resolved') return undefined
  if (row.firstResponse) return { metric: 'firstResponse', promise: row.firstResponse }
  if (row.nextResponse) return { metric: 'nextResponse', promise: row.nextResponse }
  return row.resolution && !row.resolution.paused
    ? { metric: 'resolution', promise: row.resolution }
    : undefined
}

/** Whether the next promise is to be seen in the queue: an answer always, the end once it was warned of or is late. */
export function pressingPromise(row: QueueRow, now: number): NextPromise | undefined {
  const next = nextPromise(row)
  if (next?.metric !== 'resolution') return next
  const { warned, breached, dueAt } = next.promise
  return warned > 0 || breached || now > Date.parse(dueAt) ? next : undefined
}
