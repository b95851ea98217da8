import type { Channel, Desk, Metric } from '../desk.ts'
import { metrics } from '../desk.ts'
import { isOpenClock, isPaused } from '../sla.ts'
import { type Changed, inTurn, replan } from './clocks.ts'
import { type Open, withTicket } from './deadline.ts'
import type { Instant, LocalDay } from './instant.ts'
import { dayBegins, dayEnds } from './localDay.ts'
import { record } from './say.ts'
import { replanSilence } from './silence.ts'
import type { Ticket } from './state.ts'
import type { Step } from './step.ts'

/** What a deadline of a request is of, when it is not one of the desk's promises. */
export type Awaiting = 'silence' | 'postponed' | 'passedOn'

/** The days of an open request, planned anew on a changed calendar. */
function replanDays(desk: Desk, ticket: Ticket): Ticket {
  const { postponed, passedOn } = ticket
  const endsAt = postponed?.until && dayBegins(desk, postponed.until)
  const dueAt = passedOn?.dueOn && !passedOn.due ? dayEnds(desk, passedOn.dueOn) : undefined
  return {
    ...ticket,
    ...(endsAt && endsAt !== postponed.endsAt && { postponed: { ...postponed, endsAt } }),
    ...(dueAt && dueAt !== passedOn?.dueAt && passedOn && { passedOn: { ...passedOn, dueAt } }),
  }
}

/** The moments of a request that are no promise of the desk's but are worked out on its calendar. */
const awaited = ({
  waitingFor,
  postponed,
  passedOn,
}: Ticket): Readonly<Record<Awaiting, Instant | undefined>> => ({
  silence: waitingFor?.over ? undefined : waitingFor?.silence?.endsAt,
  postponed: postponed?.endsAt,
  passedOn: passedOn?.due ? undefined : passedOn?.dueAt,
})

/** The same, planned anew, with what has moved in the history. */
function replanAwaited(desk: Desk, ticket: Ticket): Changed {
  const next = replanDays(desk, replanSilence(desk, ticket))
  const [was, is] = [awaited(ticket), awaited(next)]
  const moved = (Object.keys(was) as Awaiting[]).flatMap((what) => {
    const dueAt = is[what]
    return dueAt === undefined || dueAt === was[what] ? [] : [{ what, dueAt }]
  })
  const reminder = next.waitingFor?.silence?.remindAt !== ticket.waitingFor?.silence?.remindAt
  if (moved.length === 0 && !reminder) return [ticket, []]
  return [
    next,
    moved.map(({ what, dueAt }) => record({ type: 'replanned', metric: what, dueAt, because: 'calendar' })),
  ]
}

/** Every deadline of an open request planned anew on the desk's calendar as it is now. */
const recalendared = (desk: Desk, channel: Channel, ticket: Ticket, at: Instant): Changed =>
  inTurn(
    ticket,
    (one) => replan(desk, channel, one, 'calendar', at),
    (one) => replanAwaited(desk, one),
  )

/** Holidays or hours were edited: every deadline of the request is planned anew at once. */
export function calendarChanged(desk: Desk, state: Open, at: Instant): Step {
  const changed = recalendared(desk, state.channel, state.ticket, at)
  return changed[0] === state.ticket ? [state, []] : withTicket(state, changed)
}

/** A deadline that is not where it was. `late`: it had passed, or would have, by the moment it is looked at. */
export type MovedDeadline = {
  readonly of: Metric | Awaiting
  readonly before: Instant
  readonly after: Instant
  readonly wasLate: boolean
  readonly isLate: boolean
}

/** The deadlines of an open request that another calendar of its desk moves, looked at `at`. Nothing changes. */
export function movedDeadlines(
  desk: Desk,
  channel: Channel,
  ticket: Ticket,
  at: Instant,
): readonly MovedDeadline[] {
  const [next] = recalendared(desk, channel, ticket, at)
  if (next === ticket) return []
  const promised = metrics.flatMap((metric): MovedDeadline[] => {
    const [was, is] = [ticket.clocks[metric], next.clocks[metric]]
    if (!isOpenClock(was) || !is || isPaused(was) || was.dueAt === is.dueAt) return []
    const wasLate = was.breachedAt !== undefined || was.dueAt <= at
    const isLate = is.breachedAt !== undefined || is.dueAt <= at
    return [{ of: metric, before: was.dueAt, after: is.dueAt, wasLate, isLate }]
  })
  const [was, is] = [awaited(ticket), awaited(next)]
  const others = (Object.keys(was) as Awaiting[]).flatMap((what): MovedDeadline[] => {
    const [before, after] = [was[what], is[what]]
    if (before === undefined || after === undefined || before === after) return []
    return [{ of: what, before, after, wasLate: false, isLate: false }]
  })
  return [...promised, ...others]
}

/**
 * Whether hours that change on the days from one to another, both included, can move a deadline of a request at all:
 * time is counted from the start of a clock to its end, and a day off is looked past. Cheap, and never wrongly false.
 */
export function mayMove(
  { clocks, waitingFor, postponed, passedOn }: Ticket,
  from: LocalDay,
  to: LocalDay,
): boolean {
  const spans = metrics.flatMap((metric): [Instant, Instant][] => {
    const clock = clocks[metric]
    if (!isOpenClock(clock)) return []
    const [last = clock.dueAt] = [clock.dueAt, clock.until ?? '', clock.breachedAt ?? ''].sort().reverse()
    return [[clock.startedAt, last]]
  })
  if (waitingFor?.silence) spans.push([waitingFor.since, waitingFor.silence.endsAt])
  if (postponed?.until && postponed.endsAt) spans.push([postponed.until, postponed.endsAt])
  if (passedOn?.dueOn && passedOn.dueAt)
    spans.push([passedOn.dueAt, passedOn.dueOn > passedOn.dueAt ? passedOn.dueOn : passedOn.dueAt])
  // a local day may lie on the next or the one before in UTC
  const dayBefore = shifted(from, -1)
  const dayAfter = shifted(to, 1)
  return spans.some(([start, end]) => start.slice(0, 10) <= dayAfter && end.slice(0, 10) >= dayBefore)
}

const shifted = (day: LocalDay, days: number): LocalDay =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
