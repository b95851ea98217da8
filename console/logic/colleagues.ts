import type { QueueRow, WireOperator } from '../../engine/wireConsole.ts'

const presences = ['online', 'paused', 'offline'] as const

/**
 * Who a conversation may be passed to, the likeliest first: those online who speak the visitor's language, then the
 * others online, then those on a pause and those away; of two alike, who has less to do. Nobody who left, who has it
 * already, or who does not serve the desk.
 */
export function colleaguesFor(
  row: QueueRow,
  operators: readonly WireOperator[],
  loads: ReadonlyMap<string, number>,
): WireOperator[] {
  const rank = (operator: WireOperator) =>
    2 * presences.indexOf(operator.presence) + (operator.languages.includes(row.language) ? 0 : 1)
  const load = ({ id }: WireOperator) => loads.get(id) ?? 0
  return operators
    .filter(
      (operator) => operator.active && operator.id !== row.operator?.id && operator.desks.includes(row.desk),
    )
    .sort((a, b) => rank(a) - rank(b) || load(a) - load(b) || a.name.localeCompare(b.name))
}
