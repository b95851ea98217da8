import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OpenSpan } from '../../../engine/calendar.ts'
import type { Desk, Metric, Priority } from '../../../engine/desk.ts'
import { isPaused, verdictOf } from '../../../engine/sla.ts'
import { anyCalendar, anyExceptions } from '../../support/anyCalendar.ts'
import { aigerim, play } from '../../support/conversation.ts'
import { edoc } from '../../support/edoc.ts'
import type { Minute } from '../../support/minuteOracle.ts'
import { promiseBook } from '../../support/promiseBook.ts'

/*
 * The promises of a ticket through everything that may happen to it, against an oracle that knows only which minutes
 * are worked, when the ticket stood still and what was promised when.
 */

const day = 86_400_000
/** Monday 16 November 2026, 10:00 in Almaty. */
const start = Date.UTC(2026, 10, 16, 5)
const epoch = start / 60_000
const instant = (minute: Minute) => new Date(start + minute * 60_000).toISOString()
const localDay = (index: number) => new Date(start + index * day).toISOString().slice(0, 10)

const within: Readonly<Record<Metric, Readonly<Record<'normal' | 'urgent', OpenSpan>>>> = {
  firstResponse: { normal: { workingHours: 4 }, urgent: { workingMinutes: 30 } },
  nextResponse: { normal: { workingDays: 2 }, urgent: { workingHours: 3 } },
  resolution: { normal: { workingDays: 2 }, urgent: { workingHours: 9 } },
}
const targets = (priority: 'normal' | 'urgent') => ({
  firstResponse: within.firstResponse[priority],
  nextResponse: within.nextResponse[priority],
  resolution: within.resolution[priority],
})
const metrics = ['firstResponse', 'nextResponse', 'resolution'] as const
const sla = metrics.flatMap((metric) => [
  { metric, priorities: ['urgent' as const], within: within[metric].urgent },
  { metric, within: within[metric].normal },
])

type Happening =
  | {
      readonly what:
        | 'reply'
        | 'ask'
        | 'offer'
        | 'helped'
        | 'failed'
        | 'write'
        | 'resolve'
        | 'reopen'
        | 'release'
    }
  | { readonly what: 'prioritise'; readonly priority: 'normal' | 'urgent' }
  | { readonly what: 'develop'; readonly index: number }
  | { readonly what: 'postpone'; readonly waits: boolean }
  | { readonly what: 'calendar'; readonly exceptions: Desk['calendar']['exceptions'] }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        ...([
          'reply',
          'ask',
          'write',
          'ask',
          'write',
          'offer',
          'helped',
          'failed',
          'resolve',
          'reopen',
          'release',
        ] as const),
      )
      .map((what): Happening => ({ what })),
  },
  fc
    .constantFrom('normal' as const, 'urgent' as const)
    .map((priority): Happening => ({ what: 'prioritise', priority })),
  fc.integer({ min: 0, max: 20 }).map((index): Happening => ({ what: 'develop', index })),
  fc.boolean().map((waits): Happening => ({ what: 'postpone', waits })),
  anyExceptions(start).map((exceptions): Happening => ({ what: 'calendar', exceptions })),
)
const story = fc.array(
  fc.tuple(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 1_500 })), happening),
  { minLength: 1, maxLength: 12 },
)

/** Tells one story to the engine and to the oracle, and compares after every step. */
function follow(calendar: Desk['calendar'], steps: readonly (readonly [number, Happening])[]) {
  const desk = { ...edoc, sla, calendar, silence: undefined } as unknown as Desk
  const talk = play('widget', 'ru', instant(0), desk)
  talk.presses('operator')
  talk.presses('connectNow')
  const oracle = promiseBook(calendar, epoch, targets('normal'))
  let now = 0
  let inForce = calendar
  const by = { operator: aigerim } as const
  const takes = () => {
    if (talk.state.stage === 'waiting') talk.happen({ type: 'operator.took', ...by })
  }

  function answers() {
    oracle.ends('firstResponse')
    oracle.ends('nextResponse')
  }
  function act(one: Happening) {
    if (one.what === 'calendar') {
      inForce = { ...inForce, exceptions: one.exceptions }
      oracle.recalendars(inForce)
      Object.assign(desk, { calendar: inForce })
      talk.happen({ type: 'calendar.changed' })
      return
    }
    if (talk.state.stage === 'resolved') {
      if (one.what !== 'reopen') return
      talk.presses('reopen')
      oracle.restarts('resolution')
      return
    }
    const { waitingFor } = talk.ticket
    switch (one.what) {
      case 'reply':
        takes()
        talk.happen({ type: 'operator.replied', ...by, text: 'Здравствуйте' })
        answers()
        break
      case 'ask':
        takes()
        talk.happen({ type: 'operator.askedForInformation', ...by, text: 'Какой браузер?' })
        answers()
        oracle.pauses()
        break
      case 'offer':
        takes()
        talk.happen({ type: 'operator.offeredSolution', ...by, text: 'Обновите страницу' })
        answers()
        oracle.pauses()
        break
      case 'helped':
        if (waitingFor?.what !== 'solution') break
        talk.presses('resolved')
        oracle.ends('resolution')
        oracle.ends('nextResponse')
        break
      case 'failed':
        if (waitingFor?.what !== 'solution') break
        talk.presses('notResolved')
        oracle.resumes()
        break
      case 'write': {
        talk.writes('Chrome')
        oracle.resumes()
        if (waitingFor?.what === 'information' && !oracle.owes('nextResponse')) oracle.begins('nextResponse')
        break
      }
      case 'resolve':
        takes()
        talk.happen({ type: 'operator.resolved', ...by, text: 'Готово' })
        answers()
        oracle.ends('resolution')
        break
      case 'release':
        talk.happen({ type: 'operator.released', ...by })
        break
      case 'prioritise':
        talk.happen({ type: 'operator.prioritised', ...by, priority: one.priority as Priority })
        oracle.retargets(targets(one.priority))
        break
      case 'develop': {
        const dueOn = localDay(one.index)
        if (dueOn < instant(now + 5 * 60).slice(0, 10)) break
        takes()
        talk.happen({ type: 'operator.passedOn', ...by, to: 'development', dueOn })
        oracle.putsOff(dueOn)
        break
      }
      case 'postpone':
        takes()
        talk.happen({
          type: 'operator.postponed',
          ...by,
          text: 'Позже',
          reason: one.waits ? 'tooLittleInformation' : 'waiting',
        })
        answers()
        oracle.resumes()
        if (one.waits) oracle.pauses()
    }
  }

  function compare() {
    talk.passes(instant(now))
    oracle.look()
    for (const metric of metrics) {
      const [clock, judged] = [talk.ticket.clocks[metric], oracle.of(metric)]
      expect(clock === undefined).toBe(judged === undefined)
      if (!clock || !judged) continue
      const ended = judged.still?.ended ? judged.ended : undefined
      expect([metric, clock.dueAt]).toEqual([metric, instant((ended?.due ?? oracle.due(judged)) - epoch)])
      const verdict = verdictOf(clock, instant(now))
      if (ended) expect(verdict).toBe(ended.late ? 'breached' : 'met')
      else if (judged.late) expect(verdict).toBe('overdue')
      else expect(verdict).toBe(judged.still ? 'paused' : 'running')
      expect(isPaused(clock)).toBe(judged.still !== undefined && !judged.still.ended)
      expect(talk.timers[`${metric}.breach`]).toBe(judged.still || judged.late ? undefined : clock.dueAt)
    }
    const told = (end: string) => talk.history.filter(({ type }) => type.endsWith(end)).length
    expect({ breached: told('Breached'), met: told('Met') }).toEqual(oracle.counts)
  }

  compare()
  for (const [after, one] of steps) {
    now += after
    oracle.passes(epoch + now)
    talk.passes(instant(now))
    act(one)
    compare()
  }
}

describe('the promises of a ticket, against a count minute by minute', () => {
  it('are due, judged, set and put down as the oracle says, whatever happens: waits, answers, priorities, days named by developers, closes, reopenings, calendars (edoc regulation, §15, §20, §23; court rules, "Terms")', () => {
    fc.assert(
      fc.property(anyCalendar(['Asia/Almaty'], start), story, (calendar, steps) => follow(calendar, steps)),
      { numRuns: 50 },
    )
  }, 60_000)
})
