/** A moment as a wall clock shows it; `weekday` is 1 for Monday. */
export type WallClock = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, made)
  return made
}

/** The wall clock of an IANA `zone` at `at` (milliseconds since 1970). */
export function wallClock(at: number, zone: string): WallClock {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  )
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    weekday: weekdays.indexOf(parts.get('weekday') ?? '') + 1,
    hour: number('hour'),
    minute: number('minute'),
  }
}

/** Whether both wall clocks stand on the same day. */
export const sameDay = (a: WallClock, b: WallClock): boolean =>
  a.year === b.year && a.month === b.month && a.day === b.day

/** `9` → `09`. */
export const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** The day a wall clock shows, as dates are written for machines: `2026-11-03`. */
export const isoDay = (clock: WallClock): string =>
  `${clock.year}-${twoDigits(clock.month)}-${twoDigits(clock.day)}`

/** The hours and minutes of a wall clock: `09:05`. */
export const hourMinute = (clock: WallClock): string => `${twoDigits(clock.hour)}:${twoDigits(clock.minute)}`
