import { DateTime } from 'luxon'
import type { ReportScope } from '../../db/queries/report.ts'
import type { Desk } from '../../engine/desk.ts'
import { instantOf } from '../../engine/sla.ts'
import type { ReportQuery } from '../../engine/wireReport.ts'

/**
 * What a person who works for the desks `own` asks a report of: the local days become moments in each desk's own
 * zone. Undefined when they ask for a desk that is not theirs.
 */
export function scopeOf(
  desks: ReadonlyMap<string, Desk>,
  own: readonly string[],
  { from, to, desk: wanted, channel, operator, level }: ReportQuery,
): ReportScope | undefined {
  if (wanted !== undefined && !(own.includes(wanted) && desks.has(wanted))) return undefined
  return {
    channel,
    operator,
    level,
    desks: [...desks.values()]
      .filter(({ id }) => own.includes(id) && (wanted === undefined || id === wanted))
      .map(({ id, zone }) => ({
        desk: id,
        from: instantOf(DateTime.fromISO(from, { zone }).startOf('day')),
        until: instantOf(DateTime.fromISO(to, { zone }).plus({ days: 1 }).startOf('day')),
      })),
  }
}
