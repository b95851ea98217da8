import { DateTime } from 'luxon'
import { say } from '../../locales/index.ts'
import type { Language } from '../language.ts'
import type { Instant } from './instant.ts'

const kazakhDatives: Readonly<Record<number, string>> = {
  0: 'ге',
  1: 'ге',
  2: 'ге',
  3: 'ке',
  4: 'ке',
  5: 'ке',
  6: 'ға',
  7: 'ге',
  8: 'ге',
  9: 'ға',
  10: 'ға',
  20: 'ға',
  30: 'ға',
  40: 'қа',
  50: 'ге',
}

/** The dative ending of a time read aloud in Kazakh, which follows the last word of its number: 14:37-ге, 09:15-ке. */
export const kazakhDative = (minutes: number): string =>
  kazakhDatives[minutes % 10 === 0 ? minutes : minutes % 10] ?? 'ге'

/**
 * The moment of a promise as people say it: "до 14:37", "в понедельник до 09:15", "5 января до 09:15".
 * Both moments are read in the desk's zone.
 */
export const dueText = (language: Language, zone: string, dueAt: Instant, now: Instant): string =>
  nearDueText(language, zone, dueAt, now) ?? datedDueText(language, zone, dueAt)

/** The same with its date always, for what is read on another day than it was written. */
export function datedDueText(language: Language, zone: string, dueAt: Instant): string {
  const due = DateTime.fromISO(dueAt, { zone })
  return say[language]('due.date', {
    ...timeOf(due),
    date: due.toLocaleString({ day: 'numeric', month: 'long' }, { locale: language }),
  })
}

const timeOf = (due: DateTime) => ({ time: due.toFormat('HH:mm'), suffix: kazakhDative(due.minute) })

function nearDueText(language: Language, zone: string, dueAt: Instant, now: Instant): string | undefined {
  const due = DateTime.fromISO(dueAt, { zone })
  const days = due.startOf('day').diff(DateTime.fromISO(now, { zone }).startOf('day'), 'days').days
  const speak = say[language]
  if (days === 0) return speak('due.today', timeOf(due))
  if (days === 1) return speak('due.tomorrow', timeOf(due))
  return days > 0 && days < 7
    ? speak(`due.weekday.${due.weekday as 1 | 2 | 3 | 4 | 5 | 6 | 7}`, timeOf(due))
    : undefined
}
