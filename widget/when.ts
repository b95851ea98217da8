import type { Words } from './words.ts'

const timeZone = 'Asia/Almaty'
const clock = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', timeZone })
const calendar = new Intl.DateTimeFormat('en-CA', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  timeZone,
})

/** Hours and minutes in the desk's zone, `09:05`. */
export const timeOf = (at: string | Date): string => clock.format(new Date(at))

/** The day in the desk's zone, `2026-03-31`. */
export const dayOf = (at: string | Date): string => calendar.format(new Date(at))

/** A day as people say it: today, yesterday, the day and month, and the year when it is another one. */
export function dayLabel(at: string, now: Date, t: Words): string {
  const day = dayOf(at)
  if (day === dayOf(now)) return t('today')
  if (day === dayOf(new Date(now.getTime() - 86_400_000))) return t('yesterday')
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const words = { day: date, month: t('months').split(',')[month - 1]! }
  return dayOf(now).startsWith(`${year}-`) ? t('day', words) : t('dayOfYear', { ...words, number: year })
}

/** A file's size as people say it. */
export function sizeLabel(bytes: number, t: Words): string {
  if (bytes < 1024) return t('bytes', { size: bytes })
  if (bytes < 1024 * 1024) return t('kilobytes', { size: Math.round(bytes / 1024) })
  return t('megabytes', { size: Math.round((bytes / 1024 / 1024) * 10) / 10 })
}
