import { DateTime } from 'luxon'
import { say } from '../../locales/index.ts'
import { endOfWork, nextOpening } from '../calendar.ts'
import type { Desk } from '../desk.ts'
import type { Language } from '../language.ts'
import { instantOf } from '../sla.ts'
import { zoneOf } from '../zone.ts'
import type { Instant, LocalDay } from './instant.ts'

/** Whether a day is over where the desk is. */
export const isPastDay = (desk: Desk, day: LocalDay, now: Instant): boolean =>
  day < (DateTime.fromISO(now, { zone: zoneOf(desk.zone) }).toISODate() ?? day)

/** When the desk begins work on a day; of a day off, on the next working day. */
export const dayBegins = (desk: Desk, day: LocalDay): Instant =>
  instantOf(nextOpening(desk.calendar, DateTime.fromISO(day, { zone: zoneOf(desk.zone) })))

/** When the desk's work of a day ends; of a day off, the end of the last working day before it. */
export const dayEnds = (desk: Desk, day: LocalDay): Instant => instantOf(endOfWork(desk.calendar, day))

/** The day it is where the desk is. */
export const localDayOf = (desk: Desk, at: Instant): LocalDay =>
  DateTime.fromISO(at, { zone: desk.zone }).toISODate() ?? at.slice(0, 10)

/** A day with its year: "30 ноября 2026 года", "2026 жылғы 30 қараша". */
export const dayOfYearText = (language: Language, day: LocalDay): string =>
  say[language]('contract.day', { day: dayText(language, day), year: day.slice(0, 4) })

/** A day as people say it: "30 ноября", "30 қараша". */
export const dayText = (language: Language, day: LocalDay): string =>
  DateTime.fromISO(day).toLocaleString({ day: 'numeric', month: 'long' }, { locale: language })
