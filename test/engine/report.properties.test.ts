import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../engine/calendar.ts'
import { measureTicket, quantile, type ReportedTicket, reportOf } from '../../engine/report.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Monday, 16 November 2026, 00:00 in Almaty, which is five hours ahead of UTC. */
const begin = Date.UTC(2026, 10, 16) - 5 * hour
const span = 14
const period = { from: '2026-11-16', to: '2026-11-29' }
const holiday = '2026-11-18'
const shifts = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
]
const calendar = calendarOf(
  'Asia/Almaty',
  { 1: shifts, 2: shifts, 3: shifts, 4: shifts, 5: shifts },
  { [holiday]: [] },
)
const iso = (at: number) => new Date(at).toISOString()

/** A ticket whose moments are whole minutes: what came after the registration is given in minutes. */
const ticket: fc.Arbitrary<ReportedTicket> = fc
  .record({
    registered: fc.integer({ min: 0, max: span * 24 * 60 - 1 }),
    due: fc.integer({ min: 1, max: 600 }),
    responded: fc.option(fc.integer({ min: 0, max: 3_000 })),
    resolved: fc.option(fc.integer({ min: 0, max: 10_000 })),
    rating: fc.option(fc.integer({ min: 1, max: 5 })),
    promised: fc.option(fc.integer({ min: 1, max: 9_000 })),
    paused: fc.boolean(),
  })
  .map(({ registered, due, responded, resolved, rating, promised, paused }) => {
    const at = begin + registered * minute
    const later = (minutes: number | null) => (minutes === null ? null : iso(at + minutes * minute))
    return {
      registeredAt: iso(at),
      firstResponseDueAt: iso(at + due * minute),
      firstRespondedAt: later(responded),
      firstResponseBreachedAt: responded !== null && responded > due ? iso(at + due * minute) : null,
      resolutionDueAt: later(promised),
      resolutionBreachedAt: null,
      resolutionPaused: paused && (responded === null || resolved === null),
      resolvedAt: responded === null ? null : later(resolved),
      rating: responded === null || resolved === null ? null : rating,
    }
  })
const tickets = fc.array(ticket, { maxLength: 25 })
const moment = fc.integer({ min: 0, max: 2 * span * 24 * 60 }).map((minutes) => iso(begin + minutes * minute))

/* The oracle looks at each thing on its own, minute by minute. */

const localOf = (at: number) => new Date(at + 5 * hour)
function isWorking(at: number): boolean {
  const local = localOf(at)
  const weekday = local.getUTCDay()
  const hourOfDay = local.getUTCHours()
  if (weekday === 0 || weekday === 6 || local.toISOString().startsWith(holiday)) return false
  return hourOfDay >= 9 && hourOfDay < 18 && hourOfDay !== 13
}
function workingMinutes(from: string, to: string): number {
  let minutes = 0
  for (let at = Date.parse(from); at < Date.parse(to); at += minute) if (isWorking(at)) minutes++
  return minutes
}
/** The least of the values for which at least the share of all are no greater. */
const naiveQuantile = (values: readonly number[], percent: number) => {
  const enough = values.filter(
    (one) => values.filter((other) => other <= one).length * 100 >= percent * values.length,
  )
  return enough.length === 0 ? null : Math.min(...enough)
}
const isLate = (one: ReportedTicket, now: string) =>
  Date.parse(one.firstRespondedAt ?? now) > Date.parse(one.firstResponseDueAt)

describe('a report and a naive count of the same tickets', () => {
  it('agree on everything', () => {
    fc.assert(
      fc.property(tickets, moment, (all, now) => {
        const report = reportOf(
          period,
          all.map((one) => measureTicket(calendar, one, now)),
        )
        const waited = all.flatMap((one) =>
          one.firstRespondedAt ? [workingMinutes(one.registeredAt, one.firstRespondedAt)] : [],
        )
        const took = all.flatMap((one) =>
          one.resolvedAt ? [workingMinutes(one.registeredAt, one.resolvedAt) / 60] : [],
        )
        const late = all.filter((one) => isLate(one, now))
        const met = all.filter((one) => one.firstRespondedAt && !isLate(one, now))
        expect(report.registered).toBe(all.length)
        expect(report.firstResponse).toEqual({
          met: met.length,
          breached: late.length,
          open: all.length - met.length - late.length,
          workingMinutes: { median: naiveQuantile(waited, 50), p90: naiveQuantile(waited, 90) },
        })
        const promised = all.filter((one) => one.resolutionDueAt !== null)
        const endedLate = promised.filter(
          (one) =>
            !one.resolutionPaused &&
            Date.parse(one.resolvedAt ?? now) > Date.parse(one.resolutionDueAt ?? ''),
        )
        const endedInTime = promised.filter((one) => one.resolvedAt && !endedLate.includes(one))
        expect(report.resolution).toEqual({
          met: endedInTime.length,
          breached: endedLate.length,
          open: promised.length - endedInTime.length - endedLate.length,
          resolved: took.length,
          workingHours: { median: naiveQuantile(took, 50), p90: naiveQuantile(took, 90) },
        })
        const stars = all.flatMap(({ rating }) => (rating === null ? [] : [rating]))
        expect(report.satisfaction.stars).toEqual(
          [1, 2, 3, 4, 5].map((count) => stars.filter((one) => one === count).length),
        )
        expect(report.satisfaction.average ?? 0).toBeCloseTo(
          stars.length === 0 ? 0 : stars.reduce((sum, one) => sum + one) / stars.length,
        )
        for (let offset = 0; offset < span; offset++) {
          const on = iso(begin + 5 * hour + offset * day).slice(0, 10)
          const ofDay = all.filter((one) =>
            localOf(Date.parse(one.registeredAt)).toISOString().startsWith(on),
          )
          expect(report.days[offset]).toEqual({
            on,
            registered: ofDay.length,
            met: ofDay.filter((one) => met.includes(one)).length,
            breached: ofDay.filter((one) => late.includes(one)).length,
            open: ofDay.filter((one) => !met.includes(one) && !late.includes(one)).length,
            resolved: ofDay.filter((one) => one.resolvedAt).length,
          })
        }
        for (let weekday = 0; weekday < 7; weekday++)
          for (let at = 0; at < 24; at++)
            expect(report.hours[weekday]?.[at]).toBe(
              all.filter(({ registeredAt }) => {
                const local = localOf(Date.parse(registeredAt))
                return (local.getUTCDay() + 6) % 7 === weekday && local.getUTCHours() === at
              }).length,
            )
      }),
      { numRuns: 40 },
    )
  })
})

describe('a quantile', () => {
  it('is the naive one, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.constantFrom(50, 90), (values, percent) => {
        expect(quantile(values, percent / 100)).toBe(naiveQuantile(values, percent))
      }),
    )
  })
})
