import type { Shift, Week, Weekday } from '../../engine/calendar.ts'
import type { CalendarDay } from '../../engine/deskCalendar.ts'
import type { Language } from '../../engine/language.ts'
import type { WireCalendar } from '../../engine/wireCalendar.ts'
import type { Words } from '../words.ts'
import { localDayWords } from './dateWords.ts'
import { twoDigits } from './localTime.ts'

const dayMilliseconds = 86_400_000

/** A local day so many days further. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10)

/** The same day of the month so many months further; the month's last where it has fewer days. */
export function plusMonths(day: string, months: number): string {
  const { year, month, date } = partsOf(day)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${first.getUTCFullYear()}-${twoDigits(first.getUTCMonth() + 1)}-${twoDigits(Math.min(date, last))}`
}

export const weekdayOf = (day: string): Weekday => (new Date(Date.parse(day)).getUTCDay() || 7) as Weekday

export const partsOf = (day: string) => ({
  year: Number(day.slice(0, 4)),
  month: Number(day.slice(5, 7)),
  date: Number(day.slice(8, 10)),
})

/** The weeks of a month, Monday first; undefined where a day is of another month. */
export function weeksOf(year: number, month: number): readonly (readonly (string | undefined)[])[] {
  const first = `${year}-${twoDigits(month)}-01`
  const start = plusDays(first, 1 - weekdayOf(first))
  const weeks: (string | undefined)[][] = []
  for (let monday = start; monday.slice(0, 7) <= first.slice(0, 7); monday = plusDays(monday, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, index) => {
        const day = plusDays(monday, index)
        return day.slice(0, 7) === first.slice(0, 7) ? day : undefined
      }),
    )
  return weeks
}

/** The weekly hours that hold on a day. */
export const weekOn = ({ week, weeks }: Pick<WireCalendar, 'week' | 'weeks'>, day: string): Week =>
  weeks.findLast(({ from }) => from <= day)?.week ?? week

/** What a day is in a desk's calendar. */
export type DayFacts = {
  readonly date: string
  readonly hours: readonly Shift[]
  /** Where it is not as its weekday. */
  readonly special: CalendarDay | undefined
  /** `work`, `off`: as its weekday; `holiday`: off, `other`: worked, otherwise than its weekday. */
  readonly look: 'work' | 'off' | 'holiday' | 'other'
}

/** What each day is, looked up by its date. */
export function dayFacts(calendar: WireCalendar): (date: string) => DayFacts {
  const special = new Map(calendar.days.map((day) => [day.date, day]))
  return (date) => {
    const usual = weekOn(calendar, date)[weekdayOf(date)]
    const found = special.get(date)
    const hours = found?.hours ?? usual
    const same = hoursWords(hours) === hoursWords(usual)
    const off = hours.length === 0
    const named = found !== undefined && nameOf(found) !== undefined
    return {
      date,
      hours,
      special: found,
      look: off ? (!same || named ? 'holiday' : 'off') : same ? 'work' : 'other',
    }
  }
}

/** Shifts as they are read: `09:00–13:00, 14:00–18:00`; empty for a day off. */
export const hoursWords = (hours: readonly Shift[]): string =>
  hours.map(({ from, to }) => `${from}–${to}`).join(', ')

/** A day's name: its own before the country's; undefined: it has none. */
export const nameOf = ({ own, country }: Pick<CalendarDay, 'own' | 'country'>) =>
  own ? (own.name ?? undefined) : country?.name

/** A day's name in the language of the screen. */
export const dayName = (special: CalendarDay | undefined, language: Language): string | undefined =>
  special && nameOf(special)?.[language]

const monthNames = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const
type Month = (typeof monthNames)[number]

/** A month as a heading says it: `Ноябрь`. */
export const monthWords = (month: number, words: Words): string =>
  words(`calendar.month.${monthNames[month - 1] as Month}`)

const weekdayWords = (date: string, words: Words) =>
  words(`calendar.weekday.${weekdayOf(date)}`).toLowerCase()

/** A day in full: `23 ноября, понедельник`. */
export const fullDay = (date: string, words: Words): string =>
  `${localDayWords(date, words)}, ${weekdayWords(date, words)}`

/** The same with its year, as a title says it. */
export const titledDay = (date: string, words: Words): string =>
  `${words('date.withYear', { date: localDayWords(date, words), year: date.slice(0, 4) })}, ${weekdayWords(date, words)}`
