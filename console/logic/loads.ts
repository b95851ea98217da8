import { occupies } from '../../engine/assignment.ts'
import type { QueueRow } from '../../engine/wireConsole.ts'

/** How many conversations each operator has in hand; those that wait for others are not counted. */
export function loadsOf(rows: Iterable<QueueRow>): ReadonlyMap<string, number> {
  const loads = new Map<string, number>()
  for (const row of rows)
    if (row.operator && occupies(row)) loads.set(row.operator.id, (loads.get(row.operator.id) ?? 0) + 1)
  return loads
}
