import { DateTime } from 'luxon'
import type { Database } from '../../db/client.ts'
import {
  calendarChange,
  calendarChangesOf,
  changeCalendar,
  countToReplan,
  type KeptCalendar,
  keptCalendars,
  lockedCalendar,
} from '../../db/queries/calendars.ts'
import type { LocalDay } from '../../engine/conversation/instant.ts'
import type { Desk } from '../../engine/desk.ts'
import {
  type CalendarEdits,
  type CalendarPatch,
  calendarDays,
  changedDays,
  closedTooLong,
  deskCalendar,
  edited,
  patchOf,
  undone,
} from '../../engine/deskCalendar.ts'
import { calendarYears, unknownHolidays } from '../../engine/holidays.ts'
import type { AskedEdit, CalendarPreview, WireCalendar } from '../../engine/wireCalendar.ts'
import { type Outcome, refused } from '../auth/outcome.ts'
import type { CalendarsFollowed } from './followCalendars.ts'
import { previewMoves } from './previewMoves.ts'

export type CalendarsDeps = {
  readonly database: Database
  readonly clock: () => Date
  readonly calendars: Pick<CalendarsFollowed, 'reload'>
}

/** So many own days a desk may have: enough for what a calendar knows of years. */
const mostOwnDays = 1_000
const shownChanges = 50
const shownDays = 62

/** What a change makes of a desk's calendar, once it was found to be in order. */
type Planned = {
  readonly edits: CalendarEdits
  readonly patch: CalendarPatch
  readonly undoes: number | null
}

/** The desks' calendars in the console: looked at, changed with a preview, every change with who made it. */
export function createCalendars({ database, clock, calendars }: CalendarsDeps) {
  const { sql } = database
  const yearsNow = () => calendarYears(clock().getUTCFullYear())

  async function kept(desk: string): Promise<KeptCalendar> {
    const [calendar] = await keptCalendars(sql, [desk])
    if (!calendar) throw new Error(`desk ${desk} has no calendar`)
    return calendar
  }

  /** The edits after what was asked for, with the change that an undo is of. */
  async function after(
    tx: Parameters<typeof calendarChange>[0],
    { desk, edits }: KeptCalendar,
    edit: AskedEdit,
  ): Promise<Outcome<{ readonly edits: CalendarEdits; readonly undoes: number | null }>> {
    if (edit.type !== 'undo') return { ok: true, edits: edited(edits, edit), undoes: null }
    const change = await calendarChange(tx, desk, edit.change)
    if (!change || change.act === 'files') return refused(404, 'refusal.calendar.gone')
    const before = undone(edits, change.patch)
    return before
      ? { ok: true, edits: before, undoes: change.number }
      : refused(409, 'refusal.calendar.changedAgain')
  }

  /** Works a change out, or says why it cannot be. */
  async function plan(
    tx: Parameters<typeof calendarChange>[0],
    calendar: KeptCalendar,
    version: number,
    edit: AskedEdit,
  ): Promise<Outcome<Planned>> {
    if (calendar.version !== version) return refused(409, 'refusal.calendar.changed')
    const next = await after(tx, calendar, edit)
    if (!next.ok) return next
    const patch = patchOf(calendar.edits, next.edits)
    if (!patch) return refused(400, 'refusal.calendar.same')
    const years = yearsNow()
    const touched = [
      ...Object.keys(patch.days),
      ...(patch.weeks ? [...patch.weeks.before, ...patch.weeks.after].map(({ from }) => from) : []),
    ]
    if (touched.some((day) => Number(day.slice(0, 4)) < years.first || Number(day.slice(0, 4)) > years.last))
      return refused(400, 'refusal.calendar.years', {
        params: { first: String(years.first), last: String(years.last) },
      })
    if (Object.keys(next.edits.days).length + next.edits.weeks.length > mostOwnDays)
      return refused(400, 'refusal.calendar.tooMany')
    const made = deskCalendar(calendar.base, next.edits, years)
    if (closedTooLong(made, `${years.first}-01-01`, `${years.last}-12-31`))
      return refused(400, 'refusal.calendar.closed')
    return { ok: true, edits: next.edits, patch, undoes: next.undoes }
  }

  async function view(desk: Desk, year: number | undefined): Promise<WireCalendar> {
    const { version, base, edits } = await kept(desk.id)
    const years = yearsNow()
    const today = localDay(desk, clock())
    const wanted = year ?? Number(today.slice(0, 4))
    const shown = Math.min(Math.max(wanted, years.first), years.last)
    const changes = await calendarChangesOf(sql, desk.id, shownChanges)
    return {
      desk: desk.id,
      version,
      zone: base.zone,
      year: shown,
      years,
      today,
      week: base.week,
      weeks: edits.weeks,
      days: calendarDays(base, edits, shown),
      unknown: unknownHolidays(base.holidays, shown),
      changes: changes.map((change, index) => ({
        ...change,
        undoable:
          change.act !== 'files' &&
          !changes.slice(0, index).some(({ patch }) => touchesSame(patch, change.patch)) &&
          undone(edits, change.patch) !== undefined,
      })),
      pending: await countToReplan(sql, desk.id),
    }
  }

  return {
    view,

    /** What a change would do; nothing is written. */
    async preview(
      desk: Desk,
      version: number,
      edit: AskedEdit,
    ): Promise<Outcome<{ readonly preview: CalendarPreview }>> {
      const calendar = await kept(desk.id)
      const planned = await plan(sql, calendar, version, edit)
      if (!planned.ok) return planned
      const years = yearsNow()
      const [before, next] = [calendar.edits, planned.edits].map((edits) =>
        deskCalendar(calendar.base, edits, years),
      )
      if (!before || !next) throw new Error('a calendar was not made')
      const days = changedDays(before, next, `${years.first}-01-01`, `${years.last}-12-31`)
      const moves = await previewMoves(sql, { ...desk, calendar: next }, days, clock().toISOString())
      return { ok: true, preview: { days: days.slice(0, shownDays), dayCount: days.length, ...moves } }
    },

    /** Carries a change out: resolves when it is committed and this process counts by it. */
    async change(
      desk: Desk,
      { version, edit, operatorId }: { version: number; edit: AskedEdit; operatorId: string },
      year: number | undefined,
    ): Promise<Outcome<{ readonly calendar: WireCalendar }>> {
      const outcome = await sql.begin(async (tx): Promise<Outcome<Planned>> => {
        const calendar = await lockedCalendar(tx, desk.id)
        if (!calendar) throw new Error(`desk ${desk.id} has no calendar`)
        const planned = await plan(tx, calendar, version, edit)
        if (!planned.ok) return planned
        const { edits, patch, undoes } = planned
        await changeCalendar(
          tx,
          { desk: desk.id, base: calendar.base, edits },
          {
            at: clock().toISOString(),
            act: undoes === null ? 'edited' : 'undone',
            operatorId,
            patch,
            undoes,
          },
        )
        return planned
      })
      if (!outcome.ok) return outcome
      await calendars.reload(desk.id)
      return { ok: true, calendar: await view(desk, year) }
    },
  }
}

/** Whether two changes are about the same days, or both about the weekly hours. */
const touchesSame = (one: CalendarPatch, other: CalendarPatch): boolean =>
  (one.weeks !== undefined && other.weeks !== undefined) ||
  Object.keys(one.days).some((day) => Object.hasOwn(other.days, day))

/** The day it is where a desk is. */
function localDay(desk: Desk, now: Date): LocalDay {
  const day = DateTime.fromJSDate(now, { zone: desk.zone }).toISODate()
  if (!day) throw new Error(`no day in the zone ${desk.zone}`)
  return day
}
