import fc from 'fast-check'
import type { Calendar, DayRule, Shift, Weekday } from '../../engine/calendar.ts'

const day = 86_400_000

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** None to three shifts a day, in order, adjacent ones included. */
const anyShifts = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters): readonly Shift[] => {
    const edges = quarters.sort((a, b) => a - b)
    return edges
      .map((edge, index) => ({ from: clock(edge * 15), to: clock((edges[index + 1] ?? edge) * 15) }))
      .filter((shift, index) => (index % 2 === 0 || index === 1) && shift.from < shift.to)
  })

const office: readonly Shift[] = [{ from: '09:00', to: '18:00' }]

/** Days off, half days, days with several shifts, and days that have another weekday's hours. */
const anyDayRule: fc.Arbitrary<DayRule> = fc.oneof(
  anyShifts,
  fc.constant([]),
  fc.constant([{ from: '09:00', to: '13:00' }]),
  fc.integer({ min: 1, max: 7 }).map((like) => ({ like: like as Weekday })),
)

const isoDay = (start: number, index: number) => new Date(start + index * day).toISOString().slice(0, 10)

/** Exceptions on the three weeks from a day on. */
export const anyExceptions = (start: number): fc.Arbitrary<Calendar['exceptions']> =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 20 }), anyDayRule), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries.map(([index, rule]) => [isoDay(start, index), rule])))

/** Calendars with work on Mondays and Fridays at least, and exceptions from the day `start` on. */
export const anyCalendar = (
  zones: readonly string[],
  start: number,
  shifts: fc.Arbitrary<readonly Shift[]> = anyShifts,
): fc.Arbitrary<Calendar> =>
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
    exceptions: anyExceptions(start),
  })
