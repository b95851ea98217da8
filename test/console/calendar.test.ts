import { describe, expect, it } from 'vitest'
import {
  dayFacts,
  fullDay,
  hoursWords,
  plusDays,
  plusMonths,
  titledDay,
  weeksOf,
} from '../../console/logic/calendarDays.ts'
import { type DayForm, dayFault, editOf, formOf, kindsFor } from '../../console/logic/dayForm.ts'
import { shiftFault, withShift } from '../../console/logic/shiftFault.ts'
import { calendarEditSchema, type WireCalendar } from '../../engine/wireCalendar.ts'
import articlesKk from '../../locales/kk/articles.json'
import kk from '../../locales/kk/console.json'
import articlesRu from '../../locales/ru/articles.json'
import ru from '../../locales/ru/console.json'
import { translatorOf } from '../../locales/translate.ts'

const office = [{ from: '09:00', to: '18:00' }]
const half = [{ from: '09:00', to: '13:00' }]
const lunch = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
]
const week = { 1: office, 2: office, 3: office, 4: office, 5: office, 6: [], 7: [] }
const name = { kk: 'Кеңсе көшеді', ru: 'Переезд офиса' }
const calendar: WireCalendar = {
  desk: 'edoc',
  version: 3,
  zone: 'Asia/Almaty',
  year: 2026,
  years: { first: 2024, last: 2029 },
  today: '2026-11-23',
  week,
  weeks: [{ from: '2026-12-01', week: { ...week, 1: lunch } }],
  days: [
    { date: '2026-03-08', hours: [], country: { kind: 'holiday', name }, own: null },
    { date: '2026-11-24', hours: [], country: null, own: { rule: [], name } },
    { date: '2026-11-25', hours: half, country: null, own: { rule: half, name } },
    { date: '2026-12-05', hours: office, country: { kind: 'movedWorkingDay', name }, own: null },
    {
      date: '2026-12-16',
      hours: office,
      country: { kind: 'holiday', name },
      own: { rule: null, name: null },
    },
  ],
  unknown: [],
  changes: [],
  pending: 0,
}

describe('a month of the calendar', () => {
  it('has its days in weeks that begin on Monday', () => {
    const weeks = weeksOf(2026, 11)
    expect(weeks.map((days) => days.length)).toEqual([7, 7, 7, 7, 7, 7])
    expect(weeks[0]?.indexOf('2026-11-01')).toBe(6)
    expect(weeks.flat().filter(Boolean)).toHaveLength(30)
    expect(weeksOf(2027, 2)).toHaveLength(4)
    expect(weeksOf(2024, 2).flat().filter(Boolean).at(-1)).toBe('2024-02-29')
  })

  it('is gone through by day and by month, never past a month that is shorter', () => {
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(plusMonths('2027-01-31', 1)).toBe('2027-02-28')
    expect(plusMonths('2026-11-30', -12)).toBe('2025-11-30')
  })
})

describe('a day of the calendar', () => {
  const facts = dayFacts(calendar)

  it.each([
    ['2026-11-23', 'work', '09:00–18:00'],
    ['2026-11-28', 'off', ''],
    ['2026-03-08', 'holiday', ''],
    ['2026-11-24', 'holiday', ''],
    ['2026-11-25', 'other', '09:00–13:00'],
    ['2026-12-05', 'other', '09:00–18:00'],
    ['2026-12-16', 'work', '09:00–18:00'],
    ['2026-11-30', 'work', '09:00–18:00'],
    ['2026-12-07', 'work', '09:00–13:00, 14:00–18:00'],
  ])('%s is %s', (date, look, hours) => {
    const day = facts(date)
    expect([day.look, hoursWords(day.hours)]).toEqual([look, hours])
  })

  it('is named in the language of the screen', () => {
    const [kazakh, russian] = [
      translatorOf('kk', { ...kk, ...articlesKk }),
      translatorOf('ru', { ...ru, ...articlesRu }),
    ]
    expect(fullDay('2026-11-23', russian)).toBe('23 ноября, понедельник')
    expect(titledDay('2026-11-23', russian)).toBe('23 ноября 2026 г., понедельник')
    expect(titledDay('2026-11-23', kazakh)).toBe('2026 ж. 23 қараша, дүйсенбі')
  })

  it('may be made what it is not: ordinary only with a holiday, as in the country only with something of its own', () => {
    expect(kindsFor(facts('2026-11-23'))).toEqual(['off', 'hours', 'like', 'move'])
    expect(kindsFor(facts('2026-03-08'))).toContain('ordinary')
    expect(kindsFor(facts('2026-11-24'))).toContain('country')
  })
})

describe('the form of a day', () => {
  const facts = dayFacts(calendar)
  const form = (change: Partial<DayForm> = {}): DayForm => ({
    ...formOf(facts('2026-11-23'), office),
    kk: 'Кеңсе көшеді',
    ru: 'Переезд офиса',
    ...change,
  })

  it('begins as the day is', () => {
    expect(formOf(facts('2026-11-25'), office)).toMatchObject({ kind: 'hours', hours: half, kk: name.kk })
    expect(formOf(facts('2026-12-16'), office)).toMatchObject({ kind: 'ordinary' })
    expect(formOf(facts('2026-11-28'), [])).toMatchObject({
      kind: 'off',
      hours: office,
      worked: '2026-11-28',
    })
  })

  it.each<[string, Partial<DayForm>, string]>([
    ['a name in both languages', { kk: ' ' }, 'names'],
    ['a period in order', { to: '2026-11-22' }, 'period'],
    ['a period of a month at most', { to: '2026-12-24' }, 'period'],
    ['a period at all', { to: '' }, 'period'],
    ['hours', { kind: 'hours', hours: [] }, 'noHours'],
    ['times that are times', { kind: 'hours', hours: [{ from: '9', to: '18:00' }] }, 'time'],
    ['shifts that end after they begin', { kind: 'hours', hours: [{ from: '18:00', to: '09:00' }] }, 'order'],
    ['shifts beside one another', { kind: 'hours', hours: [...office, ...half] }, 'overlap'],
    ['another day to work instead', { kind: 'move', worked: '2026-11-23' }, 'worked'],
  ])('needs %s', (_, change, fault) => {
    expect(dayFault(form(change))).toBe(fault)
  })

  it.each<[string, Partial<DayForm>]>([
    ['off', { kind: 'off', to: '2026-11-30' }],
    ['hours', { kind: 'hours', hours: lunch }],
    ['like', { kind: 'like', like: 5 }],
    ['move', { kind: 'move', worked: '2026-11-28' }],
    ['ordinary', { kind: 'ordinary', kk: '' }],
    ['country', { kind: 'country', ru: '' }],
  ])('in order as "%s" is a change that the server takes', (_, change) => {
    expect(dayFault(form(change))).toBeUndefined()
    expect(calendarEditSchema.safeParse(editOf(form(change))).success).toBe(true)
  })
})

describe('shifts', () => {
  it('get a lunch, then more of them, always in order', () => {
    let shifts = withShift([])
    expect(shifts).toEqual(office)
    shifts = withShift(shifts)
    expect(shifts).toEqual(lunch)
    for (let more = 0; more < 3; more++) {
      shifts = withShift(shifts)
      expect(shiftFault(shifts)).toBeUndefined()
    }
  })
})
