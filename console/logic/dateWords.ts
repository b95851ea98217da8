import type { Words } from '../words.ts'
import { hourMinute, sameDay, wallClock } from './localTime.ts'

const day = 86_400_000
const weekdayKeys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const monthKeys = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const

/** The names of days and months come from the dictionary: not every browser knows Kazakh ones. */
function dayAndMonth(at: number, zone: string, words: Words): string {
  const clock = wallClock(at, zone)
  return words('date.dayMonth', { day: clock.day, month: words(`month.${monthKeys[clock.month - 1]!}`) })
}

/** A day as a heading of the conversation: today, yesterday, `23 ноября`, with the year once it is another one. */
export function dayWords(at: number, now: number, zone: string, words: Words): string {
  const clock = wallClock(at, zone)
  const today = wallClock(now, zone)
  if (sameDay(clock, today)) return words('date.today')
  if (sameDay(clock, wallClock(now - day, zone))) return words('date.yesterday')
  const named = dayAndMonth(at, zone, words)
  return clock.year === today.year ? named : words('date.withYear', { date: named, year: String(clock.year) })
}

/** A local day, `YYYY-MM-DD`, without its year: `23 ноября`. */
export function localDayWords(on: string, words: Words): string {
  return dayAndMonth(Date.parse(on), 'UTC', words)
}

/** A moment, as short as it stays clear: `09:15` today, `пн 09:15` within a week, else `23 ноября 09:15`. */
export function momentWords(at: number, now: number, zone: string, words: Words): string {
  const clock = wallClock(at, zone)
  const time = hourMinute(clock)
  if (sameDay(clock, wallClock(now, zone))) return time
  const name =
    Math.abs(at - now) < 6 * day
      ? words(`weekday.${weekdayKeys[clock.weekday - 1]!}`)
      : dayAndMonth(at, zone, words)
  return `${name} ${time}`
}
