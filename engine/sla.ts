import { DateTime } from 'luxon'
import {
  addOpenMillis,
  addOpenSpan,
  type Calendar,
  endOfWork,
  type OpenSpan,
  openMillisBetween,
} from './calendar.ts'
import type { Instant, LocalDay } from './conversation/instant.ts'
import type { Channel, DeskProfile, Level, Metric, Priority, SlaPolicy } from './desk.ts'

/** What a promise depends on. */
export type SlaFacts = {
  readonly channel: Channel
  readonly level: Level
  readonly priority: Priority
  /** The request's type: the option chosen in the field `type`. */
  readonly type: string | undefined
}

/** Working time that does not count; without `to` it goes on. */
type Pause = { readonly from: Instant; readonly to?: Instant }

/**
 * A promise of one ticket. `target`, `startedAt`, `pauses` and `stoppedAt` are what happened; `dueAt`, `warnings` and
 * `warned` follow from them and the calendar, and can be worked out again at any time (`planned`).
 */
export type Clock = {
  readonly target: OpenSpan
  readonly startedAt: Instant
  readonly pauses: readonly Pause[]
  readonly stoppedAt?: Instant
  /** The moment it was due when it was found to be late; a later target does not undo that. */
  readonly breachedAt?: Instant
  /** What it was found to be late by, where the target or the day have changed since. */
  readonly breachedBy?: { readonly target: OpenSpan; readonly until?: LocalDay }
  /** A day to whose end the promise was put off, where the target itself ends earlier. */
  readonly until?: LocalDay
  /** While paused: as if the pause had not begun. */
  readonly dueAt: Instant
  /** `minutes` of working time after the start. */
  readonly warnings: readonly { readonly minutes: number; readonly at: Instant }[]
  /** How many of the warnings have fallen. */
  readonly warned: number
}

export type Verdict = 'running' | 'paused' | 'met' | 'overdue' | 'breached'

/** An instant in the one normal form. */
export const instantOf = (moment: DateTime): Instant => new Date(moment.toMillis()).toISOString()

const matches = <T>(wanted: readonly T[] | undefined, fact: T | undefined) =>
  wanted === undefined || (fact !== undefined && wanted.includes(fact))

/** The desk's policy of a metric: the first that fits. Undefined: the desk promises nothing there. */
export const policyFor = (
  desk: Pick<DeskProfile, 'sla'>,
  metric: Metric,
  facts: SlaFacts,
): SlaPolicy | undefined =>
  desk.sla.find(
    (policy) =>
      policy.metric === metric &&
      matches(policy.channels, facts.channel) &&
      matches(policy.levels, facts.level) &&
      matches(policy.priorities, facts.priority) &&
      matches(policy.types, facts.type),
  )

/**
 * After how many working minutes a promise of `total` is warned of: a short one at a third and at two thirds, one of
 * over an hour half way and an hour before its end.
 */
export function warningMinutes(total: number): readonly number[] {
  const points = total <= 60 ? [total / 3, (2 * total) / 3] : [total / 2, Math.max(total - 60, total / 2)]
  return [...new Set(points.map(Math.round))].filter((minutes) => minutes > 0 && minutes < total)
}

const asInstant = (millis: number): Instant => new Date(millis).toISOString()

/** Epoch milliseconds: many clocks are worked out at once when a calendar changes. */
type Stretch = { readonly from: number; readonly to: number }

/** When an amount of working time has passed since a moment. */
const stated = (calendar: Calendar, from: number, target: OpenSpan): number =>
  'workingDays' in target
    ? addOpenSpan(calendar, DateTime.fromMillis(from, { zone: 'utc' }), target).toMillis()
    : addOpenMillis(
        calendar,
        from,
        'workingHours' in target ? target.workingHours * 3_600_000 : target.workingMinutes * 60_000,
      )

/**
 * The pauses that are over, in order, none over another: where the machine's clock was set back, no stretch counts
 * twice, and none counts that ended before it began.
 */
function stretches({ pauses }: Clock): readonly Stretch[] {
  const over = pauses
    .flatMap(({ from, to }) => (to !== undefined && from < to ? [{ from, to }] : []))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const apart: { from: Instant; to: Instant }[] = []
  for (const pause of over) {
    const last = apart.at(-1)
    if (last === undefined || last.to < pause.from) apart.push({ ...pause })
    else if (last.to < pause.to) last.to = pause.to
  }
  return apart.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))
}

/** How working time passes for a clock: all but its pauses. */
function counting(calendar: Calendar, clock: Clock) {
  const from = Date.parse(clock.startedAt)
  const away = stretches(clock).filter(({ to }) => to > from)
  const open = (a: number, b: number) => openMillisBetween(calendar, a, b)
  /** The working time lost to pauses that began before `until`; only those put it off. */
  const lostBefore = (until: number, later: (lost: number) => number): [lost: number, end: number] => {
    let [lost, end] = [0, until]
    for (const pause of away) {
      if (pause.from >= end) break
      const more = open(Math.max(pause.from, from), pause.to)
      if (more === 0) continue
      lost += more
      end = later(lost)
    }
    return [lost, end]
  }
  const plain = (worked: number) => addOpenMillis(calendar, from, worked)
  return {
    /** The earliest moment by which so much has been worked. */
    after: (worked: number): number => lostBefore(plain(worked), (lost) => plain(worked + lost))[1],
    /** The moment a target is reached: as it is stated, or, with pauses, when its working time has passed. */
    reached(target: OpenSpan): number {
      const end = stated(calendar, from, target)
      return lostBefore(end, (lost) => plain(open(from, end) + lost))[1]
    },
    /** The working time from the start to a moment. */
    worked: (to: number): number =>
      away.reduce(
        (sum, pause) => {
          const [begin, end] = [Math.max(pause.from, from), Math.min(pause.to, to)]
          return begin < end ? sum - open(begin, end) : sum
        },
        open(from, to),
      ),
  }
}

type Cached = 'dueAt' | 'warnings' | 'warned'

/** Works out anew, at `now`, when the clock is due and warned of; warnings before `now` count as fallen. */
function planned(calendar: Calendar, clock: Omit<Clock, Cached>, now: Instant): Clock {
  const { after, reached, worked } = counting(calendar, {
    ...clock,
    dueAt: clock.startedAt,
    warnings: [],
    warned: 0,
  })
  const plain = reached(clock.target)
  const due = clock.until === undefined ? plain : Math.max(plain, endOfWork(calendar, clock.until).toMillis())
  const warnings = warningMinutes(worked(due) / 60_000).map((minutes) => ({
    minutes,
    at: asInstant(after(minutes * 60_000)),
  }))
  return {
    ...clock,
    dueAt: asInstant(due),
    warnings,
    warned: warnings.filter(({ at }) => at <= now).length,
  }
}

/** Starts a clock at `at`, counting working time only (edoc regulation, SLA section). */
export const startClock = (calendar: Calendar, target: OpenSpan, at: Instant): Clock =>
  planned(calendar, { target, startedAt: at, pauses: [] }, at)

export const isPaused = ({ pauses }: Clock): boolean => {
  const last = pauses.at(-1)
  return last !== undefined && last.to === undefined
}

/** Whether the clock still counts, or will again. */
export const isOpenClock = (clock: Clock | undefined): clock is Clock =>
  clock !== undefined && clock.stoppedAt === undefined

/** The clock stands still from `at` on; one that stands still, or has ended, is left as it is. */
export const pauseClock = (clock: Clock, at: Instant): Clock =>
  isPaused(clock) || clock.stoppedAt !== undefined
    ? clock
    : { ...clock, pauses: [...clock.pauses, { from: at }] }

/** The clock goes on with what was left of it. */
export function resumeClock(calendar: Calendar, clock: Clock, at: Instant): Clock {
  const last = clock.pauses.at(-1)
  if (!last || last.to !== undefined) return clock
  return planned(
    calendar,
    { ...clock, pauses: [...clock.pauses.slice(0, -1), { from: last.from, to: at }] },
    at,
  )
}

/** The promise has been kept, or broken: nothing counts any more. */
export function stopClock(calendar: Calendar, clock: Clock, at: Instant): Clock {
  if (clock.stoppedAt !== undefined) return clock
  const counted = resumeClock(calendar, clock, at)
  const late = at > counted.dueAt && counted.breachedAt === undefined
  return { ...counted, stoppedAt: at, ...(late && { breachedAt: counted.dueAt }) }
}

/** A clock that had ended goes on with what was left of it: the time between counts as a pause. */
export function restartClock(calendar: Calendar, clock: Clock, at: Instant): Clock {
  const { stoppedAt, ...rest } = clock
  if (stoppedAt === undefined) return clock
  return planned(calendar, { ...rest, pauses: [...rest.pauses, { from: stoppedAt, to: at }] }, at)
}

/** A breach that was found is remembered with what it was found by, once that changes. */
const breachKept = ({ breachedAt, breachedBy, target, until }: Clock): Pick<Clock, 'breachedBy'> =>
  breachedAt === undefined
    ? {}
    : { breachedBy: breachedBy ?? { target, ...(until !== undefined && { until }) } }

const sameSpan = (a: OpenSpan, b: OpenSpan) => JSON.stringify(a) === JSON.stringify(b)

/** Another target from now on, counted from the start of the clock; a breach that has been found stays one. */
export function retargetClock(calendar: Calendar, clock: Clock, target: OpenSpan, now: Instant): Clock {
  if (clock.stoppedAt !== undefined || sameSpan(clock.target, target)) return clock
  return planned(calendar, { ...clock, ...breachKept(clock), target }, now)
}

/** Puts the promise off to the end of work of a day at least; undefined takes that back. */
export function putOffClock(
  calendar: Calendar,
  clock: Clock,
  until: LocalDay | undefined,
  now: Instant,
): Clock {
  if (clock.stoppedAt !== undefined || clock.until === until) return clock
  const { until: _, ...rest } = clock
  return planned(calendar, { ...rest, ...breachKept(clock), ...(until !== undefined && { until }) }, now)
}

/**
 * The same clock on a calendar that was corrected: a breach that was one only by the calendar's mistake is none. A
 * clock that has ended is left as it was judged; one that leads to the same moments is the very same.
 */
export function recalendarClock(calendar: Calendar, clock: Clock, now: Instant): Clock {
  if (clock.stoppedAt !== undefined) return clock
  const next = recalendared(calendar, clock, now)
  return isSamePlan(clock, next) ? clock : next
}

function recalendared(calendar: Calendar, clock: Clock, now: Instant): Clock {
  const plan = planned(calendar, clock, now)
  if (plan.breachedAt === undefined) return plan
  const { breachedAt: _, breachedBy, ...rest } = plan
  if (breachedBy === undefined) return plan.dueAt <= now ? plan : rest
  const { until: __, ...judged } = rest
  return planned(calendar, { ...judged, ...breachedBy }, now).dueAt <= now ? plan : rest
}

/** Whether a clock leads to the same moments. */
const isSamePlan = (one: Clock, other: Clock): boolean =>
  one.dueAt === other.dueAt &&
  one.breachedAt === other.breachedAt &&
  one.warned === other.warned &&
  one.warnings.length === other.warnings.length &&
  one.warnings.every(({ minutes, at }, index) => {
    const same = other.warnings[index]
    return same?.minutes === minutes && same.at === at
  })

/** Where the promise stands at `now`. `breached`: kept too late; `overdue`: late and still open. */
export function verdictOf(clock: Clock, now: Instant): Verdict {
  const late = clock.breachedAt !== undefined
  if (clock.stoppedAt !== undefined) return late || clock.stoppedAt > clock.dueAt ? 'breached' : 'met'
  if (late) return 'overdue'
  if (isPaused(clock)) return 'paused'
  return now > clock.dueAt ? 'overdue' : 'running'
}
