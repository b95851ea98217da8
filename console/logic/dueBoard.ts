import type { Metric } from '../../engine/desk.ts'
import type { QueueRow, WirePromise } from '../../engine/wireConsole.ts'
import { sameDay, wallClock } from './localTime.ts'

export const dueGroups = ['overdue', 'quarter', 'hour', 'today'] as const
export type DueGroup = (typeof dueGroups)[number]

/** A promise that runs, with the row it belongs to. */
export type DueLine = { readonly row: QueueRow; readonly metric: Metric; readonly promise: WirePromise }

const minute = 60_000

function promisesOf(row: QueueRow): readonly DueLine[] {
  if (row.stage === 'resolved') return []
  const { firstResponse, nextResponse, resolution } = row
  return [
    ...(firstResponse ? [{ row, metric: 'firstResponse' as const, promise: firstResponse }] : []),
    ...(nextResponse ? [{ row, metric: 'nextResponse' as const, promise: nextResponse }] : []),
    ...(resolution && !resolution.paused
      ? [{ row, metric: 'resolution' as const, promise: resolution }]
      : []),
  ]
}

function groupOf(
  { row, promise }: DueLine,
  now: number,
  zoneOf: (desk: string) => string,
): DueGroup | undefined {
  const dueAt = Date.parse(promise.dueAt)
  if (promise.breached || now > dueAt) return 'overdue'
  if (dueAt - now <= 15 * minute) return 'quarter'
  if (dueAt - now <= 60 * minute) return 'hour'
  const zone = zoneOf(row.desk)
  return sameDay(wallClock(dueAt, zone), wallClock(now, zone)) ? 'today' : undefined
}

/**
 * Every running promise that is late or falls due today, what is due first on top: the real time that is left, by the
 * desk's own clock on the wall. What stands still because the visitor is waited for is not there.
 */
export function dueBoard(
  rows: Iterable<QueueRow>,
  now: number,
  zoneOf: (desk: string) => string,
): ReadonlyMap<DueGroup, readonly DueLine[]> {
  const lines = [...rows]
    .flatMap(promisesOf)
    .sort((a, b) => Date.parse(a.promise.dueAt) - Date.parse(b.promise.dueAt))
  const board = new Map<DueGroup, DueLine[]>(dueGroups.map((group) => [group, []]))
  for (const line of lines) {
    const group = groupOf(line, now, zoneOf)
    if (group) board.get(group)?.push(line)
  }
  return board
}
