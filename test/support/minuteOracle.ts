/*
 * Working time counted minute by minute: what the engine's calendar and clocks are held against. Written apart from
 * them on purpose: it knows no intervals and no luxon, only which minutes of a local day are open.
 */

/** Minutes since the epoch. */
export type Minute = number

type Hours = readonly { readonly from: string; readonly to: string }[]

/** The same plain data as a business calendar. */
export type MinuteCalendar = {
  readonly zone: string
  readonly week: Readonly<Record<number, Hours>>
  readonly exceptions: Readonly<Record<string, Hours | { readonly like: number }>>
}

export type Span =
  | { readonly workingMinutes: number }
  | { readonly workingHours: number }
  | { readonly workingDays: number }

type Local = { readonly day: string; readonly weekday: number; readonly ofDay: number }

const formats = new Map<string, Intl.DateTimeFormat>()
const quarters = new Map<string, Map<number, Local>>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(zone, made)
  return made
}

const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7

/** Every zone is a number of quarters of an hour off, and changes at one. */
function quarterOf(zone: string, quarter: number): Local {
  const known = quarters.get(zone) ?? new Map<number, Local>()
  quarters.set(zone, known)
  const local = known.get(quarter)
  if (local) return local
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(quarter * 15 * 60_000))
      .map(({ type, value }) => [type, value]),
  )
  const day = `${parts.year}-${parts.month}-${parts.day}`
  const made = { day, weekday: weekdayOf(day), ofDay: Number(parts.hour) * 60 + Number(parts.minute) }
  known.set(quarter, made)
  return made
}

/** What the wall clock shows in a zone. */
function localMinute(zone: string, minute: Minute): Local {
  const quarter = Math.floor(minute / 15)
  const { ofDay, ...rest } = quarterOf(zone, quarter)
  return { ...rest, ofDay: ofDay + (minute - quarter * 15) }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function hoursOf({ week, exceptions }: MinuteCalendar, day: string, weekday: number): Hours {
  const rule = exceptions[day]
  if (rule === undefined) return week[weekday] ?? []
  return 'like' in rule ? (week[rule.like] ?? []) : rule
}

const openQuarters = new WeakMap<MinuteCalendar, Map<number, number>>()

/** The open ones of a quarter's minutes, as bits. */
function openOf(calendar: MinuteCalendar, quarter: number): number {
  const { day, weekday, ofDay } = quarterOf(calendar.zone, quarter)
  const hours = hoursOf(calendar, day, weekday)
  let open = 0
  for (let minute = 0; minute < 15; minute++) {
    const now = ofDay + minute
    if (hours.some(({ from, to }) => minutesOf(from) <= now && now < minutesOf(to))) open |= 1 << minute
  }
  return open
}

/** Whether work is done in the minute that begins then. */
export function isOpenMinute(calendar: MinuteCalendar, minute: Minute): boolean {
  const quarter = Math.floor(minute / 15)
  let known = openQuarters.get(calendar)
  if (!known) {
    known = new Map()
    openQuarters.set(calendar, known)
  }
  let open = known.get(quarter)
  if (open === undefined) {
    open = openOf(calendar, quarter)
    known.set(quarter, open)
  }
  return ((open >> (minute - quarter * 15)) & 1) === 1
}

/** How many open minutes lie between. */
export function openMinutes(calendar: MinuteCalendar, from: Minute, to: Minute): number {
  let count = 0
  for (let minute = from; minute < to; minute++) if (isOpenMinute(calendar, minute)) count++
  return count
}

type Away = readonly { readonly from: Minute; readonly to: Minute }[]
const isAway = (away: Away, minute: Minute) => away.some(({ from, to }) => from <= minute && minute < to)

/** The earliest moment by which so many minutes have been worked, those of `away` left out. */
export function afterMinutes(calendar: MinuteCalendar, from: Minute, count: number, away: Away = []): Minute {
  let at = from
  for (let left = count; left > 0; at++) if (isOpenMinute(calendar, at) && !isAway(away, at)) left--
  return at
}

const firstOpen = (calendar: MinuteCalendar, from: Minute): Minute => {
  let at = from
  while (!isOpenMinute(calendar, at)) at++
  return at
}

/** The first minute of the next local day; days begin at a quarter. */
function nextDay(zone: string, minute: Minute): Minute {
  const { day } = localMinute(zone, minute)
  let at = Math.floor(minute / 15) * 15
  while (localMinute(zone, at).day === day) at += 15
  return at
}

/** Working days later: the same time of the day so many days with any work later, or the next opening. */
export function afterDays(calendar: MinuteCalendar, from: Minute, count: number): Minute {
  const { zone } = calendar
  const opening = firstOpen(calendar, from)
  if (count === 0) return opening
  let begins = opening
  for (let left = count; left > 0; ) {
    begins = nextDay(zone, begins)
    if (openMinutes(calendar, begins, nextDay(zone, begins)) > 0) left--
  }
  const { ofDay } = localMinute(zone, opening)
  let at = begins
  while (localMinute(zone, at).ofDay < ofDay) at++
  return firstOpen(calendar, at)
}

/** The end of the last work on a day or before it. */
export function endOfDay(calendar: MinuteCalendar, day: string): Minute {
  let at = Math.floor(Date.parse(`${day}T00:00:00Z`) / 60_000) + 2 * 24 * 60
  while (localMinute(calendar.zone, at).day > day) at -= 15
  at += 14
  while (!isOpenMinute(calendar, at)) at--
  return at + 1
}

/** What happened to a promise, for the oracle to judge. */
export type Promised = {
  readonly target: Span
  readonly startedAt: Minute
  /** Stretches that do not count, over ones included. */
  readonly away: Away
  /** A day it was put off to the end of. */
  readonly until?: string | undefined
}

/** The moment a promise is due: when its time has been worked, or at the end of the day it was put off to. */
export function dueMinute(calendar: MinuteCalendar, { target, startedAt, away, until }: Promised): Minute {
  const plain = plainDue(calendar, { target, startedAt, away })
  return until === undefined ? plain : Math.max(plain, endOfDay(calendar, until))
}

function plainDue(calendar: MinuteCalendar, { target, startedAt, away }: Promised): Minute {
  if ('workingMinutes' in target) return afterMinutes(calendar, startedAt, target.workingMinutes, away)
  if ('workingHours' in target) return afterMinutes(calendar, startedAt, target.workingHours * 60, away)
  // days are stated as a moment; a pause that began before it puts it off by the working time it took
  let due = afterDays(calendar, startedAt, target.workingDays)
  let count = openMinutes(calendar, startedAt, due)
  for (const { from, to } of apart(away)) {
    const lost = from < due ? openMinutes(calendar, Math.max(from, startedAt), to) : 0
    count += lost
    if (lost > 0) due = afterMinutes(calendar, startedAt, count)
  }
  return due
}

/** The same stretches in order, none over another. */
function apart(away: Away): Away {
  const inside = new Set<Minute>()
  for (const { from, to } of away) for (let minute = from; minute < to; minute++) inside.add(minute)
  const minutes = [...inside].sort((a, b) => a - b)
  const begins = minutes.filter((minute) => !inside.has(minute - 1))
  const ends = minutes.filter((minute) => !inside.has(minute + 1)).map((minute) => minute + 1)
  return begins.map((from, index) => ({ from, to: ends[index] ?? from }))
}
