import type { Activity } from '../../engine/conversation/content.ts'
import type { Effect, TimerName } from '../../engine/conversation/effect.ts'
import type { ConversationEvent } from '../../engine/conversation/event.ts'
import type { Conversation, Ticket } from '../../engine/conversation/state.ts'
import { newConversation, transition } from '../../engine/conversation/transition.ts'
import { type Channel, type Desk, type Metric, metrics } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import { type Clock, isPaused, verdictOf } from '../../engine/sla.ts'
import type { Happening } from './conversation.ts'

/** What the history says of one ticket, counted as it is written. */
export type History = {
  readonly ticket: Ticket
  readonly desk: string
  readonly registeredAt: string
  /** As the history says; `open`: it has not said. */
  readonly verdicts: Record<Metric, 'open' | 'met' | 'breached'>
  resolvedInHistoryAt?: string | undefined
  stars?: number
  /** Breaches put down and not taken back, of the clock that is in force. */
  readonly breaches: Record<Metric, number>
}

/** Every deadline that was ever set, and what became of it. */
type DeadlineCounts = {
  set: number
  fired: number
  moved: number
  cancelled: number
  repeated: number
  early: number
}

/** What the whole simulation shares. */
export type Books = {
  number: number
  readonly histories: Map<number, History>
  readonly deadlines: DeadlineCounts
  readonly activities: Map<string, number>
  events: number
}

export const openBooks = (): Books => ({
  number: 1000,
  histories: new Map(),
  deadlines: { set: 0, fired: 0, moved: 0, cancelled: 0, repeated: 0, early: 0 },
  activities: new Map(),
  events: 0,
})

/** A rule that must hold at every step was broken: the test ends there. */
export function must(holds: boolean, what: string, ...facts: readonly unknown[]): void {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(facts, null, 1)}`)
}

const acts: Readonly<Partial<Record<string, readonly Activity['type'][]>>> = {
  'silence.reminder': ['reminded'],
  'silence.end': ['silenceOver', 'closedUnanswered'],
  'postponed.end': ['postponementOver'],
  'passedOn.due': ['passedOnDue'],
  'assignee.silent': ['returnedSilent'],
}
const metricOf = (timer: string) => metrics.find((metric) => timer.startsWith(`${metric}.`))
const expected = (timer: string): readonly string[] => {
  const metric = metricOf(timer)
  return metric ? [`${metric}${timer.endsWith('.breach') ? 'Breached' : 'Warning'}`] : (acts[timer] ?? [])
}

const recordsOf = (effects: readonly Effect[]): readonly Activity[] =>
  effects.flatMap((effect) =>
    effect.type === 'post' && effect.message.content.kind === 'activity'
      ? [effect.message.content.activity]
      : [],
  )

const ticketOf = (state: Conversation): Ticket | undefined => ('ticket' in state ? state.ticket : undefined)
const runs = (clock: Clock | undefined): clock is Clock =>
  clock !== undefined && clock.stoppedAt === undefined && !isPaused(clock)

/** The timers that are set are those of what still runs, at its moments, and nothing else. */
function timersHold(ticket: Ticket | undefined, timers: ReadonlyMap<string, string>, open: boolean): void {
  must(open || timers.size === 0, 'what is over has no deadlines', ticket, [...timers])
  if (!ticket || !open) return
  let ofClocks = 0
  for (const metric of metrics) {
    const clock = ticket.clocks[metric]
    if (!runs(clock)) continue
    for (const { minutes, at } of clock.warnings.slice(clock.warned)) {
      ofClocks++
      must(timers.get(`${metric}.warning.${minutes}`) === at, 'a warning ahead is set', clock, [...timers])
    }
    if (clock.breachedAt !== undefined) continue
    ofClocks++
    must(timers.get(`${metric}.breach`) === clock.dueAt, 'a promise that runs has its breach set', clock, [
      ...timers,
    ])
  }
  const set = [...timers.keys()].filter((timer) => metricOf(timer) !== undefined).length
  must(set === ofClocks, 'no deadline is set for a clock that stands still', ticket.clocks, [...timers])
}

/** One conversation of the simulation: takes events, keeps its timers, and holds every step to the rules. */
export function simulatedTalk(
  books: Books,
  deskNow: () => Desk,
  channel: Channel,
  language: Language,
  setTimer: (timer: TimerName, dueAt: string) => void,
) {
  let state: Conversation = newConversation(channel, language)
  let count = 0
  const timers = new Map<TimerName, string>()

  function keepTimers(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'setTimer') {
        const had = timers.get(effect.timer)
        if (had !== undefined) books.deadlines.moved++
        books.deadlines.set++
        timers.set(effect.timer, effect.dueAt)
        setTimer(effect.timer, effect.dueAt)
      }
      if (effect.type === 'cancelTimers')
        for (const timer of effect.timers) if (timers.delete(timer)) books.deadlines.cancelled++
    }
  }

  function keepHistory(after: Ticket, records: readonly Activity[], at: string): void {
    let history = books.histories.get(after.number)
    if (!history) {
      history = {
        ticket: after,
        desk: deskNow().id,
        registeredAt: at,
        verdicts: { firstResponse: 'open', nextResponse: 'open', resolution: 'open' },
        breaches: { firstResponse: 0, nextResponse: 0, resolution: 0 },
      }
      books.histories.set(after.number, history)
    }
    Object.assign(history, { ticket: after })
    for (const activity of records) {
      for (const metric of metrics) {
        if (activity.type === `${metric}Met`) history.verdicts[metric] = 'met'
        if (activity.type === `${metric}Breached`) history.verdicts[metric] = 'breached'
      }
      // reopened, it is still to be judged; a breach stays one
      if (activity.type === 'resolutionResumed' && history.verdicts.resolution === 'met')
        history.verdicts.resolution = 'open'
      if (activity.type === 'rated') history.stars = activity.stars
      if (activity.type === 'reopened' || activity.type === 'took') history.resolvedInHistoryAt = undefined
      if (
        [
          'resolved',
          'declined',
          'endedBy',
          'solutionConfirmed',
          'closedUnanswered',
          'closedUnansweredBy',
        ].includes(activity.type)
      )
        history.resolvedInHistoryAt = at
    }
  }

  /** What the history says of each promise is what its clock says, after every step. */
  function promisesHold(
    before: Ticket | undefined,
    after: Ticket,
    records: readonly Activity[],
    type: string,
  ): void {
    const history = books.histories.get(after.number) as History
    const same = before?.number === after.number ? before : undefined
    for (const metric of metrics) {
      const [was, is] = [same?.clocks[metric], after.clocks[metric]]
      if (!is) continue
      const anew = was !== undefined && was.startedAt !== is.startedAt
      must(!anew || metric === 'nextResponse', 'nothing restarts a first response or a resolution', was, is)
      if (anew) history.breaches[metric] = 0
      const told = (end: string) => records.filter((one) => one.type === `${metric}${end}`).length
      const [breached, met] = [told('Breached'), told('Met')]
      const late = is.breachedAt !== undefined
      history.breaches[metric] += breached
      // a corrected calendar takes back what was late by its mistake
      if (!late && history.breaches[metric] > 0) {
        must(type === 'calendar.changed', 'only a calendar takes back a breach', metric, was, is)
        history.breaches[metric] = 0
        history.verdicts[metric] = 'open'
      }
      must(history.breaches[metric] === (late ? 1 : 0), 'a breach is put down once', metric, was, is, records)
      const ended = is.stoppedAt !== undefined && (was?.stoppedAt === undefined || anew)
      must(
        met === (ended && !late ? 1 : 0),
        'a promise that was kept is put down when it ends',
        metric,
        was,
        is,
        records,
      )
      if (is.stoppedAt !== undefined)
        must(
          verdictOf(is, is.stoppedAt) === (late ? 'breached' : 'met'),
          'the verdict is that of the history',
          is,
        )
      if (metric === 'firstResponse' && was?.stoppedAt !== undefined)
        must(is.stoppedAt === was.stoppedAt, 'a first response is given once', was, is)
    }
  }

  function happen(event: Happening, at: string): readonly Effect[] {
    const desk = deskNow()
    const before = ticketOf(state)
    const full = { ...event, id: `${++count}`, at } as ConversationEvent
    let step = transition(desk, state, full)
    if (step[1].some(({ type }) => type === 'needRegistration'))
      step = transition(desk, state, { ...full, registration: { number: ++books.number, ahead: 0 } })
    books.events++
    const refused = step[1].find((effect) => effect.type === 'refuse')
    must(refused === undefined, 'what people do here is in its place', event, state.stage, refused)
    if (event.type === 'timer.fired') timers.delete(event.timer)
    state = step[0]
    keepTimers(step[1])
    const after = ticketOf(state)
    const records = recordsOf(step[1])
    for (const { type } of records) books.activities.set(type, (books.activities.get(type) ?? 0) + 1)
    if (after) {
      keepHistory(after, records, at)
      promisesHold(before, after, records, event.type)
    }
    timersHold(after, timers, state.stage === 'waiting' || state.stage === 'live')
    return step[1]
  }

  return {
    happen,
    /** A deadline comes at its moment or later: it acts once, and a second time leads to nothing. */
    fires(timer: TimerName, dueAt: string, at: string, again: boolean): readonly Effect[] {
      must(timers.get(timer) === dueAt, 'a deadline that falls is one that is set', timer, dueAt, [...timers])
      books.deadlines.fired++
      const effects = happen({ type: 'timer.fired', timer, dueAt }, at)
      const told = recordsOf(effects).filter(({ type }) => expected(timer).includes(type))
      const tooLate = timer === 'silence.reminder' && told.length === 0
      must(told.length >= 1 || tooLate, 'a deadline acts when it falls', timer, dueAt, at, effects)
      must(timers.get(timer) !== dueAt, 'a deadline falls once', timer, dueAt)
      if (again) {
        books.deadlines.repeated++
        const same = state
        must(
          happen({ type: 'timer.fired', timer, dueAt }, at).length === 0,
          'raised twice it acts once',
          timer,
          dueAt,
        )
        must(same === state, 'raised twice it changes nothing', timer, dueAt)
      }
      return effects
    },
    /** A deadline comes before its moment: it is set once more, and nothing else happens. */
    comesEarly(timer: TimerName, dueAt: string, at: string): void {
      const same = state
      books.deadlines.early++
      const effects = happen({ type: 'timer.fired', timer, dueAt }, at)
      must(
        timers.get(timer) === dueAt && effects.length === 1,
        'too early it is set once more',
        timer,
        dueAt,
        effects,
      )
      must(same === state, 'too early it changes nothing', timer, dueAt)
    },
    isSet: (timer: TimerName, dueAt: string) => timers.get(timer) === dueAt,
    /** Whatever is open can be taken, answered and closed, and the visitor is heard. */
    hasWayOn(at: string): void {
      const operator = { id: 'somebody', name: 'Somebody' }
      const desk = deskNow()
      const go = (from: Conversation, event: Happening) => {
        const [next, effects] = transition(desk, from, { ...event, id: 'x', at } as ConversationEvent)
        must(!effects.some(({ type }) => type === 'refuse'), 'an open request has a way on', from, event)
        return next
      }
      if (state.stage !== 'waiting' && state.stage !== 'live') return
      go(state, { type: 'visitor.wrote', text: 'Алло' })
      let next = state as Conversation
      if (next.stage === 'waiting') next = go(next, { type: 'operator.took', operator })
      const by = next.stage === 'live' ? next.operator : operator
      next = go(next, { type: 'operator.replied', operator: by, text: 'Здравствуйте' })
      next = go(next, { type: 'operator.resolved', operator: by, text: 'Готово' })
      must(next.stage === 'resolved', 'an open request can be closed', next)
    },
    get state() {
      return state
    },
    get timers(): ReadonlyMap<TimerName, string> {
      return timers
    },
    get ticket() {
      return ticketOf(state)
    },
  }
}

export type SimulatedTalk = ReturnType<typeof simulatedTalk>
