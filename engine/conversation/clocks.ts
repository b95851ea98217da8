import { type Channel, type Desk, type Metric, metrics } from '../desk.ts'
import {
  type Clock,
  isOpenClock,
  isPaused,
  pauseClock,
  policyFor,
  putOffClock,
  recalendarClock,
  restartClock,
  resumeClock,
  retargetClock,
  type SlaFacts,
  startClock,
  stopClock,
} from '../sla.ts'
import type { Activity } from './content.ts'
import type { Effect, TimerName } from './effect.ts'
import type { Instant, LocalDay } from './instant.ts'
import { record } from './say.ts'
import type { Clocks, Ticket } from './state.ts'

/** A ticket changed, and what is put down in its history. */
export type Changed = readonly [Ticket, readonly Effect[]]

type Facts = Pick<Ticket, 'level' | 'priority' | 'values'>

/** What the promises of a ticket depend on. The request's type is what was chosen in the field `type`. */
export const slaFacts = (channel: Channel, { level, priority, values }: Facts): SlaFacts => ({
  channel,
  level,
  priority,
  type: values.type,
})

/**
 * The clocks of a ticket registered at `at`: the first response, and the resolution where the desk states one.
 * Throws when the desk states no first response: the profile's schema should have refused it.
 */
export function startClocks(desk: Desk, facts: SlaFacts, at: Instant): Clocks {
  const start = (metric: Metric) => {
    const policy = policyFor(desk, metric, facts)
    return policy && startClock(desk.calendar, policy.within, at)
  }
  const firstResponse = start('firstResponse')
  if (!firstResponse) throw new Error(`desk ${desk.id} states no first response for channel ${facts.channel}`)
  const resolution = start('resolution')
  return { firstResponse, ...(resolution && { resolution }) }
}

const withClock = (ticket: Ticket, metric: Metric, clock: Clock): Ticket =>
  clock === ticket.clocks[metric] ? ticket : { ...ticket, clocks: { ...ticket.clocks, [metric]: clock } }

/** A promise comes to its end at `at`; the history says whether it was kept, once. */
function stopped(desk: Desk, ticket: Ticket, metric: Metric, at: Instant): Changed {
  const clock = ticket.clocks[metric]
  if (!isOpenClock(clock)) return [ticket, []]
  const ended = stopClock(desk.calendar, clock, at)
  const said: readonly Effect[] =
    ended.breachedAt === undefined
      ? [record({ type: `${metric}Met`, dueAt: ended.dueAt })]
      : clock.breachedAt === undefined
        ? [record({ type: `${metric}Breached`, dueAt: ended.dueAt })]
        : []
  return [withClock(ticket, metric, ended), said]
}

/** Does one thing after the other to a ticket. */
export function inTurn(ticket: Ticket, ...steps: readonly ((ticket: Ticket) => Changed)[]): Changed {
  let now = ticket
  const effects: Effect[] = []
  for (const step of steps) {
    const [next, more] = step(now)
    now = next
    effects.push(...more)
  }
  return [now, effects]
}

/**
 * A person has answered: the first answer stops the first-response clock, and only a person's message does
 * (product.md: "Only an operator's message to the visitor is"); any stops the clock of the next response.
 */
export const answered = (desk: Desk, ticket: Ticket, at: Instant): Changed =>
  inTurn(
    ticket,
    (one) => stopped(desk, one, 'firstResponse', at),
    (one) => stopped(desk, one, 'nextResponse', at),
  )

/** The request is over at `at`: its resolution is kept or broken, and no next response is owed. */
export const clocksEnded = (desk: Desk, ticket: Ticket, at: Instant): Changed =>
  inTurn(
    ticket,
    (one) => stopped(desk, one, 'resolution', at),
    (one) => stopped(desk, one, 'nextResponse', at),
  )

/** The visitor is waited for: only the resolution stands still (product.md: "stops the resolution clock"). */
export function resolutionPaused(ticket: Ticket, at: Instant): Changed {
  const clock = ticket.clocks.resolution
  if (!isOpenClock(clock) || isPaused(clock)) return [ticket, []]
  return [withClock(ticket, 'resolution', pauseClock(clock, at)), [record({ type: 'resolutionPaused' })]]
}

/** The wait is over: the resolution goes on with what was left of it. */
export function resolutionResumed(desk: Desk, ticket: Ticket, at: Instant): Changed {
  const clock = ticket.clocks.resolution
  if (!isOpenClock(clock) || !isPaused(clock)) return [ticket, []]
  const resumed = resumeClock(desk.calendar, clock, at)
  return [
    withClock(ticket, 'resolution', resumed),
    [record({ type: 'resolutionResumed', dueAt: resumed.dueAt })],
  ]
}

/** The request is open again: its resolution goes on with what was left; nothing restarts the first response. */
export function resolutionReopened(desk: Desk, ticket: Ticket, at: Instant): Changed {
  const clock = ticket.clocks.resolution
  if (clock?.stoppedAt === undefined) return [ticket, []]
  const open = restartClock(desk.calendar, clock, at)
  return [withClock(ticket, 'resolution', open), [record({ type: 'resolutionResumed', dueAt: open.dueAt })]]
}

/** The information asked for has come: where the desk states a next response, it is owed from now on. */
export function nextResponseOwed(desk: Desk, channel: Channel, ticket: Ticket, at: Instant): Changed {
  if (isOpenClock(ticket.clocks.nextResponse)) return [ticket, []]
  const policy = policyFor(desk, 'nextResponse', slaFacts(channel, ticket))
  if (!policy) return [ticket, []]
  const clock = startClock(desk.calendar, policy.within, at)
  return [
    withClock(ticket, 'nextResponse', clock),
    [record({ type: 'nextResponseStarted', dueAt: clock.dueAt })],
  ]
}

/** Developers work on it: the end of the request is put off to the day they named (edoc regulation, §23). */
export function resolutionPutOff(
  desk: Desk,
  ticket: Ticket,
  until: LocalDay | undefined,
  at: Instant,
): Changed {
  const clock = ticket.clocks.resolution
  if (!isOpenClock(clock) || clock.until === until) return [ticket, []]
  const putOff = putOffClock(desk.calendar, clock, until, at)
  return [withClock(ticket, 'resolution', putOff), movedRecord(clock, putOff, 'resolution', 'passedOn')]
}

/** Why deadlines were planned anew. */
export type ReplanReason = Extract<Activity, { type: 'replanned' }>['because']

const movedRecord = (
  before: Clock,
  { dueAt }: Clock,
  metric: Metric,
  because: ReplanReason,
): readonly Effect[] =>
  before.dueAt === dueAt || isPaused(before) ? [] : [record({ type: 'replanned', metric, dueAt, because })]

/**
 * Plans every open promise of a ticket anew at `at`: by the targets that fit its level, priority and type now (a
 * breach that was found stays one), or on the calendar as it was corrected (`calendar`: what was late by mistake is
 * not). The history says which moments moved. A promise that the desk no longer makes goes on as it was made.
 */
export function replan(
  desk: Desk,
  channel: Channel,
  ticket: Ticket,
  because: ReplanReason,
  at: Instant,
): Changed {
  return inTurn(
    ticket,
    ...metrics.map((metric) => (one: Ticket): Changed => {
      const clock = one.clocks[metric]
      if (!isOpenClock(clock)) return [one, []]
      const target = policyFor(desk, metric, slaFacts(channel, one))?.within
      const next =
        because === 'calendar'
          ? recalendarClock(desk.calendar, clock, at)
          : target
            ? retargetClock(desk.calendar, clock, target, at)
            : clock
      return [withClock(one, metric, next), movedRecord(clock, next, metric, because)]
    }),
  )
}

const clockTimer = /^(firstResponse|nextResponse|resolution)\.(breach|warning\.(\d+))$/

/**
 * A deadline of a promise has come: a warning, or the breach, put down in the history. A deadline that has been
 * moved meanwhile, or whose promise is over, leads to nothing. Undefined: it is no promise's deadline.
 */
export function clockDeadline(
  ticket: Ticket,
  event: { readonly timer: string; readonly dueAt: Instant },
): Changed | undefined {
  const parts = clockTimer.exec(event.timer)
  if (!parts) return undefined
  const metric = parts[1] as Metric
  const clock = ticket.clocks[metric]
  if (!isOpenClock(clock) || isPaused(clock)) return [ticket, []]
  if (parts[2] === 'breach') {
    if (clock.breachedAt !== undefined || clock.dueAt !== event.dueAt) return [ticket, []]
    return [
      withClock(ticket, metric, { ...clock, breachedAt: clock.dueAt }),
      [record({ type: `${metric}Breached`, dueAt: clock.dueAt })],
    ]
  }
  const index = clock.warnings.findIndex(({ minutes }) => String(minutes) === parts[3])
  const warning = clock.warnings[index]
  if (!warning || index < clock.warned || warning.at !== event.dueAt) return [ticket, []]
  return [
    withClock(ticket, metric, { ...clock, warned: index + 1 }),
    [record({ type: `${metric}Warning`, minutes: warning.minutes, dueAt: clock.dueAt })],
  ]
}

/** The deadlines that the promises of a ticket have ahead. */
export function clockTimers(ticket: Ticket): readonly (readonly [TimerName, Instant])[] {
  return metrics.flatMap((metric) => {
    const clock = ticket.clocks[metric]
    if (!isOpenClock(clock) || isPaused(clock)) return []
    return [
      ...clock.warnings
        .slice(clock.warned)
        .map(({ minutes, at }) => [`${metric}.warning.${minutes}`, at] as const),
      ...(clock.breachedAt === undefined ? [[`${metric}.breach`, clock.dueAt] as const] : []),
    ]
  })
}

/**
 * Whatever comes at `at` finds that the promises' deadlines before it have fallen, in their order, also where nobody
 * has raised them yet: a warning at its moment, a breach right after it, since at the moment itself all is in time.
 */
export function deadlinesFallen(ticket: Ticket, at: Instant): Changed {
  const due = clockTimers(ticket).filter(([timer, dueAt]) => dueAt < at || (dueAt === at && !isBreach(timer)))
  if (due.length === 0) return [ticket, []]
  return inTurn(
    ticket,
    ...due
      .toSorted(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(
        ([timer, dueAt]) =>
          (one: Ticket): Changed =>
            clockDeadline(one, { timer, dueAt }) ?? [one, []],
      ),
  )
}

const isBreach = (timer: TimerName): boolean => timer.endsWith('.breach')
