import { inTurn } from '../../engine/queueOrder.ts'
import type { QueueRow } from '../../engine/wireConsole.ts'

export const views = ['waiting', 'mine', 'live', 'resolved'] as const
export type View = (typeof views)[number]

/** Whether a row belongs to a view of the queue, for the operator `me`. */
export function inView(row: QueueRow, view: View, me: string): boolean {
  if (view === 'resolved') return row.stage === 'resolved'
  if (row.stage === 'resolved') return false
  if (view === 'waiting') return row.operator === null
  return view === 'live' || row.operator?.id === me
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const newestFirst = (a: QueueRow, b: QueueRow): number =>
  byText(b.lastAt, a.lastAt) || b.ticketNumber - a.ticketNumber

/** The rows in the order in which they are to be answered; what is resolved is read from the newest. */
export const inOrder = (rows: Iterable<QueueRow>, view: View): QueueRow[] =>
  view === 'resolved' ? [...rows].sort(newestFirst) : inTurn(rows)

/** Whether a row is found by what was typed: its number, name, subject or last words. */
export function matches(row: QueueRow, query: string): boolean {
  const wanted = query.trim().toLocaleLowerCase()
  if (wanted === '') return true
  const number = wanted.replace(/^№\s*/, '')
  return (
    (number !== '' && String(row.ticketNumber).includes(number)) ||
    [row.name ?? '', row.subject, row.lastText].some((text) => text.toLocaleLowerCase().includes(wanted))
  )
}

/**
 * The order to show while somebody points into the list: what was there keeps its place, even when it has just
 * left the view; newcomers wait at the end.
 */
export function heldOrder(shown: readonly string[], wanted: readonly string[]): string[] {
  const held = new Set(shown)
  return [...shown, ...wanted.filter((id) => !held.has(id))]
}
