import { DateTime, Duration } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  addOpenDays,
  addOpenTime,
  type Calendar,
  calendarOf,
  isOpen,
  nextOpening,
  openIntervals,
  openTimeBetween,
  type Shift,
  timeZoneDataIsCurrent,
} from '../../engine/calendar.ts'
import { calendarSchema } from '../../engine/calendarSchema.ts'

const zone = 'Asia/Almaty'
const office: readonly Shift[] = [{ from: '09:00', to: '18:00' }]
const weekdays = { 1: office, 2: office, 3: office, 4: office, 5: office }
const desk = calendarOf(zone, weekdays, {})

const at = (local: string) => DateTime.fromISO(local, { zone })
const minutes = (count: number) => Duration.fromObject({ minutes: count })
const local = (moment: DateTime) => moment.toFormat('ccc yyyy-MM-dd HH:mm')
const due = (calendar: Calendar, from: string, count: number) =>
  local(addOpenTime(calendar, at(from), minutes(count)))

describe('adding open time', () => {
  it('within a shift is the plain addition', () => {
    expect(due(desk, '2026-11-23T10:00', 15)).toBe('Mon 2026-11-23 10:15')
  })

  it('counts what comes at 18:05 on Friday from Monday morning', () => {
    expect(due(desk, '2026-11-20T18:05', 15)).toBe('Mon 2026-11-23 09:15')
  })

  it('carries over the weekend what does not fit into Friday', () => {
    expect(due(desk, '2026-11-20T17:50', 15)).toBe('Mon 2026-11-23 09:05')
  })

  it('ends with the shift when it fits exactly', () => {
    expect(due(desk, '2026-11-20T17:45', 15)).toBe('Fri 2026-11-20 18:00')
    expect(due(desk, '2026-11-20T18:00', 15)).toBe('Mon 2026-11-23 09:15')
  })

  it('waits for the opening in the early morning', () => {
    expect(due(desk, '2026-11-23T06:30', 15)).toBe('Mon 2026-11-23 09:15')
  })

  it('skips the holidays', () => {
    const calendar = calendarOf(zone, weekdays, { '2026-11-23': [], '2026-11-24': [] })
    expect(due(calendar, '2026-11-20T18:05', 15)).toBe('Wed 2026-11-25 09:15')
  })

  it('works a moved Saturday with the hours of the weekday it stands for', () => {
    const calendar = calendarOf(
      zone,
      { ...weekdays, 5: [{ from: '09:00', to: '17:00' }] },
      { '2026-11-21': { like: 5 }, '2026-11-23': [] },
    )
    expect(due(calendar, '2026-11-20T18:05', 15)).toBe('Sat 2026-11-21 09:15')
    expect(due(calendar, '2026-11-21T16:50', 15)).toBe('Tue 2026-11-24 09:05')
  })

  it('leaves the break between two shifts out', () => {
    const calendar = calendarOf(
      zone,
      {
        1: [
          { from: '09:00', to: '13:00' },
          { from: '14:00', to: '18:00' },
        ],
      },
      {},
    )
    expect(due(calendar, '2026-11-23T12:50', 15)).toBe('Mon 2026-11-23 14:05')
    expect(due(calendar, '2026-11-23T13:30', 15)).toBe('Mon 2026-11-23 14:15')
  })

  it('takes a short day as it is', () => {
    const calendar = calendarOf(zone, weekdays, { '2026-12-31': [{ from: '09:00', to: '13:00' }] })
    expect(due(calendar, '2026-12-31T12:50', 15)).toBe('Fri 2027-01-01 09:05')
  })

  it('leaves a moment as it is when there is nothing to add, closed or not', () => {
    expect(due(desk, '2026-11-21T12:00', 0)).toBe('Sat 2026-11-21 12:00')
  })

  it('answers in the zone of the calendar, whatever zone it is asked in', () => {
    const asked = DateTime.fromISO('2026-11-20T13:05:00Z', { zone: 'utc' })
    const answer = addOpenTime(desk, asked, minutes(15))
    expect(answer.zoneName).toBe(zone)
    expect(answer.toISO()).toBe('2026-11-23T09:15:00.000+05:00')
  })

  it('keeps seconds and milliseconds', () => {
    const answer = addOpenTime(desk, at('2026-11-20T17:59:59.250'), minutes(1))
    expect(answer.toISO()).toBe('2026-11-23T09:00:59.250+05:00')
  })

  it('works round the clock across the night when the last hour of Asia/Almaty came twice', () => {
    const allDay: readonly Shift[] = [{ from: '00:00', to: '24:00' }]
    const always = calendarOf(
      zone,
      { 1: allDay, 2: allDay, 3: allDay, 4: allDay, 5: allDay, 6: allDay, 7: allDay },
      {},
    )
    const answer = addOpenTime(always, at('2024-02-29T12:00'), Duration.fromObject({ hours: 24 }))
    expect(answer.toISO()).toBe('2024-03-01T11:00:00.000+05:00')
  })

  it('is a clear error for a calendar that never opens', () => {
    const closed = calendarOf(zone, {}, {})
    const never = /does not open within 400 days of 2026-11-20/
    expect(() => addOpenTime(closed, at('2026-11-20T18:05'), minutes(15))).toThrow(never)
    expect(() => nextOpening(closed, at('2026-11-20T18:05'))).toThrow(never)
  })

  it('is a clear error for less than no time, and for what is no moment or no zone', () => {
    expect(() => addOpenTime(desk, at('2026-11-20T12:00'), minutes(-1))).toThrow(/amount of open time/)
    expect(() => addOpenTime(desk, at('noon'), minutes(1))).toThrow(/not a moment/)
    const nowhere = calendarOf('Asia/Nowhere', weekdays, {})
    expect(() => addOpenTime(nowhere, at('2026-11-20T12:00'), minutes(1))).toThrow(/Asia\/Nowhere/)
  })
})

describe('measuring open time', () => {
  const between = (from: string, to: string) => openTimeBetween(desk, at(from), at(to)).as('minutes')

  it('counts working hours only', () => {
    expect(between('2026-11-20T17:50', '2026-11-23T09:05')).toBe(15)
    expect(between('2026-11-20T18:00', '2026-11-23T09:00')).toBe(0)
    expect(between('2026-11-16T00:00', '2026-11-23T00:00')).toBe(5 * 9 * 60)
  })

  it('is negative backwards', () => {
    expect(between('2026-11-23T09:05', '2026-11-20T17:50')).toBe(-15)
  })

  it('is nothing in a calendar that never opens', () => {
    const closed = calendarOf(zone, {}, {})
    expect(openTimeBetween(closed, at('2020-01-01'), at('2026-01-01')).toMillis()).toBe(0)
  })
})

describe('being open', () => {
  it('begins with the start of a shift and is over at its end', () => {
    expect(isOpen(desk, at('2026-11-23T08:59:59.999'))).toBe(false)
    expect(isOpen(desk, at('2026-11-23T09:00'))).toBe(true)
    expect(isOpen(desk, at('2026-11-23T17:59:59.999'))).toBe(true)
    expect(isOpen(desk, at('2026-11-23T18:00'))).toBe(false)
  })

  it('opens next at once when it is open, else with the next shift', () => {
    expect(local(nextOpening(desk, at('2026-11-23T10:30')))).toBe('Mon 2026-11-23 10:30')
    expect(local(nextOpening(desk, at('2026-11-20T18:00')))).toBe('Mon 2026-11-23 09:00')
  })

  it('lists its intervals from a moment on, the first one cut', () => {
    const cut = [...openIntervals(desk, at('2026-11-20T17:00'), at('2026-11-23T10:00'))]
    expect(cut).toEqual([
      { start: at('2026-11-20T17:00').toMillis(), end: at('2026-11-20T18:00').toMillis() },
      { start: at('2026-11-23T09:00').toMillis(), end: at('2026-11-23T10:00').toMillis() },
    ])
  })
})

describe('adding working days', () => {
  const later = (from: string, days: number, calendar = desk) => local(addOpenDays(calendar, at(from), days))

  it('keeps the local time', () => {
    expect(later('2026-11-20T17:50', 1)).toBe('Mon 2026-11-23 17:50')
    expect(later('2026-11-17T11:20', 2)).toBe('Thu 2026-11-19 11:20')
  })

  it('counts what comes outside working hours from the next opening', () => {
    expect(later('2026-11-20T18:05', 1)).toBe('Tue 2026-11-24 09:00')
    expect(later('2026-11-23T07:00', 1)).toBe('Tue 2026-11-24 09:00')
    expect(later('2026-11-21T12:00', 0)).toBe('Mon 2026-11-23 09:00')
  })

  it('passes over holidays and counts moved Saturdays', () => {
    const calendar = calendarOf(zone, weekdays, { '2026-11-23': [], '2026-11-28': { like: 1 } })
    expect(later('2026-11-20T10:00', 1, calendar)).toBe('Tue 2026-11-24 10:00')
    expect(later('2026-11-27T10:00', 1, calendar)).toBe('Sat 2026-11-28 10:00')
  })

  it('moves on to the next opening when the day is too short', () => {
    const calendar = calendarOf(zone, weekdays, { '2026-11-24': [{ from: '09:00', to: '13:00' }] })
    expect(later('2026-11-23T15:00', 1, calendar)).toBe('Wed 2026-11-25 09:00')
  })

  it('is a clear error for half a day, for days back, and for a calendar with one open day', () => {
    expect(() => later('2026-11-23T15:00', 0.5)).toThrow(/number of working days/)
    expect(() => later('2026-11-23T15:00', -1)).toThrow(/number of working days/)
    const once = calendarOf(zone, {}, { '2026-11-23': office })
    expect(() => later('2026-11-23T15:00', 1, once)).toThrow(/does not open/)
  })
})

describe('the time zone data of this machine', () => {
  it('knows the change of March 2024', () => {
    expect(timeZoneDataIsCurrent()).toBe(true)
  })
})

describe('the shape of a calendar', () => {
  const refused = (change: object) =>
    calendarSchema.safeParse({ ...calendarOf(zone, weekdays, {}), ...change }).success === false

  it('takes a calendar through JSON and back', () => {
    const calendar = calendarOf(zone, weekdays, { '2026-11-21': { like: 5 }, '2026-12-16': [] })
    expect(calendarSchema.parse(JSON.parse(JSON.stringify(calendar)))).toEqual(calendar)
  })

  it('refuses an unknown zone, a missing weekday, and a date that does not exist', () => {
    expect(refused({ zone: 'Asia/Nowhere' })).toBe(true)
    expect(refused({ week: weekdays })).toBe(true)
    expect(refused({ exceptions: { '2026-02-30': [] } })).toBe(true)
    expect(refused({ exceptions: { '2026-02-20': { like: 8 } } })).toBe(true)
  })

  it('refuses shifts that end before they begin, overlap, or are no times', () => {
    const monday = (...shifts: readonly Shift[]) => refused({ exceptions: { '2026-11-23': shifts } })
    expect(monday({ from: '18:00', to: '09:00' })).toBe(true)
    expect(monday({ from: '09:00', to: '14:00' }, { from: '13:00', to: '18:00' })).toBe(true)
    expect(monday({ from: '9:00', to: '18:00' })).toBe(true)
    expect(monday({ from: '09:00', to: '24:30' })).toBe(true)
    expect(monday({ from: '09:00', to: '13:00' }, { from: '13:00', to: '24:00' })).toBe(false)
  })
})
