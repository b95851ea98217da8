import { DateTime } from 'luxon'
import type { Desk } from '../desk.ts'
import type { Language } from '../language.ts'
import type { Instant, LocalDay } from './instant.ts'

/** Whether a day is over where the desk is. */
export const isPastDay = (desk: Desk, day: LocalDay, now: Instant): boolean =>
  day < (DateTime.fromISO(now, { zone: desk.zone }).toISODate() ?? day)

/** A day as people say it: "30 ноября", "30 қараша". */
export const dayText = (language: Language, day: LocalDay): string =>
  DateTime.fromISO(day).toLocaleString({ day: 'numeric', month: 'long' }, { locale: language })
