import { DateTime, Duration } from 'luxon'
import { addOpenTime } from './calendar.ts'
import type { Instant } from './conversation/instant.ts'
import type { Channel, Desk } from './desk.ts'

/**
 * The first-response clock of a ticket. It starts at registration, counts working time only, and nothing but
 * an operator's message to the visitor stops it: the assistant's own words never do.
 */
export type FirstResponseClock = {
  readonly startedAt: Instant
  readonly dueAt: Instant
  readonly warnings: readonly { readonly minutes: number; readonly at: Instant }[]
  /** How many of the warnings have fallen. */
  readonly warned: number
  readonly respondedAt?: Instant
  readonly breachedAt?: Instant
}

export type Verdict = 'running' | 'met' | 'overdue' | 'breached'

/** An instant in the one normal form. */
export const instantOf = (moment: DateTime): Instant => moment.toUTC().toISO() as Instant

/**
 * Starts the clock for a ticket registered at `at` on `channel`.
 * Targets: product.md, "first response" rows (edoc regulation, SLA section: 15 minutes through the assistant).
 * Throws when the desk states no target for the channel: the profile's schema should have refused it.
 */
export function startFirstResponse(desk: Desk, channel: Channel, at: Instant): FirstResponseClock {
  const target = desk.firstResponse.find((policy) => policy.channels.includes(channel))
  if (!target) throw new Error(`desk ${desk.id} states no first response for channel ${channel}`)
  const from = DateTime.fromISO(at, { zone: desk.zone })
  const after = (minutes: number) =>
    instantOf(addOpenTime(desk.calendar, from, Duration.fromObject({ minutes })))
  return {
    startedAt: at,
    dueAt: after(target.workingMinutes),
    warned: 0,
    warnings: target.warnAtMinutes.map((minutes) => ({ minutes, at: after(minutes) })),
  }
}

/** Where the promise stands at `now`. `breached`: answered too late; `overdue`: late and still not answered. */
export function firstResponseVerdict(clock: FirstResponseClock, now: Instant): Verdict {
  if (clock.respondedAt) return clock.respondedAt <= clock.dueAt ? 'met' : 'breached'
  return now > clock.dueAt ? 'overdue' : 'running'
}
