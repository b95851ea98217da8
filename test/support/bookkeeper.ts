import type { Conversation, Ticket } from '../../engine/conversation/state.ts'
import { type Channel, type Desk, metrics } from '../../engine/desk.ts'
import type { Happening } from './conversation.ts'
import { afterDays, afterMinutes, type Minute, type MinuteCalendar } from './minuteOracle.ts'
import { type PromiseBook, promiseBook } from './promiseBook.ts'
import { must } from './simulatedTalk.ts'

/** The promises of each desk through the assistant, as product.md states them. */
const promised = {
  edoc: { firstResponse: { workingMinutes: 15 }, resolution: { workingDays: 2 } },
  sts: { firstResponse: { workingMinutes: 15 }, resolution: { workingDays: 2 } },
  court: { firstResponse: { workingMinutes: 15 }, nextResponse: { workingDays: 2 } },
  cryptopro: { firstResponse: { workingMinutes: 15 } },
} as const

/** The first answer otherwise, as product.md states it: by e-mail, by telephone, on paper. */
const otherwise = {
  edoc: { workingDays: 1 },
  sts: { workingDays: 1 },
  court: { workingMinutes: 3 * 60 },
  cryptopro: { workingDays: 1 },
} as const

/** How long each desk waits for a silent visitor, as product.md states it. */
const waited = (deskId: string, calendar: MinuteCalendar, since: Minute): Minute | undefined => {
  if (deskId === 'edoc') return afterMinutes(calendar, since, 8 * 60)
  if (deskId === 'court') return afterMinutes(calendar, since, 72 * 60)
  return deskId === 'cryptopro' ? afterDays(calendar, since, 3) : undefined
}

const answers = new Set<Happening['type']>([
  'operator.replied',
  'operator.attached',
  'operator.askedForInformation',
  'operator.offeredSolution',
  'operator.resolved',
  'operator.closedUnanswered',
  'operator.declined',
  'operator.postponed',
  'operator.warned',
  'operator.ended',
])

const minuteOf = (millis: number): Minute => Math.floor(millis / 60_000)
const ticketOf = (state: Conversation): Ticket | undefined => ('ticket' in state ? state.ticket : undefined)
const isOpen = ({ stage }: Conversation) => stage === 'waiting' || stage === 'live'

/**
 * Keeps the oracle's book of a conversation's first request: it looks at what people did and whom the request waits
 * for, never at a clock, and then compares every clock with its own.
 */
export function bookkeeper(deskId: string, channel: Channel, deskNow: () => Desk) {
  let book: PromiseBook | undefined
  let number: number | undefined
  let comparisons = 0

  function enter(
    event: Happening,
    before: Conversation,
    after: Conversation,
    ticket: Ticket,
    was: Ticket,
  ): void {
    if (!book) return
    if (answers.has(event.type)) {
      book.ends('firstResponse')
      book.ends('nextResponse')
    }
    if (event.type === 'operator.passedOn') book.putsOff(event.to === 'development' ? event.dueOn : undefined)
    // each question begins a wait of its own, also right after another
    const waits = ticket.waitingFor !== undefined
    if (isOpen(before) && !isOpen(after)) {
      book.ends('resolution')
      book.ends('nextResponse')
    } else if (!isOpen(before) && isOpen(after)) book.restarts('resolution')
    else if (waits && event.type === 'operator.postponed') {
      book.resumes()
      book.pauses()
    } else if (waits) book.pauses()
    else book.resumes()
    const asked = was.waitingFor?.what === 'information'
    const wrote = event.type === 'visitor.wrote' || event.type === 'visitor.mailed'
    if (wrote && isOpen(before) && asked && !book.owes('nextResponse')) book.begins('nextResponse')
  }

  function compare(ticket: Ticket, now: Minute): void {
    for (const metric of metrics) {
      const [clock, judged] = [ticket.clocks[metric], book?.of(metric)]
      must(
        (clock === undefined) === (judged === undefined),
        'a promise is made when the oracle says',
        metric,
        ticket,
      )
      if (!clock || !judged || !book) continue
      comparisons++
      const ended = judged.still?.ended ? judged.ended : undefined
      const dueAt = new Date((ended?.due ?? book.due(judged)) * 60_000).toISOString()
      must(clock.dueAt === dueAt, 'a promise is due when the oracle says', {
        metric,
        dueAt,
        clock,
        judged,
        now,
      })
      must(
        (clock.stoppedAt !== undefined) === (ended !== undefined),
        'it ends when the oracle says',
        clock,
        judged,
      )
      const late = ended ? ended.late : judged.late !== undefined
      must((clock.breachedAt !== undefined) === late, 'it is late when the oracle says', {
        metric,
        clock,
        judged,
        now,
      })
    }
  }

  function compareWait({ waitingFor }: Ticket): void {
    if (!waitingFor || waitingFor.over) return
    const { what, since, silence } = waitingFor
    // only a request for information is waited for in vain at court
    const expected =
      deskId === 'court' && what === 'solution'
        ? undefined
        : waited(deskId, deskNow().calendar, minuteOf(Date.parse(since)))
    const endsAt = expected === undefined ? undefined : new Date(expected * 60_000).toISOString()
    must(silence?.endsAt === endsAt, 'the wait ends when the oracle says', { waitingFor, endsAt })
  }

  return {
    happened(before: Conversation, event: Happening, after: Conversation, millis: number): void {
      const [was, ticket] = [ticketOf(before), ticketOf(after)]
      const now = minuteOf(millis)
      if (!ticket) return
      if (number === undefined) {
        number = ticket.number
        const id = deskId as keyof typeof promised
        const isOnline = channel === 'widget' || channel === 'telegram'
        book = promiseBook(deskNow().calendar, now, {
          ...promised[id],
          ...(!isOnline && { firstResponse: otherwise[id] }),
        })
      }
      if (ticket.number !== number || !book) return
      book.passes(now)
      if (was) enter(event, before, after, ticket, was)
      // deadlines of the same minute may still be to come
      if (event.type === 'timer.fired' || event.type === 'calendar.changed') return
      compare(ticket, now)
      if (isOpen(after)) compareWait(ticket)
    },
    recalendars(millis: number): void {
      book?.passes(minuteOf(millis))
      book?.recalendars(deskNow().calendar)
    },
    get comparisons() {
      return comparisons
    },
  }
}
