import { z } from 'zod'
import type { Shift, Week } from './calendar.ts'
import { dayRuleSchema, weekSchema } from './calendarSchema.ts'
import type { Awaiting } from './conversation/calendarChanged.ts'
import type { Instant, LocalDay } from './conversation/instant.ts'
import type { Metric, Text } from './desk.ts'
import type { CalendarDay, CalendarPatch, WeekFrom } from './deskCalendar.ts'
import { maxDayName, maxEditedDays } from './limits.ts'

/* ───────────── a desk's calendar in the console: HTTP, under /api/console/calendar ───────────── */

const deskId = z.string().max(32)
const day = z.iso.date().regex(/^20/)
const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed().replace(/\s+/gu, ' ').trim()
const nameText = z.string().max(1_000).transform(clean).pipe(z.string().min(1).max(maxDayName))
const name = z.strictObject({ kk: nameText, ru: nameText })

type Period = { readonly from: LocalDay; readonly to: LocalDay }
const isPeriod = ({ from, to }: Period) =>
  from <= to && Date.parse(to) - Date.parse(from) < maxEditedDays * 24 * 60 * 60 * 1_000
const period = { from: day, to: day }
const isNamed = ({ rule, name }: { readonly rule: unknown; readonly name: unknown }) =>
  rule === null || name !== null
const areTwo = ({ off, worked }: { readonly off: LocalDay; readonly worked: LocalDay }) => off !== worked

/**
 * A change as it is asked for. Days off, other hours (`rule` a list of shifts) and days like another weekday have a
 * name; an ordinary day (`rule` null) may. `undo` takes back an earlier change, named by its number.
 */
export const calendarEditSchema = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('days'),
      ...period,
      rule: dayRuleSchema.nullable(),
      name: name.nullable(),
    })
    .refine(isPeriod, { path: ['to'] })
    .refine(isNamed, { path: ['name'] }),
  z
    .strictObject({ type: z.literal('move'), off: day, worked: day, name })
    .refine(areTwo, { path: ['worked'] }),
  z.strictObject({ type: z.literal('clear'), ...period }).refine(isPeriod, { path: ['to'] }),
  z.strictObject({ type: z.literal('week'), from: day, week: weekSchema.nullable() }),
  z.strictObject({ type: z.literal('undo'), change: z.number().int().positive() }),
])
export type AskedEdit = z.infer<typeof calendarEditSchema>

/** `version`: the calendar's when it was looked at; another one is not overwritten. */
export const calendarChangeSchema = z.strictObject({
  desk: deskId,
  version: z.number().int().nonnegative(),
  edit: calendarEditSchema,
})
export type CalendarChangeRequest = z.infer<typeof calendarChangeSchema>

export const calendarQuerySchema = z.object({
  desk: deskId,
  year: z.coerce.number().int().min(2000).max(2100).optional(),
})

/** `edited`, `undone`: by people; `files`: the country's calendar or the desk's hours came new from their files. */
export const calendarActs = ['edited', 'undone', 'files'] as const
export type CalendarAct = (typeof calendarActs)[number]

export type WireCalendarChange = {
  readonly number: number
  readonly at: Instant
  readonly act: CalendarAct
  /** Null: nobody, it came with the files. */
  readonly operator: string | null
  readonly patch: CalendarPatch
  /** The change that this one took back. */
  readonly undoes: number | null
  /** Whether it can be taken back now. */
  readonly undoable: boolean
}

/** A desk's calendar for one year. */
export type WireCalendar = {
  readonly desk: string
  readonly version: number
  readonly zone: string
  readonly year: number
  /** The years there are to look at. */
  readonly years: { readonly first: number; readonly last: number }
  /** The day it is where the desk is. */
  readonly today: LocalDay
  /** The hours of the week that hold at the beginning, and those that hold from a day on. */
  readonly week: Week
  readonly weeks: readonly WeekFrom[]
  /** Dates of the year that are not as their weekday, or have a name. */
  readonly days: readonly CalendarDay[]
  /** Movable holidays whose date in this year is not known. */
  readonly unknown: readonly Text[]
  /** The latest first. */
  readonly changes: readonly WireCalendarChange[]
  /** Open requests whose deadlines are still to be planned anew. */
  readonly pending: number
}

/** What a change would do, worked out on the open requests; nothing is written. */
export type CalendarPreview = {
  /** The first of the days whose hours change, and how many there are. */
  readonly days: readonly {
    readonly date: LocalDay
    readonly before: readonly Shift[]
    readonly after: readonly Shift[]
  }[]
  readonly dayCount: number
  readonly open: number
  /** Requests and deadlines that move. */
  readonly moved: { readonly requests: number; readonly deadlines: number }
  readonly becomeLate: number
  readonly noLongerLate: number
  /** Those that move first. */
  readonly examples: readonly {
    readonly ticketNumber: number
    readonly of: Metric | Awaiting
    readonly before: Instant
    readonly after: Instant
    readonly wasLate: boolean
    readonly isLate: boolean
  }[]
}
