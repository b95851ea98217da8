import type { PromiseCounts, ReportDay } from '../../engine/wireReport.ts'

/** What one bar of the chart stands for: a day, or seven of them. */
export type Bar = PromiseCounts & {
  readonly from: string
  readonly to: string
  readonly registered: number
}

const mostBars = 62
const daysOfAWeek = 7

const barOf = (days: readonly ReportDay[]): Bar => {
  const sum = (fact: 'registered' | 'met' | 'breached' | 'open') =>
    days.reduce((total, day) => total + day[fact], 0)
  return {
    from: days[0]?.on ?? '',
    to: days.at(-1)?.on ?? '',
    registered: sum('registered'),
    met: sum('met'),
    breached: sum('breached'),
    open: sum('open'),
  }
}

/** The bars of a period: one a day, or, of a long period, one for every seven days from its beginning. */
export function barsOf(days: readonly ReportDay[]): readonly Bar[] {
  const size = days.length > mostBars ? daysOfAWeek : 1
  return Array.from({ length: Math.ceil(days.length / size) }, (_, index) =>
    barOf(days.slice(index * size, (index + 1) * size)),
  )
}

/** The numbers on the axis: from zero up to at least `highest`, evenly spaced, whole and round. */
export function ticksUpTo(highest: number): readonly number[] {
  const wanted = Math.max(highest, 1) / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(wanted, 1)))
  const step = [1, 2, 5, 10].map((round) => round * power).find((round) => round >= wanted) ?? power
  return Array.from({ length: Math.ceil(Math.max(highest, 1) / step) + 1 }, (_, index) => index * step)
}
