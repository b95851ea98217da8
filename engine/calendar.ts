import { DateTime, Duration, type IANAZone } from 'luxon'
import { zoneOf } from './zone.ts'

/** Working hours without a break, local time, `to` excluded. `to` may be `24:00`; a night shift is written as two. */
export type Shift = { readonly from: string; readonly to: string }

/** ISO weekday: 1 is Monday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** What one date has instead of its weekday's hours: own shifts (none: a day off), or those of a weekday. */
export type DayRule = readonly Shift[] | { readonly like: Weekday }

/** The working hours of every weekday; a day without shifts is a day off. */
export type Week = Readonly<Record<Weekday, readonly Shift[]>>

/** A business calendar: plain JSON. `exceptions` is keyed by local date, `YYYY-MM-DD`. */
export type Calendar = {
  readonly zone: string
  readonly week: Week
  /** Other weekly hours from a local date on, in order of date. */
  readonly later?: readonly { readonly from: string; readonly week: Week }[]
  readonly exceptions: Readonly<Record<string, DayRule>>
}

/** A stretch of open time, half-open: `start` belongs to it, `end` does not. Epoch milliseconds. */
export type OpenInterval = { readonly start: number; readonly end: number }

const dayMillis = 86_400_000
const longestClosure = 400

/** Local days are counted from 1 January 1970. */
type LocalDay = number
type Plan = { readonly zone: IANAZone; readonly days: Map<LocalDay, readonly OpenInterval[]> }

/** Calendars are immutable, so what a day comes to is worked out once for each calendar. */
const plans = new WeakMap<Calendar, Plan>()

function planOf(calendar: Calendar): Plan {
  const known = plans.get(calendar)
  if (known) return known
  const plan: Plan = { zone: zoneOf(calendar.zone), days: new Map() }
  plans.set(calendar, plan)
  return plan
}

function computeDay(calendar: Calendar, zone: IANAZone, day: LocalDay): readonly OpenInterval[] {
  const date = DateTime.fromMillis(day * dayMillis, { zone: 'utc' })
  const { year, month, day: dayOfMonth } = date
  const at = (time: string) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    return DateTime.fromObject({ year, month, day: dayOfMonth, hour, minute }, { zone }).toMillis()
  }
  const intervals: OpenInterval[] = []
  for (const shift of hoursOn(calendar, date.toISODate() ?? '')) {
    const start = Math.max(at(shift.from), intervals.at(-1)?.end ?? Number.NEGATIVE_INFINITY)
    const end = at(shift.to)
    if (start < end) intervals.push({ start, end })
  }
  return intervals
}

function intervalsOn(calendar: Calendar, plan: Plan, day: LocalDay): readonly OpenInterval[] {
  const known = plan.days.get(day)
  if (known) return known
  const intervals = computeDay(calendar, plan.zone, day)
  plan.days.set(day, intervals)
  return intervals
}

const localDayOf = (plan: Plan, at: number): LocalDay =>
  Math.floor((at + plan.zone.offset(at) * 60_000) / dayMillis)

const millisOf = (moment: DateTime): number => {
  if (!moment.isValid) throw new Error(`not a moment: ${moment.invalidReason}`)
  return moment.toMillis()
}

/** Open time in epoch milliseconds, without end where `last` is infinite. Everything else here folds over it. */
function* intervalsFrom(
  calendar: Calendar,
  first: number,
  last: number,
): Generator<OpenInterval, void, undefined> {
  const plan = planOf(calendar)
  let day = localDayOf(plan, first)
  const lastDay = last === Number.POSITIVE_INFINITY ? last : localDayOf(plan, last)
  for (let closed = 0; day <= lastDay; day++, closed++) {
    if (closed > longestClosure && lastDay === Number.POSITIVE_INFINITY) {
      throw new Error(
        `calendar does not open within ${longestClosure} days of ${new Date(first).toISOString()}`,
      )
    }
    for (const interval of intervalsOn(calendar, plan, day)) {
      const start = Math.max(interval.start, first)
      const end = Math.min(interval.end, last)
      if (start >= end) continue
      closed = 0
      yield { start, end }
    }
  }
}

/**
 * The open time of a calendar from a moment on, in order, without end: each stretch is not empty, and the first
 * begins no earlier than `from`. With `until` it ends there.
 * Throws when nothing opens for 400 days: such a calendar is a mistake.
 */
export const openIntervals = (
  calendar: Calendar,
  from: DateTime,
  until?: DateTime,
): Generator<OpenInterval, void, undefined> =>
  intervalsFrom(calendar, millisOf(from), until === undefined ? Number.POSITIVE_INFINITY : millisOf(until))

/** As `addOpenTime`, on epoch milliseconds: for where many are worked out. */
export function addOpenMillis(calendar: Calendar, from: number, amount: number): number {
  let remaining = Math.round(amount)
  if (!(remaining >= 0)) throw new Error(`not an amount of open time: ${amount}`)
  if (remaining === 0) return from
  for (const { start, end } of intervalsFrom(calendar, from, Number.POSITIVE_INFINITY)) {
    if (remaining <= end - start) return start + remaining
    remaining -= end - start
  }
  throw new Error('open intervals have no end')
}

/** As `openTimeBetween`, on epoch milliseconds. */
export function openMillisBetween(calendar: Calendar, from: number, to: number): number {
  // 0 less, so that nothing backwards is 0 and not -0
  if (to < from) return 0 - openMillisBetween(calendar, to, from)
  let total = 0
  for (const { start, end } of intervalsFrom(calendar, from, to)) total += end - start
  return total
}

/**
 * The earliest moment by which `duration` of open time has passed since `from`, in the calendar's zone. At the
 * very end of a shift it is that end, not the next opening: 17:45 and 15 minutes make 18:00. No time at all
 * leaves the moment as it is, closed or not, which keeps the addition additive. Days in the duration are 24 h of
 * open time; for working days see `addOpenDays`. A negative or invalid duration is a bug and throws.
 */
export function addOpenTime(calendar: Calendar, from: DateTime, duration: Duration): DateTime {
  const { zone } = planOf(calendar)
  return DateTime.fromMillis(addOpenMillis(calendar, millisOf(from), duration.toMillis()), { zone })
}

/** The open time from one moment to another, in milliseconds; negative when `to` is the earlier one. */
export const openTimeBetween = (calendar: Calendar, from: DateTime, to: DateTime): Duration =>
  Duration.fromMillis(openMillisBetween(calendar, millisOf(from), millisOf(to)))

/** Whether the calendar is open at a moment: at the start of a shift it is, at its end no longer. */
export function isOpen(calendar: Calendar, at: DateTime): boolean {
  const plan = planOf(calendar)
  const moment = millisOf(at)
  return intervalsOn(calendar, plan, localDayOf(plan, moment)).some(
    ({ start, end }) => start <= moment && moment < end,
  )
}

/** The first open moment not before `at`, in the calendar's zone: `at` itself when open. */
export function nextOpening(calendar: Calendar, at: DateTime): DateTime {
  const { zone } = planOf(calendar)
  for (const { start } of openIntervals(calendar, at)) return DateTime.fromMillis(start, { zone })
  throw new Error('open intervals have no end')
}

/**
 * `count` working days later, as the regulations count them: what comes outside working hours counts from the
 * next opening; then the same local time so many working days later; where that day is closed at that time, the
 * next opening. A working day is a local day with any open time. Friday 17:50 and 1 make Monday 17:50; Friday
 * 18:05 and 1 make Tuesday 09:00. `count` is a whole number, not negative; anything else throws.
 */
export function addOpenDays(calendar: Calendar, from: DateTime, count: number): DateTime {
  if (!Number.isInteger(count) || count < 0) throw new Error(`not a number of working days: ${count}`)
  const plan = planOf(calendar)
  const opening = nextOpening(calendar, from)
  const startDay = localDayOf(plan, opening.toMillis())
  let day = startDay
  for (let left = count, closed = 0; left > 0; ) {
    day++
    if (intervalsOn(calendar, plan, day).length > 0) {
      left--
      closed = 0
    } else if (++closed > longestClosure) {
      throw new Error(`calendar does not open within ${longestClosure} days of ${opening.toISO()}`)
    }
  }
  return nextOpening(calendar, opening.plus({ days: day - startDay }))
}

/** An amount of working time as the regulations state one. */
export type OpenSpan =
  | { readonly workingMinutes: number }
  | { readonly workingHours: number }
  | { readonly workingDays: number }

/** The moment a stated amount of working time after `from`: hours by `addOpenTime`, days by `addOpenDays`. */
export function addOpenSpan(calendar: Calendar, from: DateTime, span: OpenSpan): DateTime {
  if ('workingDays' in span) return addOpenDays(calendar, from, span.workingDays)
  const duration = 'workingHours' in span ? { hours: span.workingHours } : { minutes: span.workingMinutes }
  return addOpenTime(calendar, from, Duration.fromObject(duration))
}

/** When the work of a local day ends; of a day off, the end of the last working day before it. */
export function endOfWork(calendar: Calendar, day: string): DateTime {
  const plan = planOf(calendar)
  const midnight = DateTime.fromISO(day, { zone: 'utc' })
  if (!midnight.isValid) throw new Error(`not a day: ${day}`)
  const last = midnight.toMillis() / dayMillis
  for (let back = 0; back <= longestClosure; back++) {
    const end = intervalsOn(calendar, plan, last - back).at(-1)?.end
    if (end !== undefined) return DateTime.fromMillis(end, { zone: plan.zone })
  }
  throw new Error(`calendar does not open within ${longestClosure} days before ${day}`)
}

/** A desk's hours by weekday, where a weekday left out is a day off. */
export type Hours = Readonly<Partial<Record<`${Weekday}`, readonly Shift[] | undefined>>>

/** The whole week of a desk's hours. */
export function weekOf(hours: Hours): Week {
  const on = (weekday: Weekday): readonly Shift[] => hours[`${weekday}`] ?? []
  return { 1: on(1), 2: on(2), 3: on(3), 4: on(4), 5: on(5), 6: on(6), 7: on(7) }
}

/** Makes a calendar of a desk's hours by weekday. */
export const calendarOf = (zone: string, hours: Hours, exceptions: Calendar['exceptions']): Calendar => ({
  zone,
  week: weekOf(hours),
  exceptions,
})

/** The weekday of a local day. */
export const weekdayOf = (day: string): Weekday => DateTime.fromISO(day, { zone: 'utc' }).weekday as Weekday

/** The working hours of a local day, by its exception or else by its weekday. */
export function hoursOn(calendar: Calendar, day: string): readonly Shift[] {
  const rule = calendar.exceptions[day]
  if (rule !== undefined && !('like' in rule)) return rule
  const week = calendar.later?.findLast(({ from }) => from <= day)?.week ?? calendar.week
  return week[rule === undefined ? weekdayOf(day) : rule.like]
}

/**
 * Whether this machine's time zone data knows that Kazakhstan came to one time zone on 1 March 2024: Asia/Almaty
 * is UTC+6 before and UTC+5 after. With older data every deadline would be an hour off.
 */
export function timeZoneDataIsCurrent(): boolean {
  const offsetAt = (instant: string) => DateTime.fromISO(instant, { zone: 'Asia/Almaty' }).offset
  return offsetAt('2024-02-29T17:59:59Z') === 360 && offsetAt('2024-02-29T18:00:00Z') === 300
}
