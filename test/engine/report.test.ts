import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../engine/calendar.ts'
import { daysBetween, measureTicket, quantile, type ReportedTicket, reportOf } from '../../engine/report.ts'

const office = [{ from: '09:00', to: '18:00' }]
const calendar = calendarOf(
  'Asia/Almaty',
  { 1: office, 2: office, 3: office, 4: office, 5: office },
  { '2026-12-16': [] },
)

/** Registered on Monday, 23 November 2026, at 10:00 in Almaty; a test says what else happened. */
const aTicket = (facts: Partial<ReportedTicket> = {}): ReportedTicket => ({
  registeredAt: '2026-11-23T05:00:00.000Z',
  firstResponseDueAt: '2026-11-23T05:15:00.000Z',
  firstRespondedAt: null,
  firstResponseBreachedAt: null,
  resolutionDueAt: null,
  resolutionBreachedAt: null,
  resolutionPaused: false,
  resolvedAt: null,
  rating: null,
  ...facts,
})
const inTime = '2026-11-23T05:10:00.000Z'
const measured = (facts: Partial<ReportedTicket>, now = inTime) =>
  measureTicket(calendar, aTicket(facts), now)

describe('a ticket of a report', () => {
  it('is of the local day and hour of its registration', () => {
    expect(measured({})).toMatchObject({ on: '2026-11-23', weekday: 1, hour: 10 })
    expect(measured({ registeredAt: '2026-11-22T19:30:00.000Z' })).toMatchObject({
      on: '2026-11-23',
      weekday: 1,
      hour: 0,
    })
    expect(measured({ registeredAt: '2026-11-22T18:59:59.999Z' })).toMatchObject({
      on: '2026-11-22',
      weekday: 7,
      hour: 23,
    })
  })

  it.each([
    ['nobody has answered, and there is time', {}, inTime, 'open'],
    ['nobody has answered at the very deadline', {}, '2026-11-23T05:15:00.000Z', 'open'],
    ['nobody has answered, and the deadline passed', {}, '2026-11-23T05:15:00.001Z', 'breached'],
    [
      'the history already says so',
      { firstResponseBreachedAt: '2026-11-23T05:15:00.000Z' },
      '2026-11-23T05:15:00.000Z',
      'breached',
    ],
    ['answered at the very deadline', { firstRespondedAt: '2026-11-23T05:15:00.000Z' }, inTime, 'met'],
    ['answered after it', { firstRespondedAt: '2026-11-23T05:15:00.001Z' }, inTime, 'breached'],
  ] as const)('%s', (_, facts, now, verdict) => {
    expect(measured(facts, now).verdict).toBe(verdict)
  })

  it('lowered after it was late, a promise stays broken (edoc regulation, §20)', () => {
    const facts = {
      firstResponseBreachedAt: '2026-11-23T05:15:00.000Z',
      firstRespondedAt: '2026-11-23T05:20:00.000Z',
      firstResponseDueAt: '2026-11-24T05:00:00.000Z',
    }
    expect(measured(facts).verdict).toBe('breached')
  })

  it.each([
    ['is none where the desk promises no end', {}, inTime, null],
    ['is open until its moment', { resolutionDueAt: inTime }, inTime, 'open'],
    ['is broken after it', { resolutionDueAt: inTime }, '2026-11-23T05:10:00.001Z', 'breached'],
    [
      'stays open while the visitor is waited for',
      { resolutionDueAt: inTime, resolutionPaused: true },
      '2026-11-30T05:00:00.000Z',
      'open',
    ],
    ['is kept by the end in time', { resolutionDueAt: inTime, resolvedAt: inTime }, inTime, 'met'],
  ] as const)('the promise of the end %s', (_, facts, now, verdict) => {
    expect(measured(facts, now).resolutionVerdict).toBe(verdict)
  })

  it('takes working time only: over a weekend, a night and a holiday', () => {
    const fridayEvening = '2026-11-20T12:50:00.000Z'
    expect(
      measured({
        registeredAt: fridayEvening,
        firstRespondedAt: '2026-11-23T04:05:00.000Z',
        resolvedAt: '2026-11-23T12:50:00.000Z',
      }),
    ).toMatchObject({ responseMinutes: 15, resolutionHours: 9 })
    expect(
      measured({ registeredAt: '2026-12-15T12:00:00.000Z', resolvedAt: '2026-12-17T05:00:00.000Z' })
        .resolutionHours,
    ).toBe(2)
  })

  it('answered out of hours took no working time at all', () => {
    const saturday = {
      registeredAt: '2026-11-21T06:00:00.000Z',
      firstRespondedAt: '2026-11-21T06:20:00.000Z',
    }
    expect(measured(saturday).responseMinutes).toBe(0)
  })
})

describe('the days of a period', () => {
  it('are all from the first to the last, over the end of a year and of February', () => {
    expect(daysBetween('2026-12-30', '2027-01-02')).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ])
    expect(daysBetween('2028-02-28', '2028-03-01')).toHaveLength(3)
    expect(daysBetween('2026-11-23', '2026-11-23')).toEqual(['2026-11-23'])
    expect(daysBetween('2026-11-23', '2026-11-22')).toEqual([])
  })
})

describe('a quantile', () => {
  it.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[4, 1, 3, 2], 0.5, 2],
    [[5, 1, 3], 0.5, 3],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.9, 9],
    [[10, 9, 2], 0.9, 10],
  ])('of %j at %d is %s', (values, share, found) => {
    expect(quantile(values, share)).toBe(found)
  })
})

describe('a report', () => {
  it('of nothing has every day and every hour, and no averages', () => {
    expect(reportOf({ from: '2026-11-23', to: '2026-11-24' }, [])).toEqual({
      from: '2026-11-23',
      to: '2026-11-24',
      registered: 0,
      firstResponse: { met: 0, breached: 0, open: 0, workingMinutes: { median: null, p90: null } },
      resolution: { met: 0, breached: 0, open: 0, resolved: 0, workingHours: { median: null, p90: null } },
      satisfaction: { asked: 0, rated: 0, average: null, stars: [0, 0, 0, 0, 0] },
      days: ['2026-11-23', '2026-11-24'].map((on) => ({
        on,
        registered: 0,
        met: 0,
        breached: 0,
        open: 0,
        resolved: 0,
      })),
      hours: Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0)),
    })
  })

  it('counts a rating of a request that was opened again among those that were asked for', () => {
    const tickets = [
      measured({ firstRespondedAt: inTime, resolvedAt: '2026-11-23T06:00:00.000Z', rating: 5 }),
      measured({ firstRespondedAt: inTime, resolvedAt: '2026-11-23T06:00:00.000Z' }),
      measured({ firstRespondedAt: inTime, rating: 2 }),
      measured({}),
    ]
    const { resolution, satisfaction } = reportOf({ from: '2026-11-23', to: '2026-11-23' }, tickets)
    expect(resolution).toMatchObject({ resolved: 2, workingHours: { median: 1, p90: 1 } })
    expect(satisfaction).toEqual({ asked: 3, rated: 2, average: 3.5, stars: [0, 1, 0, 0, 1] })
  })

  it('does not take a ticket of another period', () => {
    expect(() => reportOf({ from: '2026-11-24', to: '2026-11-24' }, [measured({})])).toThrow('2026-11-23')
  })
})
