import { describe, expect, it } from 'vitest'
import { decimalWords, percent } from '../../console/logic/decimalWords.ts'
import { heatOf } from '../../console/logic/heat.ts'
import { barsOf, ticksUpTo } from '../../console/logic/reportBars.ts'
import { lastDays, periodFault, pickOf } from '../../console/logic/reportPeriod.ts'
import { hashOf, routeOf } from '../../console/state/router.ts'
import { type ReportDay, reportQuerySchema } from '../../engine/wireReport.ts'

const almaty = 'Asia/Almaty'
/** Monday, 23 November 2026, 00:30 in Almaty; in London it is still Sunday. */
const afterMidnight = Date.parse('2026-11-22T19:30:00.000Z')

it('the report has an address of its own', () => {
  expect(routeOf('#/report')).toEqual({ name: 'report' })
  expect(hashOf({ name: 'report' })).toBe('#/report')
})

describe('the period of a report', () => {
  it('ends today by the desk’s clock, and has as many days as were asked for', () => {
    expect(lastDays(1, afterMidnight, almaty)).toEqual({ from: '2026-11-23', to: '2026-11-23' })
    expect(lastDays(7, afterMidnight, almaty)).toEqual({ from: '2026-11-17', to: '2026-11-23' })
    expect(lastDays(30, afterMidnight, almaty)).toEqual({ from: '2026-10-25', to: '2026-11-23' })
    expect(lastDays(7, afterMidnight, 'Europe/London').to).toBe('2026-11-22')
    expect(lastDays(7, Date.parse('2027-01-02T12:00:00Z'), almaty).from).toBe('2026-12-27')
  })

  it('is told as the pick it comes from, and as none when it is another', () => {
    for (const [pick, days] of [
      ['today', 1],
      ['week', 7],
      ['month', 30],
    ] as const)
      expect(pickOf(lastDays(days, afterMidnight, almaty), afterMidnight, almaty)).toBe(pick)
    expect(pickOf(lastDays(8, afterMidnight, almaty), afterMidnight, almaty)).toBeUndefined()
  })

  it.each([
    ['2026-11-23', '2026-11-23', undefined],
    ['2026-11-23', '2026-11-22', 'backwards'],
    ['', '2026-11-22', 'empty'],
    ['2025-11-19', '2026-11-23', undefined],
    ['2025-11-18', '2026-11-23', 'long'],
  ] as const)('from %j to %j: fault %s, and the server finds the same', (from, to, fault) => {
    expect(periodFault({ from, to })).toBe(fault)
    expect(reportQuerySchema.safeParse({ from, to }).success).toBe(fault === undefined)
  })
})

describe('the bars of the chart', () => {
  const days = (count: number): readonly ReportDay[] =>
    Array.from({ length: count }, (_, index) => ({
      on: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      registered: 3,
      met: 2,
      breached: 1,
      open: 0,
      resolved: 3,
    }))

  it('are the days themselves of a period that has room for them', () => {
    const bars = barsOf(days(62))
    expect(bars).toHaveLength(62)
    expect(bars[61]).toEqual({
      from: '2026-03-03',
      to: '2026-03-03',
      registered: 3,
      met: 2,
      breached: 1,
      open: 0,
    })
  })

  it('are weeks of a longer one, the last as long as it is; nothing is lost', () => {
    const bars = barsOf(days(64))
    expect(bars).toHaveLength(10)
    expect(bars[0]).toEqual({
      from: '2026-01-01',
      to: '2026-01-07',
      registered: 21,
      met: 14,
      breached: 7,
      open: 0,
    })
    expect(bars[9]).toMatchObject({ from: '2026-03-05', to: '2026-03-05', registered: 3 })
    expect(bars.reduce((sum, { registered }) => sum + registered, 0)).toBe(3 * 64)
  })

  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [5, [0, 2, 4, 6]],
    [63, [0, 20, 40, 60, 80]],
    [100, [0, 50, 100]],
    [999, [0, 500, 1000]],
  ])('stand on an axis of whole, round numbers: up to %d', (highest, ticks) => {
    expect(ticksUpTo(highest)).toEqual(ticks)
  })
})

describe('the heat of an hour', () => {
  it('grows with the count, and stays where letters are legible', () => {
    const heats = Array.from({ length: 21 }, (_, count) => heatOf(count, 20))
    expect(heats[0]).toEqual({ percent: 0, strong: false })
    expect(heats[20]).toEqual({ percent: 100, strong: true })
    for (const [index, { percent: heat, strong }] of heats.entries()) {
      expect(heat).toBeGreaterThanOrEqual(heats[index - 1]?.percent ?? 0)
      expect(strong ? heat >= 88 : heat <= 48).toBe(true)
    }
  })
})

describe('numbers', () => {
  it.each([
    [0, '0'],
    [4.04, '4'],
    [14.75, '14,8'],
    [0.96, '1'],
    [1234, '1\u00A0234'],
    [1234567.8, '1\u00A0234\u00A0567,8'],
  ])('%d is written %s', (value, words) => {
    expect(decimalWords(value)).toBe(words)
  })

  it('parts are whole per cent, and of nothing none', () => {
    expect(percent(1, 3)).toBe(33)
    expect(percent(2, 3)).toBe(67)
    expect(percent(0, 0)).toBe(0)
  })
})
