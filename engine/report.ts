import { DateTime } from 'luxon'
import { type Calendar, openTimeBetween } from './calendar.ts'
import type { Instant } from './conversation/instant.ts'
import type { PromiseCounts, Report, ReportDay, Spread } from './wireReport.ts'
import { zoneOf } from './zone.ts'

/** What a report needs to know of a registered ticket. */
export type ReportedTicket = {
  readonly registeredAt: Instant
  readonly firstResponseDueAt: Instant
  readonly firstRespondedAt: Instant | null
  readonly firstResponseBreachedAt: Instant | null
  /** Null: the desk promises no end. */
  readonly resolutionDueAt: Instant | null
  readonly resolutionBreachedAt: Instant | null
  readonly resolutionPaused: boolean
  readonly resolvedAt: Instant | null
  readonly rating: number | null
}

/** A ticket by the desk's calendar: its local day and hour, its verdict, and its working times. */
export type MeasuredTicket = {
  /** Local day, `YYYY-MM-DD`. */
  readonly on: string
  /** ISO weekday: 1 is Monday. */
  readonly weekday: number
  readonly hour: number
  readonly verdict: keyof PromiseCounts
  /** Of the end of the request; null where the desk promises none. */
  readonly resolutionVerdict: keyof PromiseCounts | null
  readonly responseMinutes: number | null
  readonly resolutionHours: number | null
  readonly rating: number | null
}

type Judged = {
  readonly dueAt: Instant
  readonly stoppedAt: Instant | null
  readonly breachedAt: Instant | null
  readonly paused?: boolean
}

/** How a promise went by `now`; a breach that was found stays one, whatever was promised later. */
function verdictOf({ dueAt, stoppedAt, breachedAt, paused }: Judged, now: Instant): keyof PromiseCounts {
  if (breachedAt !== null) return 'breached'
  if (stoppedAt !== null) return stoppedAt <= dueAt ? 'met' : 'breached'
  return !paused && now > dueAt ? 'breached' : 'open'
}

const firstResponseVerdict = (ticket: ReportedTicket, now: Instant) =>
  verdictOf(
    {
      dueAt: ticket.firstResponseDueAt,
      stoppedAt: ticket.firstRespondedAt,
      breachedAt: ticket.firstResponseBreachedAt,
    },
    now,
  )

const resolutionVerdict = (ticket: ReportedTicket, now: Instant) =>
  ticket.resolutionDueAt === null
    ? null
    : verdictOf(
        {
          dueAt: ticket.resolutionDueAt,
          stoppedAt: ticket.resolvedAt,
          breachedAt: ticket.resolutionBreachedAt,
          paused: ticket.resolutionPaused,
        },
        now,
      )

/**
 * Measures a ticket as the desk's working time passes: an answer out of hours to a request out of hours took no
 * working minutes. The verdict is that of the history (edoc regulation, SLA section), at `now`.
 */
export function measureTicket(calendar: Calendar, ticket: ReportedTicket, now: Instant): MeasuredTicket {
  // from milliseconds: reading ISO text costs several times as much
  const local = (at: Instant) => DateTime.fromMillis(Date.parse(at), { zone: zoneOf(calendar.zone) })
  const registered = local(ticket.registeredAt)
  const until = (at: Instant | null, unit: 'minutes' | 'hours') =>
    at === null ? null : openTimeBetween(calendar, registered, local(at)).as(unit)
  return {
    on: registered.toISODate() ?? '',
    weekday: registered.weekday,
    hour: registered.hour,
    verdict: firstResponseVerdict(ticket, now),
    resolutionVerdict: resolutionVerdict(ticket, now),
    responseMinutes: until(ticket.firstRespondedAt, 'minutes'),
    resolutionHours: until(ticket.resolvedAt, 'hours'),
    rating: ticket.rating,
  }
}

/** Every day from the first to the last, `YYYY-MM-DD`, both included; none when the last is the earlier one. */
export function daysBetween(from: string, to: string): readonly string[] {
  const end = DateTime.fromISO(to, { zone: 'utc' })
  const days: string[] = []
  for (let day = DateTime.fromISO(from, { zone: 'utc' }); day <= end; day = day.plus({ days: 1 }))
    days.push(day.toFormat('yyyy-MM-dd'))
  return days
}

/** The least of the values that at least this share of them does not exceed (nearest rank); null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}

const spread = (values: readonly number[]): Spread => ({
  median: quantile(values, 0.5),
  p90: quantile(values, 0.9),
})

const known = (values: readonly (number | null)[]): readonly number[] =>
  values.filter((value) => value !== null)

type Counting = { -readonly [Fact in keyof ReportDay]: ReportDay[Fact] }

function countDays(days: readonly string[], tickets: readonly MeasuredTicket[]): readonly ReportDay[] {
  const byDay = new Map<string, Counting>(
    days.map((on) => [on, { on, registered: 0, met: 0, breached: 0, open: 0, resolved: 0 }]),
  )
  for (const { on, verdict, resolutionHours } of tickets) {
    const day = byDay.get(on)
    if (!day) throw new Error(`a ticket of ${on} is not of the period`)
    day.registered++
    day[verdict]++
    if (resolutionHours !== null) day.resolved++
  }
  return [...byDay.values()]
}

function countHours(tickets: readonly MeasuredTicket[]): Report['hours'] {
  const hours = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const { weekday, hour } of tickets) {
    const day = hours[weekday - 1]
    if (day) day[hour] = (day[hour] ?? 0) + 1
  }
  return hours
}

/**
 * Adds up the tickets of a period; every ticket must be of one of its days, else it throws. The days and the hours
 * add up to the totals.
 */
export function reportOf(
  period: { readonly from: string; readonly to: string },
  tickets: readonly MeasuredTicket[],
): Omit<Report, 'deflection'> {
  const count = (promise: 'verdict' | 'resolutionVerdict', verdict: keyof PromiseCounts) =>
    tickets.filter((ticket) => ticket[promise] === verdict).length
  const counts = (promise: 'verdict' | 'resolutionVerdict'): PromiseCounts => ({
    met: count(promise, 'met'),
    breached: count(promise, 'breached'),
    open: count(promise, 'open'),
  })
  const resolutions = known(tickets.map(({ resolutionHours }) => resolutionHours))
  const ratings = known(tickets.map(({ rating }) => rating))
  return {
    ...period,
    registered: tickets.length,
    firstResponse: {
      ...counts('verdict'),
      workingMinutes: spread(known(tickets.map(({ responseMinutes }) => responseMinutes))),
    },
    resolution: {
      ...counts('resolutionVerdict'),
      resolved: resolutions.length,
      workingHours: spread(resolutions),
    },
    satisfaction: {
      asked: tickets.filter(({ resolutionHours, rating }) => resolutionHours !== null || rating !== null)
        .length,
      rated: ratings.length,
      average: ratings.length === 0 ? null : ratings.reduce((sum, stars) => sum + stars, 0) / ratings.length,
      stars: [1, 2, 3, 4, 5].map((stars) => ratings.filter((rating) => rating === stars).length),
    },
    days: countDays(daysBetween(period.from, period.to), tickets),
    hours: countHours(tickets),
  }
}
