import { maxReportDays } from '../../engine/limits.ts'
import { twoDigits, wallClock } from './localTime.ts'

/** First and last local day, `YYYY-MM-DD`, both included. */
export type Period = { readonly from: string; readonly to: string }

const day = 86_400_000

/** The periods that one press chooses, by the number of their days; each ends today. */
export const quickPicks = { today: 1, week: 7, month: 30 } as const
export type QuickPick = keyof typeof quickPicks

/** The last days up to today, as the desk's wall clock has it at `now`. */
export function lastDays(count: number, now: number, zone: string): Period {
  const { year, month, day: today } = wallClock(now, zone)
  const from = new Date(Date.UTC(year, month - 1, today - count + 1))
  return { from: from.toISOString().slice(0, 10), to: `${year}-${twoDigits(month)}-${twoDigits(today)}` }
}

/** Why no report can be made of a period; undefined when one can. */
export function periodFault({ from, to }: Period): 'empty' | 'backwards' | 'long' | undefined {
  const days = (Date.parse(to) - Date.parse(from)) / day + 1
  if (Number.isNaN(days)) return 'empty'
  if (days < 1) return 'backwards'
  return days > maxReportDays ? 'long' : undefined
}

/** The quick pick that a period is, if any. */
export function pickOf(period: Period, now: number, zone: string): QuickPick | undefined {
  const picks = Object.keys(quickPicks) as QuickPick[]
  return picks.find((pick) => {
    const { from, to } = lastDays(quickPicks[pick], now, zone)
    return from === period.from && to === period.to
  })
}
