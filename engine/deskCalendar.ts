import { DateTime } from 'luxon'
import { type Calendar, type DayRule, hoursOn, type Shift, type Week, weekdayOf } from './calendar.ts'
import type { LocalDay } from './conversation/instant.ts'
import type { Text } from './desk.ts'
import { type HolidayData, type HolidayException, holidayExceptions } from './holidays.ts'

/** What a desk's calendar is before anybody edits it: its files' hours, and the holidays of the country. */
export type CalendarBase = {
  readonly zone: string
  readonly week: Week
  readonly holidays: HolidayData
}

/** What a desk has on one date of its own. `rule` null: an ordinary day, whatever the country's calendar says. */
type OwnDay = { readonly rule: DayRule | null; readonly name: Text | null }

/** Weekly hours from a day on; null: those of the files again. */
export type WeekFrom = { readonly from: LocalDay; readonly week: Week | null }

/** What people have edited; it lies above the base. */
export type CalendarEdits = {
  /** In order of date, at most one from a day. */
  readonly weeks: readonly WeekFrom[]
  readonly days: Readonly<Record<LocalDay, OwnDay>>
}

/** One change of the edits, as people mean it. */
export type CalendarEdit =
  /** The same for every day of a period. */
  | {
      readonly type: 'days'
      readonly from: LocalDay
      readonly to: LocalDay
      readonly rule: DayRule | null
      readonly name: Text | null
    }
  /** `off` is a day off, and `worked` is worked instead with its hours. */
  | { readonly type: 'move'; readonly off: LocalDay; readonly worked: LocalDay; readonly name: Text }
  /** The desk's own exceptions of a period are gone: the country's calendar counts again. */
  | { readonly type: 'clear'; readonly from: LocalDay; readonly to: LocalDay }
  | ({ readonly type: 'week' } & WeekFrom)

/** What one change made of the edits: every part it touched, before and after; null is none. */
export type CalendarPatch = {
  readonly weeks?: { readonly before: readonly WeekFrom[]; readonly after: readonly WeekFrom[] }
  readonly days: Readonly<Record<LocalDay, { readonly before: OwnDay | null; readonly after: OwnDay | null }>>
}

/** A date that has other hours than its weekday, or is named by the country or the desk. */
export type CalendarDay = {
  readonly date: LocalDay
  readonly hours: readonly Shift[]
  readonly country: Pick<HolidayException, 'kind' | 'name'> | null
  readonly own: OwnDay | null
}

type Years = { readonly first: number; readonly last: number }

export const noEdits: CalendarEdits = { weeks: [], days: {} }

/** The longest time that a calendar may stay closed without being taken for a mistake, in days. */
const longestClosedDays = 60

const dayAfter = (day: LocalDay): LocalDay =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? ''

/** The days from one to another, both included. */
function daysBetween(from: LocalDay, to: LocalDay): readonly LocalDay[] {
  const days: LocalDay[] = []
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day)
  return days
}

/** The calendar of a desk: its base with what people have edited above it. */
export function deskCalendar(base: CalendarBase, edits: CalendarEdits, { first, last }: Years): Calendar {
  const exceptions: Record<LocalDay, DayRule> = {}
  for (const { date, rule } of holidayExceptions(base.holidays, first, last)) exceptions[date] = rule
  for (const [date, { rule }] of Object.entries(edits.days))
    if (rule === null) delete exceptions[date]
    else exceptions[date] = rule
  const later = edits.weeks.map(({ from, week }) => ({ from, week: week ?? base.week }))
  return { zone: base.zone, week: base.week, ...(later.length > 0 && { later }), exceptions }
}

/** The dates of a year that differ from their weekday or have a name, in order. */
export function calendarDays(base: CalendarBase, edits: CalendarEdits, year: number): readonly CalendarDay[] {
  const calendar = deskCalendar(base, edits, { first: year, last: year })
  const country = new Map(
    holidayExceptions(base.holidays, year, year).map(({ date, kind, name }) => [date, { kind, name }]),
  )
  const own = Object.keys(edits.days).filter((date) => date.startsWith(`${year}-`))
  return [...new Set([...country.keys(), ...own])].sort().map((date) => ({
    date,
    hours: hoursOn(calendar, date),
    country: country.get(date) ?? null,
    own: edits.days[date] ?? null,
  }))
}

const byDate = (weeks: readonly WeekFrom[]) =>
  [...weeks].sort((one, other) => (one.from < other.from ? -1 : 1))

/** The edits after one more change. */
export function edited(edits: CalendarEdits, edit: CalendarEdit): CalendarEdits {
  if (edit.type === 'week') {
    const { from, week } = edit
    const others = edits.weeks.filter((one) => one.from !== from)
    return { ...edits, weeks: byDate([...others, { from, week }]) }
  }
  const days: Record<LocalDay, OwnDay> = { ...edits.days }
  switch (edit.type) {
    case 'days':
      for (const day of daysBetween(edit.from, edit.to)) days[day] = { rule: edit.rule, name: edit.name }
      break
    case 'move':
      days[edit.off] = { rule: [], name: edit.name }
      days[edit.worked] = {
        rule: { like: weekdayOf(edit.off) },
        name: edit.name,
      }
      break
    case 'clear':
      for (const day of daysBetween(edit.from, edit.to)) delete days[day]
  }
  return { ...edits, days }
}

/** Whether two pieces of plain data say the same, whatever the order of their keys. */
export const sameData = (one: unknown, other: unknown) =>
  JSON.stringify(canonical(one)) === JSON.stringify(canonical(other))

/** The same data with the keys of every object in order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, canonical(part)]),
  )
}

/** What has changed from one state of the edits to another; undefined: nothing. */
export function patchOf(before: CalendarEdits, after: CalendarEdits): CalendarPatch | undefined {
  const dates = [...new Set([...Object.keys(before.days), ...Object.keys(after.days)])].sort()
  const days = Object.fromEntries(
    dates
      .map((date) => [date, { before: before.days[date] ?? null, after: after.days[date] ?? null }] as const)
      .filter(([, day]) => !sameData(day.before, day.after)),
  )
  const weeks = sameData(before.weeks, after.weeks) ? undefined : { before: before.weeks, after: after.weeks }
  if (!weeks && Object.keys(days).length === 0) return undefined
  return { days, ...(weeks && { weeks }) }
}

/** The edits as they were before a change; undefined: what it touched has been changed again since. */
export function undone(edits: CalendarEdits, patch: CalendarPatch): CalendarEdits | undefined {
  if (patch.weeks && !sameData(edits.weeks, patch.weeks.after)) return undefined
  const days: Record<LocalDay, OwnDay> = { ...edits.days }
  for (const [date, { before, after }] of Object.entries(patch.days)) {
    if (!sameData(days[date] ?? null, after)) return undefined
    if (before === null) delete days[date]
    else days[date] = before
  }
  return { weeks: patch.weeks ? patch.weeks.before : edits.weeks, days }
}

/** The days of a period whose hours are not the same on two calendars. */
export function changedDays(before: Calendar, after: Calendar, from: LocalDay, to: LocalDay) {
  return daysBetween(from, to)
    .map((date) => ({ date, before: hoursOn(before, date), after: hoursOn(after, date) }))
    .filter((day) => !sameData(day.before, day.after))
}

/** The first day of a period from which a calendar stays closed for longer than it may; undefined: there is none. */
export function closedTooLong(calendar: Calendar, from: LocalDay, to: LocalDay): LocalDay | undefined {
  let since: LocalDay | undefined
  let closed = 0
  for (const day of daysBetween(from, to)) {
    if (hoursOn(calendar, day).length > 0) {
      since = undefined
      closed = 0
      continue
    }
    since ??= day
    if (++closed > longestClosedDays) return since
  }
  return undefined
}
