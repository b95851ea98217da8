import type { Shift, Weekday } from '../../engine/calendar.ts'
import { maxEditedDays } from '../../engine/limits.ts'
import type { AskedEdit } from '../../engine/wireCalendar.ts'
import { type DayFacts, nameOf, plusDays, weekdayOf } from './calendarDays.ts'
import { shiftFault } from './shiftFault.ts'

/** What a day may be made. `country`: as the country's calendar has it, once the desk has it otherwise. */
const dayKinds = ['off', 'hours', 'like', 'move', 'ordinary', 'country'] as const
export type DayKind = (typeof dayKinds)[number]

/** The form in which one day, or a few in a row, are changed. */
export type DayForm = {
  readonly kind: DayKind
  readonly from: string
  /** The last day of it. */
  readonly to: string
  readonly hours: readonly Shift[]
  readonly like: Weekday
  readonly worked: string
  readonly kk: string
  readonly ru: string
}

/** What may be made of a day: what it is as its weekday only where it is not that, and so on. */
export const kindsFor = ({ special }: DayFacts): readonly DayKind[] =>
  dayKinds.filter(
    (kind) =>
      (kind !== 'country' || (special?.own ?? null) !== null) &&
      (kind !== 'ordinary' || (special?.country ?? null) !== null),
  )

/** The form as a day is now. */
export function formOf(day: DayFacts, usual: readonly Shift[]): DayForm {
  const { date, special, hours } = day
  const own = special?.own
  const name = special && nameOf(special)
  const rule = own?.rule
  const like = rule && 'like' in rule ? rule.like : undefined
  const kind: DayKind =
    own === undefined || own === null
      ? 'off'
      : own.rule === null
        ? 'ordinary'
        : like
          ? 'like'
          : hours.length > 0
            ? 'hours'
            : 'off'
  const shown = hours.length > 0 ? hours : usual.length > 0 ? usual : [{ from: '09:00', to: '18:00' }]
  return {
    kind,
    from: date,
    to: date,
    hours: shown,
    like: like ?? 5,
    worked: plusDays(date, 6 - weekdayOf(date)),
    kk: name?.kk ?? '',
    ru: name?.ru ?? '',
  }
}

export type DayFault = 'period' | 'names' | 'noHours' | 'worked' | NonNullable<ReturnType<typeof shiftFault>>

/** What keeps the form from being a change; undefined: nothing. */
export function dayFault(form: DayForm): DayFault | undefined {
  const { kind, from, to, hours, worked, kk, ru } = form
  if (kind === 'move') {
    if (worked === '' || worked === from) return 'worked'
  } else {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
    if (!(days >= 1 && days <= maxEditedDays)) return 'period'
  }
  if (kind === 'hours') {
    if (hours.length === 0) return 'noHours'
    const fault = shiftFault(hours)
    if (fault) return fault
  }
  const named = kk.trim() !== '' && ru.trim() !== ''
  return kind === 'country' || kind === 'ordinary' || named ? undefined : 'names'
}

/** The change that a form in order asks for. */
export function editOf({ kind, from, to, hours, like, worked, kk, ru }: DayForm): AskedEdit {
  const name = { kk: kk.trim(), ru: ru.trim() }
  switch (kind) {
    case 'off':
      return { type: 'days', from, to, rule: [], name }
    case 'hours':
      return { type: 'days', from, to, rule: [...hours], name }
    case 'like':
      return { type: 'days', from, to, rule: { like }, name }
    case 'move':
      return { type: 'move', off: from, worked, name }
    case 'ordinary':
      return { type: 'days', from, to, rule: null, name: null }
    case 'country':
      return { type: 'clear', from, to }
  }
}
