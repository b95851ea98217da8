import { DateTime } from 'luxon'
import { z } from 'zod'
import { type Calendar, type DayRule, weekdayOf } from './calendar.ts'
import { weekdaySchema } from './calendarSchema.ts'

const name = z.strictObject({ kk: z.string().min(1), ru: z.string().min(1) })
const year = z.number().int().min(2000).max(2100)
const date = z.iso.date()

/** The shape of `kz-calendar.yaml`: the holidays of a country, as its law states them. */
export const holidayDataSchema = z.strictObject({
  /** The days of the week that are days off. */
  weekend: z.array(weekdaySchema).min(1),
  /** Holidays on the same day every year. `substituted`: on a day off, the next working day is off as well. */
  fixed: z.array(
    z.strictObject({
      day: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'month and day such as 03-08'),
      name,
      substituted: z.boolean(),
      since: year.optional(),
      until: year.optional(),
    }),
  ),
  /** Days off that follow another calendar; they are never substituted. */
  moving: z.array(z.strictObject({ name, dates: z.array(date) })),
  /** Government decisions: `off` is a day off instead of `worked`, which has the hours of `off`. */
  moved: z.array(z.strictObject({ off: date, worked: date, name })),
})

export type HolidayData = z.infer<typeof holidayDataSchema>

/** One date that differs from its weekday, and why. */
export type HolidayException = {
  readonly date: string
  readonly kind: 'holiday' | 'substitute' | 'movedDayOff' | 'movedWorkingDay'
  readonly name: { readonly kk: string; readonly ru: string }
  readonly rule: DayRule
}

const dayOff: DayRule = []
const dayAfter = (day: string) => DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? ''
const byDate = (a: HolidayException, b: HolidayException) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)

function holidaysOf(data: HolidayData, years: readonly number[]) {
  const fixed = data.fixed.flatMap(({ day, since = 0, until = 9999, ...rest }) =>
    years.filter((y) => since <= y && y <= until).map((y) => ({ ...rest, date: `${y}-${day}` })),
  )
  const moving = data.moving.flatMap(({ name, dates }) =>
    dates
      .filter((day) => years.includes(Number(day.slice(0, 4))))
      .map((day) => ({ name, date: day, substituted: false })),
  )
  return [...fixed, ...moving].sort((a, b) => (a.date < b.date ? -1 : 1))
}

/**
 * Every date from the first to the last year that has other hours than its weekday, in order of date.
 * A public holiday on a day off gives the next working day off, the next free one when that too is taken (Labour
 * Code, article 85; law on holidays, article 5); 7 January and Kurban Ait give none. A moved day is off, and the
 * day worked instead has its hours. A movable holiday whose date is not in the data is not there.
 */
export function holidayExceptions(
  data: HolidayData,
  firstYear: number,
  lastYear: number,
): readonly HolidayException[] {
  const years = Array.from({ length: lastYear - firstYear + 3 }, (_, index) => firstYear - 1 + index)
  const holidays = holidaysOf(data, years)
  const worked = new Set(data.moved.map((move) => move.worked))
  const taken = new Set([...holidays.map((holiday) => holiday.date), ...data.moved.map((move) => move.off)])
  const isWeekend = (day: string) => data.weekend.includes(weekdayOf(day)) && !worked.has(day)

  const substitutes = holidays
    .filter((holiday) => holiday.substituted && isWeekend(holiday.date))
    .map((holiday): HolidayException => {
      let day = dayAfter(holiday.date)
      while (taken.has(day) || isWeekend(day)) day = dayAfter(day)
      taken.add(day)
      return { date: day, kind: 'substitute', name: holiday.name, rule: dayOff }
    })

  const exceptions: readonly HolidayException[] = [
    ...holidays.map(({ date, name }) => ({ date, kind: 'holiday' as const, name, rule: dayOff })),
    ...substitutes,
    ...data.moved.flatMap(({ off, worked: instead, name }) => [
      { date: off, kind: 'movedDayOff' as const, name, rule: dayOff },
      { date: instead, kind: 'movedWorkingDay' as const, name, rule: { like: weekdayOf(off) } },
    ]),
  ]
  const asked = ({ date }: HolidayException) => `${firstYear}-01-01` <= date && date <= `${lastYear}-12-31`
  return exceptions.filter(asked).sort(byDate)
}

/** The same dates as a calendar takes them. Two entries for one date: the later in the list counts. */
export const calendarExceptions = (exceptions: readonly HolidayException[]): Calendar['exceptions'] =>
  Object.fromEntries(exceptions.map(({ date, rule }) => [date, rule]))

/** The years whose holidays a calendar knows when it is `year`: those of deadlines that are open, and some ahead. */
export const calendarYears = (year: number): { readonly first: number; readonly last: number } => ({
  first: year - 2,
  last: year + 3,
})

/** The movable holidays of which the data does not know the date in a year, from the first year it knows one in. */
export const unknownHolidays = (data: HolidayData, year: number): readonly HolidayException['name'][] =>
  data.moving
    .filter(({ dates }) => {
      const known = dates.map((date) => Number(date.slice(0, 4)))
      return Math.min(...known) <= year && !known.includes(year)
    })
    .map(({ name }) => name)
