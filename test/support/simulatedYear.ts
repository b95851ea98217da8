import type { DayRule } from '../../engine/calendar.ts'
import type { TimerName } from '../../engine/conversation/effect.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import { type Channel, type Desk, isMailed } from '../../engine/desk.ts'
import { bookkeeper } from './bookkeeper.ts'
import { day, people } from './busyDesk.ts'
import type { Happening } from './conversation.ts'
import { desks } from './edoc.ts'
import { must, openBooks, type SimulatedTalk, simulatedTalk } from './simulatedTalk.ts'
import { seeded, timeline } from './timeline.ts'

const minute = 60_000
const hour = 60 * minute
/** Local midnights of Almaty. */
const begins = Date.UTC(2025, 11, 31, 19)
const ends = Date.UTC(2026, 11, 31, 19)
const iso = (millis: number) => new Date(millis).toISOString()

/** The server is down. */
const outages = [
  { from: Date.UTC(2026, 3, 14, 5), to: Date.UTC(2026, 3, 14, 8, 20) },
  { from: Date.UTC(2026, 9, 6, 12, 45), to: Date.UTC(2026, 9, 8, 4, 30) },
]

/** Edits of the calendar in mid-year; the second is a mistake that is taken back the day after. */
const edits: readonly { at: number; desk?: string; days: Readonly<Record<string, DayRule | null>> }[] = [
  { at: Date.UTC(2026, 4, 19, 6), days: { '2026-05-22': [], '2026-05-23': { like: 5 } } },
  { at: Date.UTC(2026, 7, 10, 9), desk: 'edoc', days: { '2026-08-10': [] } },
  { at: Date.UTC(2026, 7, 11, 4), desk: 'edoc', days: { '2026-08-10': null } },
  { at: Date.UTC(2026, 9, 20, 10), days: { '2026-10-21': [{ from: '09:00', to: '13:00' }] } },
]

type Item =
  | { readonly who: 'arrival' }
  | { readonly who: 'operator' | 'visitor' | 'supervisor'; readonly talk: Place }
  | {
      readonly who: 'timer'
      readonly talk: Place
      readonly timer: TimerName
      readonly dueAt: string
      readonly late?: true
    }
  | { readonly who: 'calendar'; readonly edit: (typeof edits)[number] }

/** A conversation's place in the simulation. */
type Place = {
  readonly talk: SimulatedTalk
  readonly deskId: string
  /** How much the operator still does before they close it. */
  left: number
  readonly book: ReturnType<typeof bookkeeper> | undefined
}

/** Mondays to Fridays, 9:00 to 18:00 in Almaty. */
function atWork(moment: number): number {
  const local = moment + 5 * hour
  const weekday = Math.floor(local / day + 4) % 7
  const ofDay = local % day
  if (weekday !== 0 && weekday !== 6 && ofDay >= 9 * hour && ofDay < 18 * hour) return moment
  const morning = moment - ofDay + 9 * hour + (ofDay >= 9 * hour ? day : 0)
  const then = Math.floor((morning + 5 * hour) / day + 4) % 7
  return morning + (then === 6 ? 2 * day : then === 0 ? day : 0)
}

/** The desks' year, the same for the same seed. Throws at the first step that breaks a rule. */
export function simulateYear({ tickets, seed }: { readonly tickets: number; readonly seed: number }) {
  const random = seeded(seed)
  const { between, chance, one, untilTaken, withRequest, withoutChat, asVisitor, takes } = people(random)
  const inForce = new Map<string, Desk>(desks)
  const deskIds = ['edoc', 'edoc', 'edoc', 'sts', 'court', 'cryptopro']
  const books = openBooks()
  const ahead = timeline<Item>()
  const places: Place[] = []
  let now = begins

  for (let count = 0; count < tickets; count++) {
    const any = begins + between(0, ends - begins)
    ahead.put(chance(0.75) ? Math.min(atWork(any) + between(0, 2 * hour), ends) : any, { who: 'arrival' })
  }
  for (const edit of edits) ahead.put(edit.at, { who: 'calendar', edit })

  const later = (who: 'operator' | 'visitor', talk: Place, wait: number) =>
    ahead.put(who === 'operator' ? atWork(now + wait) : now + wait, { who, talk })

  function happen(place: Place, event: Happening): void {
    const before = place.talk.state
    place.talk.happen(event, iso(now))
    place.book?.happened(before, event, place.talk.state, now)
  }

  function arrives(): void {
    const deskId = one(deskIds)
    const channel: Channel = chance(0.75) ? one(['widget', 'telegram']) : one(['email', 'phone', 'letter'])
    let place: Place
    const talk = simulatedTalk(
      books,
      () => inForce.get(deskId) as Desk,
      channel,
      chance(0.5) ? 'kk' : 'ru',
      (timer, dueAt) =>
        ahead.put(Math.max(now, Date.parse(dueAt)), { who: 'timer', talk: place, timer, dueAt }, 0),
    )
    const watched = places.length % 60 === 0
    place = {
      talk,
      deskId,
      left: Math.floor(random() * 7),
      book: watched ? bookkeeper(deskId, channel, () => inForce.get(deskId) as Desk) : undefined,
    }
    places.push(place)
    if (isMailed(channel)) {
      happen(place, withoutChat(channel))
      isRegistered(place)
      return
    }
    happen(place, { type: 'visitor.started' })
    if (chance(0.005)) happen(place, { type: 'visitor.wrote', text: 'дурак' })
    registers(place)
  }

  /** Asks for a person until there is a request, which somebody takes some time. */
  function registers(place: Place): void {
    for (let tries = 0; place.talk.state.stage !== 'waiting'; tries++) {
      must(tries < 5, 'a person can be reached', place.talk.state)
      const event = asVisitor(place.talk)
      if (!event) return
      happen(place, event)
    }
    isRegistered(place)
  }

  /** Somebody takes it some time. */
  function isRegistered(place: Place): void {
    if (chance(0.02)) ahead.put(now + 10 * day, { who: 'supervisor', talk: place })
    else later('operator', place, untilTaken())
    if (chance(0.2)) later('visitor', place, between(minute, 3 * hour))
  }

  function operatorActs(place: Place): void {
    const { talk } = place
    const stage = (): string => talk.state.stage
    if (stage() === 'waiting') {
      happen(place, { type: 'operator.took', operator: takes() })
      later('operator', place, between(0, 8 * minute))
      return
    }
    if (stage() !== 'live') return
    const event = withRequest(inForce.get(place.deskId) as Desk, talk, place.left--, now)
    if (event) {
      happen(place, event)
      const asked = talk.ticket?.waitingFor !== undefined || stage() === 'resolved'
      if (chance(asked ? 0.7 : 0.15))
        later('visitor', place, chance(0.8) ? between(minute, 5 * hour) : between(5 * hour, 40 * day))
    }
    if (stage() === 'waiting' || stage() === 'live')
      later('operator', place, event && chance(0.85) ? between(minute, 3 * hour) : between(4 * hour, 4 * day))
  }

  function visitorActs(place: Place): void {
    const { talk } = place
    const event = asVisitor(talk)
    if (!event) return
    const was = talk.state.stage
    happen(place, event)
    const reopened = was === 'resolved' && (talk.state as Conversation).stage === 'waiting'
    if (reopened && event.type === 'visitor.mailed') {
      place.left = 1 + Math.floor(random() * 3)
      later('operator', place, untilTaken())
    }
    if (was === 'resolved' && event.type === 'visitor.chose') {
      if (event.choice === 'reopen' && talk.state.stage === 'resolved') {
        happen(place, { type: 'visitor.chose', choice: 'newFrom' })
        registers(place)
      } else if (event.choice === 'new') registers(place)
      else if (event.choice === 'reopen') {
        place.left = 1 + Math.floor(random() * 3)
        later('operator', place, untilTaken())
      } else if (chance(0.4)) later('visitor', place, between(minute, 10 * minute))
    }
  }

  function timerFalls(item: Extract<Item, { who: 'timer' }>): void {
    const { talk: place, timer, dueAt } = item
    if (!place.talk.isSet(timer, dueAt)) return
    const ofClock = /\./.test(timer) && /^(first|next|reso)/.test(timer)
    if (!place.book && !item.late && ofClock && chance(0.05)) {
      // a process that is slow to raise it
      ahead.put(now + Math.ceil(random() * 3_000), { ...item, late: true }, 0)
      return
    }
    if (!place.book && chance(0.005) && Date.parse(dueAt) === now) {
      // a process whose clock was set back in between
      place.talk.comesEarly(timer, dueAt, iso(now - 1))
      return
    }
    const before = place.talk.state
    place.talk.fires(timer, dueAt, iso(now), chance(0.02))
    place.book?.happened(before, { type: 'timer.fired', timer, dueAt }, place.talk.state, now)
  }

  function calendarEdited({ desk: only, days }: (typeof edits)[number]): void {
    for (const [id, desk] of inForce) {
      if (only !== undefined && only !== id) continue
      const exceptions = { ...desk.calendar.exceptions }
      for (const [date, rule] of Object.entries(days)) {
        const original = desks.get(id)?.calendar.exceptions[date]
        if (rule !== null) exceptions[date] = rule
        else if (original !== undefined) exceptions[date] = original
        else delete exceptions[date]
      }
      inForce.set(id, { ...desk, calendar: { ...desk.calendar, exceptions } })
    }
    for (const place of places) {
      const { stage } = place.talk.state
      place.book?.recalendars(now)
      if ((only === undefined || only === place.deskId) && (stage === 'waiting' || stage === 'live'))
        happen(place, { type: 'calendar.changed' })
    }
  }

  for (let next = ahead.take(); next && next.at < ends; next = ahead.take()) {
    const down = outages.find(({ from, to }) => from <= next!.at && next!.at < to)
    if (down) {
      ahead.put(down.to, next.what, next.what.who === 'timer' ? 0 : 1)
      continue
    }
    now = Math.max(now, next.at)
    const { what } = next
    if (what.who === 'arrival') arrives()
    else if (what.who === 'operator') operatorActs(what.talk)
    else if (what.who === 'visitor') visitorActs(what.talk)
    else if (what.who === 'timer') timerFalls(what)
    else if (what.who === 'calendar') calendarEdited(what.edit)
    else {
      const { stage } = what.talk.talk.state
      if (stage === 'waiting')
        happen(what.talk, { type: 'operator.transferred', operator: takes(), to: takes(), supervises: true })
      later('operator', what.talk, between(0, hour))
    }
    if (what.who !== 'arrival' && what.who !== 'calendar' && random() < 0.01)
      what.talk.talk.hasWayOn(iso(now))
  }
  now = ends
  return { books, places, inForce, endsAt: iso(ends) }
}
