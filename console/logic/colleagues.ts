import type { QueueRow, WireOperator } from '../../engine/wire.ts'

/**
 * Who a conversation may be passed to, the likeliest first: those online who speak the visitor's language, then the
 * others online, then those away. Nobody who left, who has it already, or who does not serve the desk.
 */
export function colleaguesFor(row: QueueRow, operators: readonly WireOperator[]): WireOperator[] {
  const rank = (operator: WireOperator) =>
    (operator.online ? 0 : 2) + (operator.languages.includes(row.language) ? 0 : 1)
  return operators
    .filter(
      (operator) => operator.active && operator.id !== row.operator?.id && operator.desks.includes(row.desk),
    )
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}
