import fc from 'fast-check'
import { DateTime, Duration } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  addOpenDays,
  addOpenTime,
  endOfWork,
  isOpen,
  nextOpening,
  openTimeBetween,
} from '../../engine/calendar.ts'
import { anyCalendar } from '../support/anyCalendar.ts'
import { afterDays, afterMinutes, endOfDay, isOpenMinute, openMinutes } from '../support/minuteOracle.ts'

const minute = 60_000
const day = 86_400_000

const firstDay = Date.UTC(2026, 10, 16)
const calendarIn = (zones: readonly string[]) => anyCalendar(zones, firstDay)

const almaty = calendarIn(['Asia/Almaty'])
const anywhere = calendarIn([
  'Asia/Almaty',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Apia',
  'Asia/Kathmandu',
])

const instant = fc
  .integer({ min: 0, max: 14 * day })
  .map((millis) => DateTime.fromMillis(firstDay + millis, { zone: 'utc' }))
const wholeMinute = fc
  .integer({ min: 0, max: 14 * 1440 })
  .map((minutes) => DateTime.fromMillis(firstDay + minutes * minute, { zone: 'utc' }))
const aYear = fc
  .integer({ min: 0, max: 365 * day })
  .map((millis) => DateTime.fromMillis(Date.UTC(2024, 0, 1) + millis, { zone: 'utc' }))
const amount = fc.integer({ min: 0, max: 60 * 60 * minute }).map((millis) => Duration.fromMillis(millis))

describe('open time, over any calendar', () => {
  it('between a moment and the moment plus an amount is that amount', () => {
    fc.assert(
      fc.property(anywhere, fc.oneof(instant, aYear), amount, (calendar, from, duration) => {
        const to = addOpenTime(calendar, from, duration)
        expect(openTimeBetween(calendar, from, to).toMillis()).toBe(duration.toMillis())
      }),
      { numRuns: 500 },
    )
  })

  it('adds up: first one amount and then another is both at once', () => {
    fc.assert(
      fc.property(anywhere, instant, amount, amount, (calendar, from, one, other) => {
        const stepwise = addOpenTime(calendar, addOpenTime(calendar, from, one), other)
        expect(stepwise.toMillis()).toBe(addOpenTime(calendar, from, one.plus(other)).toMillis())
      }),
    )
  })

  it('never turns round: a later start or more time gives no earlier end', () => {
    fc.assert(
      fc.property(anywhere, instant, instant, amount, amount, (calendar, a, b, one, more) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        const end = addOpenTime(calendar, early, one)
        expect(end <= addOpenTime(calendar, late, one)).toBe(true)
        expect(end <= addOpenTime(calendar, early, one.plus(more))).toBe(true)
        expect(early <= end).toBe(true)
      }),
    )
  })

  it('measures in parts what it measures at once', () => {
    fc.assert(
      fc.property(anywhere, aYear, aYear, aYear, (calendar, a, b, c) => {
        const parts = openTimeBetween(calendar, a, b).toMillis() + openTimeBetween(calendar, b, c).toMillis()
        expect(parts).toBe(openTimeBetween(calendar, a, c).toMillis())
      }),
      { numRuns: 40 },
    )
  })

  it('opens next when it is open, and not a moment earlier', () => {
    fc.assert(
      fc.property(anywhere, instant, (calendar, at) => {
        const opening = nextOpening(calendar, at)
        expect(isOpen(calendar, opening)).toBe(true)
        expect(openTimeBetween(calendar, at, opening).toMillis()).toBe(0)
      }),
    )
  })

  it('comes to an open moment after any number of working days, later for more days', () => {
    fc.assert(
      fc.property(anywhere, instant, fc.integer({ min: 0, max: 9 }), (calendar, from, count) => {
        const end = addOpenDays(calendar, from, count)
        expect(isOpen(calendar, end)).toBe(true)
        expect(end <= addOpenDays(calendar, from, count + 1)).toBe(true)
      }),
    )
  })
})

describe('open time, against a count minute by minute', () => {
  it('adds the same', () => {
    fc.assert(
      fc.property(almaty, wholeMinute, fc.integer({ min: 0, max: 1_500 }), (calendar, from, count) => {
        const expected = afterMinutes(calendar, from.toMillis() / minute, count) * minute
        expect(addOpenTime(calendar, from, Duration.fromObject({ minutes: count })).toMillis()).toBe(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('measures the same', () => {
    fc.assert(
      fc.property(almaty, wholeMinute, wholeMinute, (calendar, a, b) => {
        const [from, to] = a <= b ? [a, b] : [b, a]
        const expected = openMinutes(calendar, from.toMillis() / minute, to.toMillis() / minute)
        expect(openTimeBetween(calendar, from, to).as('minutes')).toBe(expected)
      }),
      { numRuns: 200 },
    )
  })

  it('is open at the same minutes', () => {
    fc.assert(
      fc.property(almaty, wholeMinute, (calendar, at) => {
        expect(isOpen(calendar, at)).toBe(isOpenMinute(calendar, at.toMillis() / minute))
      }),
      { numRuns: 500 },
    )
  })

  it('counts working days the same', () => {
    fc.assert(
      fc.property(almaty, wholeMinute, fc.integer({ min: 0, max: 4 }), (calendar, from, count) => {
        const expected = afterDays(calendar, from.toMillis() / minute, count) * minute
        expect(addOpenDays(calendar, from, count).toMillis()).toBe(expected)
      }),
      { numRuns: 200 },
    )
  })

  it('ends the work of a day at the same minute', () => {
    fc.assert(
      fc.property(almaty, fc.integer({ min: 0, max: 20 }), (calendar, index) => {
        const of = new Date(firstDay + index * day).toISOString().slice(0, 10)
        expect(endOfWork(calendar, of).toMillis()).toBe(endOfDay(calendar, of) * minute)
      }),
      { numRuns: 200 },
    )
  })

  it("where clocks are changed as well: Berlin's spring, and Kazakhstan's one zone of March 2024", () => {
    const byDay = fc.constantFrom(
      [],
      [{ from: '09:00', to: '13:00' }],
      [
        { from: '06:00', to: '12:00' },
        { from: '13:00', to: '22:00' },
      ],
    )
    for (const [zone, start] of [
      ['Europe/Berlin', Date.UTC(2026, 2, 23)],
      ['Asia/Almaty', Date.UTC(2024, 1, 24)],
    ] as const)
      fc.assert(
        fc.property(
          anyCalendar([zone], start, byDay).map((one) => ({ ...one, exceptions: {} })),
          fc.integer({ min: 0, max: 10 * 1440 }),
          fc.integer({ min: 0, max: 3_000 }),
          fc.integer({ min: 0, max: 4 }),
          (calendar, after, amount, days) => {
            const from = start / minute + after
            const at = DateTime.fromMillis(from * minute, { zone: 'utc' })
            const worked = Duration.fromObject({ minutes: amount })
            expect(addOpenTime(calendar, at, worked).toMillis()).toBe(
              afterMinutes(calendar, from, amount) * minute,
            )
            expect(addOpenDays(calendar, at, days).toMillis()).toBe(afterDays(calendar, from, days) * minute)
          },
        ),
        { numRuns: 100 },
      )
  })
})
