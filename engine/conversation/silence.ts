import { DateTime } from 'luxon'
import { addOpenSpan } from '../calendar.ts'
import type { Awaited, Channel, Desk } from '../desk.ts'
import { instantOf } from '../sla.ts'
import { zoneOf } from '../zone.ts'
import { type Changed, inTurn, nextResponseOwed, resolutionPaused, resolutionResumed } from './clocks.ts'
import type { OperatorRef } from './event.ts'
import type { Instant } from './instant.ts'
import { record, speak } from './say.ts'
import type { Ticket, WaitingFor } from './state.ts'

/** When a visitor who is asked at `since` is reminded, and when their silence has lasted for as long as the desk waits. */
function silenceOf(desk: Desk, what: Awaited, since: Instant): WaitingFor['silence'] {
  const rule = desk.silence
  if (!rule?.to.includes(what)) return undefined
  const from = DateTime.fromISO(since, { zone: zoneOf(desk.zone) })
  return {
    remindAt: instantOf(addOpenSpan(desk.calendar, from, rule.remindAfter)),
    endsAt: instantOf(addOpenSpan(desk.calendar, from, rule.within)),
  }
}

/**
 * The visitor is waited for from `at` on: the resolution stands still, and the desk's rule of silence counts (edoc
 * regulation, §15; court rules, "Terms"; cryptopro guide, §6). Asking again begins the wait anew.
 */
export function waitForVisitor(
  desk: Desk,
  ticket: Ticket,
  what: Awaited,
  by: OperatorRef,
  at: Instant,
): Changed {
  const silence = silenceOf(desk, what, at)
  const [paused, effects] = resolutionPaused(ticket, at)
  return [{ ...paused, waitingFor: { what, since: at, by, ...(silence && { silence }) } }, effects]
}

/** The wait planned anew on a calendar that was changed; what has fallen stays fallen. */
export function replanSilence(desk: Desk, ticket: Ticket): Ticket {
  const { waitingFor } = ticket
  if (!waitingFor?.silence || waitingFor.over) return ticket
  const silence = silenceOf(desk, waitingFor.what, waitingFor.since)
  return silence ? { ...ticket, waitingFor: { ...waitingFor, silence } } : ticket
}

/** Nobody waits for the visitor, or puts the request off, any longer; the resolution goes on. */
export function awake(desk: Desk, ticket: Ticket, at: Instant): Changed {
  if (ticket.waitingFor === undefined && ticket.postponed === undefined) return [ticket, []]
  const { waitingFor: _, postponed: __, ...rest } = ticket
  return resolutionResumed(desk, rest, at)
}

/** The visitor has come back: the ticket wakes, and what they were asked for is answered next. */
export function visitorAnswered(desk: Desk, channel: Channel, ticket: Ticket, at: Instant): Changed {
  const asked = ticket.waitingFor?.what === 'information'
  return inTurn(
    ticket,
    (one) => awake(desk, one, at),
    (one) => (asked ? nextResponseOwed(desk, channel, one, at) : [one, []]),
  )
}

/** The visitor is reminded, in their language and channel, of what is waited for and what happens otherwise. */
export function remind(desk: Desk, ticket: Ticket, event: { dueAt: Instant; at: Instant }): Changed {
  const { waitingFor } = ticket
  if (!waitingFor?.silence || waitingFor.reminded || waitingFor.silence.remindAt !== event.dueAt)
    return [ticket, []]
  // found after its time, when the server was down: a reminder would name a moment that is over
  if (event.at >= waitingFor.silence.endsAt)
    return [{ ...ticket, waitingFor: { ...waitingFor, reminded: true } }, []]
  const closes = desk.silence?.outcome === 'close' ? 'closes' : 'mayClose'
  return [
    {
      ...ticket,
      waitingFor: { ...waitingFor, reminded: true },
      done: [...ticket.done, { at: event.at, what: 'reminded' }],
    },
    [
      speak({
        key: `silence.reminder.${waitingFor.what}.${closes}`,
        params: { number: ticket.number, due: waitingFor.silence.endsAt },
      }),
      record({ type: 'reminded' }),
    ],
  ]
}
