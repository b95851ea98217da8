import fc from 'fast-check'
import { DateTime, Duration } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  addOpenDays,
  addOpenTime,
  type Calendar,
  type DayRule,
  isOpen,
  nextOpening,
  openTimeBetween,
  type Shift,
  type Weekday,
} from '../../engine/calendar.ts'

const minute = 60_000
const day = 86_400_000

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** None to three shifts a day, in order, adjacent ones included. */
const shifts = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters): readonly Shift[] => {
    const edges = quarters.sort((a, b) => a - b)
    return edges
      .map((edge, index) => ({ from: clock(edge * 15), to: clock((edges[index + 1] ?? edge) * 15) }))
      .filter((shift, index) => (index % 2 === 0 || index === 1) && shift.from < shift.to)
  })

const office: readonly Shift[] = [{ from: '09:00', to: '18:00' }]
const firstDay = Date.UTC(2026, 10, 16)
const isoDay = (index: number) => new Date(firstDay + index * day).toISOString().slice(0, 10)

const dayRule: fc.Arbitrary<DayRule> = fc.oneof(
  shifts,
  fc.constant([]),
  fc.integer({ min: 1, max: 7 }).map((like) => ({ like: like as Weekday })),
)

const calendarIn = (zones: readonly string[]): fc.Arbitrary<Calendar> =>
  fc.record({
    zone: fc.constantFrom(...zones),
    week: fc.record({
      1: fc.constant(office),
      2: shifts,
      3: shifts,
      4: shifts,
      5: fc.constant(office),
      6: shifts,
      7: shifts,
    }),
    exceptions: fc
      .array(fc.tuple(fc.integer({ min: 0, max: 20 }), dayRule), { maxLength: 6 })
      .map((entries) => Object.fromEntries(entries.map(([index, rule]) => [isoDay(index), rule]))),
  })

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

/* The oracle looks at every minute on its own. Almaty has been UTC+5 since March 2024. */

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function openMinute(calendar: Calendar, epochMinute: number): boolean {
  const local = new Date(epochMinute * minute + 5 * 60 * minute)
  const rule = calendar.exceptions[local.toISOString().slice(0, 10)]
  const weekday = (local.getUTCDay() === 0 ? 7 : local.getUTCDay()) as Weekday
  let today: readonly Shift[] = calendar.week[weekday]
  if (Array.isArray(rule)) today = rule
  else if (rule !== undefined && 'like' in rule) today = calendar.week[rule.like]
  const now = local.getUTCHours() * 60 + local.getUTCMinutes()
  return today.some((shift) => minutesOf(shift.from) <= now && now < minutesOf(shift.to))
}

function oracleAdd(calendar: Calendar, from: number, minutes: number): number {
  let at = from
  for (let left = minutes; left > 0; at++) if (openMinute(calendar, at)) left--
  return at
}

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
        const expected = oracleAdd(calendar, from.toMillis() / minute, count) * minute
        expect(addOpenTime(calendar, from, Duration.fromObject({ minutes: count })).toMillis()).toBe(expected)
      }),
      { numRuns: 300 },
    )
  })

  it('measures the same', () => {
    fc.assert(
      fc.property(almaty, wholeMinute, wholeMinute, (calendar, a, b) => {
        const [from, to] = a <= b ? [a, b] : [b, a]
        let expected = 0
        for (let at = from.toMillis() / minute; at < to.toMillis() / minute; at++) {
          if (openMinute(calendar, at)) expected++
        }
        expect(openTimeBetween(calendar, from, to).as('minutes')).toBe(expected)
      }),
      { numRuns: 200 },
    )
  })

  it('is open at the same minutes', () => {
    fc.assert(
      fc.property(almaty, wholeMinute, (calendar, at) => {
        expect(isOpen(calendar, at)).toBe(openMinute(calendar, at.toMillis() / minute))
      }),
      { numRuns: 500 },
    )
  })
})
