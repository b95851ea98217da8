import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { addOpenDays, addOpenTime, type Calendar, type Shift, weekOf } from '../../engine/calendar.ts'
import {
  type CalendarBase,
  type CalendarEdit,
  calendarDays,
  changedDays,
  closedTooLong,
  deskCalendar,
  edited,
  noEdits,
  patchOf,
  undone,
} from '../../engine/deskCalendar.ts'
import type { HolidayData } from '../../engine/holidays.ts'
import { pauseClock, resumeClock, startClock } from '../../engine/sla.ts'

const office: readonly Shift[] = [{ from: '09:00', to: '18:00' }]
/** The usual day of an office: an hour of lunch in its middle. */
const lunch: readonly Shift[] = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
]
const half: readonly Shift[] = [{ from: '09:00', to: '13:00' }]
const name = { kk: 'Күн', ru: 'День' }

const holidays: HolidayData = {
  weekend: [6, 7],
  fixed: [{ day: '12-16', substituted: true, name: { kk: 'Тәуелсіздік күні', ru: 'День Независимости' } }],
  moving: [],
  moved: [{ off: '2026-11-27', worked: '2026-11-28', name }],
}
const week = weekOf({ 1: office, 2: office, 3: office, 4: office, 5: half })
const base: CalendarBase = { zone: 'Asia/Almaty', week, holidays }
const years = { first: 2026, last: 2027 }
const after = (...edits: readonly CalendarEdit[]) => edits.reduce(edited, noEdits)
const calendarAfter = (...edits: readonly CalendarEdit[]) => deskCalendar(base, after(...edits), years)
const at = (local: string) => DateTime.fromISO(local, { zone: 'Asia/Almaty' })
const plus = (calendar: Calendar, from: string, hours: number) =>
  addOpenTime(
    calendar,
    at(from),
    DateTime.fromMillis(0).plus({ hours }).diff(DateTime.fromMillis(0)),
  ).toFormat("yyyy-MM-dd'T'HH:mm")
const off = (day: string): CalendarEdit => ({ type: 'days', from: day, to: day, rule: [], name })

describe("a desk's calendar", () => {
  it('is its hours and the holidays of the country as long as nobody edits it', () => {
    const calendar = calendarAfter()
    expect(calendar.exceptions).toEqual({
      '2026-11-27': [],
      '2026-11-28': { like: 5 },
      '2026-12-16': [],
      '2027-12-16': [],
    })
    expect(plus(calendar, '2026-11-26T17:00', 2)).toBe('2026-11-28T10:00')
  })

  it('has own days off, other hours and days like another weekday above the country', () => {
    const calendar = calendarAfter(
      off('2026-11-24'),
      { type: 'days', from: '2026-11-25', to: '2026-11-26', rule: half, name },
      { type: 'days', from: '2026-12-16', to: '2026-12-16', rule: { like: 1 }, name },
    )
    expect(plus(calendar, '2026-11-23T18:00', 4)).toBe('2026-11-25T13:00')
    expect(plus(calendar, '2026-11-23T18:00', 5)).toBe('2026-11-26T10:00')
    expect(plus(calendar, '2026-12-16T08:00', 9)).toBe('2026-12-16T18:00')
  })

  it("takes an exception of the country's away, and gives it back", () => {
    const ordinary: CalendarEdit = {
      type: 'days',
      from: '2026-12-16',
      to: '2026-12-16',
      rule: null,
      name: null,
    }
    expect(calendarAfter(ordinary).exceptions['2026-12-16']).toBeUndefined()
    const back: CalendarEdit = { type: 'clear', from: '2026-12-01', to: '2026-12-31' }
    expect(calendarAfter(ordinary, back)).toEqual(calendarAfter())
  })

  it('moves a working day: the one is off, the other has its hours', () => {
    const calendar = calendarAfter({ type: 'move', off: '2026-12-04', worked: '2026-12-05', name })
    expect(calendar.exceptions['2026-12-04']).toEqual([])
    expect(calendar.exceptions['2026-12-05']).toEqual({ like: 5 })
    // Friday is a half day, so the Saturday worked instead is one
    expect(plus(calendar, '2026-12-03T18:00', 4)).toBe('2026-12-05T13:00')
    expect(plus(calendar, '2026-12-03T18:00', 5)).toBe('2026-12-07T10:00')
  })

  it('has other weekly hours from a day on, and not before it', () => {
    const short = weekOf({ 1: half, 2: half, 3: half, 4: half, 5: half })
    const calendar = calendarAfter({ type: 'week', from: '2026-12-01', week: short })
    expect(plus(calendar, '2026-11-30T09:00', 9)).toBe('2026-11-30T18:00')
    expect(plus(calendar, '2026-12-01T09:00', 5)).toBe('2026-12-02T10:00')
    const back = calendarAfter(
      { type: 'week', from: '2026-12-01', week: short },
      { type: 'week', from: '2026-12-08', week: null },
    )
    expect(plus(back, '2026-12-07T09:00', 5)).toBe('2026-12-08T10:00')
    expect(plus(back, '2026-12-08T09:00', 9)).toBe('2026-12-08T18:00')
  })

  it('shows the days of a year that are not as their weekday, with where that comes from', () => {
    const edits = after(off('2026-11-24'), {
      type: 'days',
      from: '2026-12-16',
      to: '2026-12-16',
      rule: null,
      name: null,
    })
    expect(calendarDays(base, edits, 2026)).toEqual([
      { date: '2026-11-24', hours: [], country: null, own: { rule: [], name } },
      { date: '2026-11-27', hours: [], country: { kind: 'movedDayOff', name }, own: null },
      { date: '2026-11-28', hours: half, country: { kind: 'movedWorkingDay', name }, own: null },
      {
        date: '2026-12-16',
        hours: office,
        country: { kind: 'holiday', name: { kk: 'Тәуелсіздік күні', ru: 'День Независимости' } },
        own: { rule: null, name: null },
      },
    ])
  })

  it('tells which days of a period have other hours on another calendar', () => {
    const moved = calendarAfter(off('2026-11-24'), off('2026-11-28'))
    expect(changedDays(calendarAfter(), moved, '2026-11-01', '2026-11-30')).toEqual([
      { date: '2026-11-24', before: office, after: [] },
      { date: '2026-11-28', before: half, after: [] },
    ])
  })

  it('tells from when it stays closed for longer than two months', () => {
    const closed = calendarAfter({ type: 'days', from: '2026-12-01', to: '2027-02-15', rule: [], name })
    // the weekend before belongs to it
    expect(closedTooLong(closed, '2026-11-01', '2027-03-01')).toBe('2026-12-01')
    expect(closedTooLong(calendarAfter(), '2026-11-01', '2027-03-01')).toBeUndefined()
  })
})

describe('a change of the calendar', () => {
  const before = after(off('2026-11-24'))

  it('is every part that it touched, before and after', () => {
    const next = edited(before, { type: 'clear', from: '2026-11-24', to: '2026-11-24' })
    expect(patchOf(before, next)).toEqual({
      days: { '2026-11-24': { before: { rule: [], name }, after: null } },
    })
    expect(patchOf(before, edited(before, off('2026-11-24')))).toBeUndefined()
  })

  it('is undone, whatever else has changed since', () => {
    const patch = patchOf(noEdits, before)
    if (!patch) throw new Error('nothing has changed')
    const later = [off('2026-11-25'), { type: 'week', from: '2026-12-01', week } as const].reduce(
      edited,
      before,
    )
    const back = undone(later, patch)
    expect(back?.days).toEqual({ '2026-11-25': { rule: [], name } })
    expect(back?.weeks).toEqual(later.weeks)
  })

  it('is not undone once the same day has been changed again', () => {
    const patch = patchOf(noEdits, before)
    const again = edited(before, { type: 'days', from: '2026-11-24', to: '2026-11-24', rule: half, name })
    expect(patch && undone(again, patch)).toBeUndefined()
  })
})

describe('working time with several shifts a day', () => {
  const calendar: Calendar = {
    zone: 'Asia/Almaty',
    week: weekOf({ 1: lunch, 2: lunch, 3: lunch, 4: lunch, 5: half }),
    exceptions: { '2026-11-28': { like: 4 }, '2026-12-31': half, '2026-12-16': [] },
  }
  const due = (from: string, workingMinutes: number) =>
    startClock(calendar, { workingMinutes }, at(from).toUTC().toISO() ?? '').dueAt
  const utc = (local: string) => at(local).toUTC().toISO()

  it.each([
    ['does not count lunch', '2026-11-23T12:50', 15, '2026-11-23T14:05'],
    ['begins after lunch with what comes during it', '2026-11-23T13:20', 15, '2026-11-23T14:15'],
    ['ends at the stroke of lunch', '2026-11-23T12:45', 15, '2026-11-23T13:00'],
    ['goes over to the next morning', '2026-11-23T17:50', 15, '2026-11-24T09:05'],
    ['ends a half day at one', '2026-11-27T12:50', 15, '2026-11-28T09:05'],
    ['works a moved Saturday with the lunch of its Thursday', '2026-11-28T12:50', 15, '2026-11-28T14:05'],
    ['ends a shortened New Year Eve at one', '2026-12-31T12:55', 15, '2027-01-01T09:10'],
    ['looks past a holiday', '2026-12-15T17:50', 15, '2026-12-17T09:05'],
  ])('%s (product.md: "The clock counts working time only")', (_, from, minutes, to) => {
    expect(due(from, minutes)).toBe(utc(to))
  })

  it('stands still for a pause over lunch, of which only the working part counts', () => {
    const clock = startClock(calendar, { workingHours: 2 }, utc('2026-11-23T12:00') ?? '')
    expect(clock.dueAt).toBe(utc('2026-11-23T15:00'))
    const paused = pauseClock(clock, utc('2026-11-23T12:30') ?? '')
    expect(resumeClock(calendar, paused, utc('2026-11-23T14:30') ?? '').dueAt).toBe(utc('2026-11-23T16:00'))
  })

  it('counts a half day as a working day', () => {
    expect(addOpenDays(calendar, at('2026-11-26T10:00'), 2).toFormat("yyyy-MM-dd'T'HH:mm")).toBe(
      '2026-11-28T10:00',
    )
    // Friday is over at 15:00: the next opening
    expect(addOpenDays(calendar, at('2026-11-26T15:00'), 1).toFormat("yyyy-MM-dd'T'HH:mm")).toBe(
      '2026-11-28T09:00',
    )
  })
})
