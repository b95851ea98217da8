import type { SqlPool } from '../../db/client.ts'
import { changeCalendar, insertCalendar, keptCalendars, lockedCalendar } from '../../db/queries/calendars.ts'
import { weekOf } from '../../engine/calendar.ts'
import type { DeskProfile } from '../../engine/desk.ts'
import { type CalendarBase, noEdits, sameData } from '../../engine/deskCalendar.ts'
import type { HolidayData } from '../../engine/holidays.ts'

/** What a desk's calendar is by its files. */
const baseOf = ({ zone, hours }: DeskProfile, holidays: HolidayData): CalendarBase => ({
  zone,
  week: weekOf(hours),
  holidays,
})

/**
 * Puts down what the desks' files say of their calendars. Where that is not what the database has, it is a change like
 * one in the console: every process takes it over, and open deadlines are planned anew. The process that read its files
 * last decides.
 */
export async function keepBases(
  sql: SqlPool,
  desks: Iterable<DeskProfile>,
  holidays: HolidayData,
  now: string,
): Promise<void> {
  const bases = [...desks].map((desk) => ({ desk: desk.id, base: baseOf(desk, holidays) }))
  for (const { desk, base } of bases) await insertCalendar(sql, { desk, base, edits: noEdits })
  const kept = await keptCalendars(
    sql,
    bases.map(({ desk }) => desk),
  )
  for (const { desk, base } of bases) {
    if (sameData(kept.find((one) => one.desk === desk)?.base, base)) continue
    await sql.begin(async (tx) => {
      const before = await lockedCalendar(tx, desk)
      if (!before || sameData(before.base, base)) return
      await changeCalendar(
        tx,
        { desk, base, edits: before.edits },
        { at: now, act: 'files', operatorId: null, patch: { days: {} }, undoes: null },
      )
    })
  }
}
