import fc from 'fast-check'
import { DateTime, Duration } from 'luxon'
import { describe, expect, it } from 'vitest'
import { addOpenTime, type Calendar, type OpenSpan, openTimeBetween } from '../../engine/calendar.ts'
import {
  type Clock,
  instantOf,
  isPaused,
  pauseClock,
  putOffClock,
  recalendarClock,
  restartClock,
  resumeClock,
  retargetClock,
  startClock,
  stopClock,
  verdictOf,
  warningMinutes,
} from '../../engine/sla.ts'
import { anyCalendar, anyExceptions } from '../support/anyCalendar.ts'
import { afterMinutes, dueMinute, type Minute, openMinutes, type Promised } from '../support/minuteOracle.ts'

const day = 86_400_000
const firstDay = Date.UTC(2026, 10, 16)
const calendars = anyCalendar(['Asia/Almaty', 'Asia/Kathmandu'], firstDay)
const exceptions = anyExceptions(firstDay)

/** Minutes since the first day. */
const minutes = (max: number) => fc.integer({ min: 0, max })
const instant = (minute: Minute) => new Date(firstDay + minute * 60_000).toISOString()
const epoch = (minute: Minute): Minute => firstDay / 60_000 + minute
const minuteOf = (at: string): Minute => (Date.parse(at) - firstDay) / 60_000

const span: fc.Arbitrary<OpenSpan> = fc.oneof(
  fc.integer({ min: 1, max: 600 }).map((workingMinutes) => ({ workingMinutes })),
  fc.integer({ min: 1, max: 30 }).map((workingHours) => ({ workingHours })),
  fc.integer({ min: 1, max: 3 }).map((workingDays) => ({ workingDays })),
)
const localDay = fc
  .integer({ min: 0, max: 20 })
  .map((index) => new Date(firstDay + index * day).toISOString().slice(0, 10))

/** What may happen to a clock, each so many minutes after the one before. */
type Happening = { readonly after: number } & (
  | { readonly what: 'pause' | 'resume' | 'stop' | 'restart' }
  | { readonly what: 'retarget'; readonly target: OpenSpan }
  | { readonly what: 'putOff'; readonly until: string | undefined }
  | { readonly what: 'calendar'; readonly exceptions: Calendar['exceptions'] }
)
const happening: fc.Arbitrary<Happening> = fc
  .tuple(
    fc.oneof(fc.constant(0), minutes(90), minutes(2_000)),
    fc.oneof(
      fc
        .constantFrom('pause', 'resume', 'pause', 'resume', 'stop', 'restart')
        .map((what) => ({ what }) as Happening),
      span.map((target) => ({ what: 'retarget', target }) as Happening),
      fc.option(localDay, { nil: undefined }).map((until) => ({ what: 'putOff', until }) as Happening),
      exceptions.map((changed) => ({ what: 'calendar', exceptions: changed }) as Happening),
    ),
  )
  .map(([after, what]) => ({ ...what, after }))

/** The same story told to the engine and to the oracle. */
function story(calendar: Calendar, target: OpenSpan, startedAt: Minute) {
  let now = startedAt
  let inForce = calendar
  let clock = startClock(calendar, target, instant(now))
  let promised: Promised = { target, startedAt: epoch(now), away: [] }
  /** Since when it stands still, paused or stopped. */
  let still: { readonly since: Minute; readonly stopped: boolean } | undefined
  const back = () => {
    if (!still) return
    promised = { ...promised, away: [...promised.away, { from: still.since, to: epoch(now) }] }
    still = undefined
  }
  return {
    happen(one: Happening) {
      now += one.after
      const at = instant(now)
      switch (one.what) {
        case 'pause':
          clock = pauseClock(clock, at)
          still ??= { since: epoch(now), stopped: false }
          break
        case 'resume':
          clock = resumeClock(inForce, clock, at)
          if (!still?.stopped) back()
          break
        case 'stop':
          clock = stopClock(inForce, clock, at)
          if (!still?.stopped) {
            back()
            still = { since: epoch(now), stopped: true }
          }
          break
        case 'restart':
          clock = restartClock(inForce, clock, at)
          if (still?.stopped) back()
          break
        case 'retarget':
          clock = retargetClock(inForce, clock, one.target, at)
          if (!still?.stopped) promised = { ...promised, target: one.target }
          break
        case 'putOff':
          clock = putOffClock(inForce, clock, one.until, at)
          if (!still?.stopped) promised = { ...promised, until: one.until }
          break
        case 'calendar':
          if (still?.stopped) break
          inForce = { ...inForce, exceptions: one.exceptions }
          clock = recalendarClock(inForce, clock, at)
      }
    },
    get clock() {
      return clock
    },
    get calendar() {
      return inForce
    },
    get now() {
      return now
    },
    get stopped() {
      return still?.stopped ?? false
    },
    get due(): Minute {
      return dueMinute(inForce, promised) - epoch(0)
    },
    get promised() {
      return promised
    },
  }
}

const anyStory = fc.tuple(calendars, span, minutes(4 * 1440), fc.array(happening, { maxLength: 8 }))
const runs = { numRuns: 60 }

describe('a clock, against a count minute by minute', () => {
  it('is due when its working time has passed, whatever happened to it', () => {
    fc.assert(
      fc.property(anyStory, ([calendar, target, startedAt, happenings]) => {
        const told = story(calendar, target, startedAt)
        expect(minuteOf(told.clock.dueAt)).toBe(told.due)
        for (const one of happenings) {
          told.happen(one)
          expect(minuteOf(told.clock.dueAt)).toBe(told.due)
        }
      }),
      runs,
    )
  })

  it('is judged as the oracle judges it: late from the minute after its moment on', () => {
    fc.assert(
      fc.property(anyStory, minutes(3_000), ([calendar, target, startedAt, happenings], later) => {
        const told = story(calendar, target, startedAt)
        for (const one of happenings) told.happen(one)
        fc.pre(told.clock.breachedAt === undefined && !isPaused(told.clock))
        const at = told.now + later
        if (!told.stopped)
          expect(verdictOf(told.clock, instant(at))).toBe(at > told.due ? 'overdue' : 'running')
        const ended = stopClock(told.calendar, told.clock, instant(at))
        const stoppedAt = told.stopped ? minuteOf(told.clock.stoppedAt ?? '') : at
        expect(verdictOf(ended, instant(at))).toBe(stoppedAt > told.due ? 'breached' : 'met')
      }),
      runs,
    )
  })

  it('warns when so many minutes have been worked, each warning at a moment of its own', () => {
    fc.assert(
      fc.property(anyStory, ([calendar, target, startedAt, happenings]) => {
        const told = story(calendar, target, startedAt)
        for (const one of happenings) told.happen(one)
        const { startedAt: from, away } = told.promised
        for (const { minutes: worked, at } of told.clock.warnings)
          expect(minuteOf(at)).toBe(afterMinutes(told.calendar, from, worked, away) - epoch(0))
        const moments = [...told.clock.warnings.map(({ at }) => at), told.clock.dueAt]
        expect(moments).toEqual([...new Set(moments)].sort())
      }),
      runs,
    )
  })
})

describe('the laws of clocks', () => {
  const started = fc.tuple(calendars, span, minutes(4 * 1440)).map(([calendar, target, at]) => ({
    calendar,
    at,
    clock: startClock(calendar, target, instant(at)),
  }))

  it('the open time from the start to the due moment is the target', () => {
    fc.assert(
      fc.property(
        calendars,
        minutes(4 * 1440),
        fc.integer({ min: 1, max: 900 }),
        (calendar, at, workingMinutes) => {
          const { dueAt } = startClock(calendar, { workingMinutes }, instant(at))
          const moment = (one: string) => DateTime.fromISO(one, { zone: 'utc' })
          expect(openTimeBetween(calendar, moment(instant(at)), moment(dueAt)).as('minutes')).toBe(
            workingMinutes,
          )
          const after = addOpenTime(
            calendar,
            moment(instant(at)),
            Duration.fromObject({ minutes: workingMinutes }),
          )
          expect(instantOf(after)).toBe(dueAt)
        },
      ),
    )
  })

  it('paused and resumed at the same moment, nothing has changed', () => {
    fc.assert(
      fc.property(started, minutes(2_000), ({ calendar, clock, at }, later) => {
        const now = instant(at + later)
        const { pauses: _, warned: __, ...same } = clock
        const { pauses: ___, warned: ____, ...resumed } = resumeClock(calendar, pauseClock(clock, now), now)
        expect(resumed).toEqual(same)
      }),
    )
  })

  it('the longer it was paused, the later it is due, by no more than the working time of the pause', () => {
    fc.assert(
      fc.property(
        started,
        minutes(900),
        minutes(900),
        minutes(900),
        ({ calendar, clock, at }, after, one, more) => {
          const paused = pauseClock(clock, instant(at + after))
          const short = resumeClock(calendar, paused, instant(at + after + one))
          const long = resumeClock(calendar, paused, instant(at + after + one + more))
          expect(clock.dueAt <= short.dueAt && short.dueAt <= long.dueAt).toBe(true)
          const [from, to] = [minuteOf(short.dueAt), minuteOf(long.dueAt)]
          expect(openMinutes(calendar, epoch(from), epoch(to))).toBeLessThanOrEqual(
            openMinutes(calendar, epoch(at + after + one), epoch(at + after + one + more)),
          )
        },
      ),
    )
  })

  it('a pause after the due moment moves nothing: it was late by then', () => {
    fc.assert(
      fc.property(started, minutes(600), minutes(600), ({ calendar, clock }, after, length) => {
        const due = minuteOf(clock.dueAt)
        const paused = pauseClock(clock, instant(due + after))
        expect(resumeClock(calendar, paused, instant(due + after + length)).dueAt).toBe(clock.dueAt)
      }),
    )
  })

  it('a clock of the machine that was set back makes no promise earlier, and no pause count twice', () => {
    fc.assert(
      fc.property(
        started,
        fc.array(fc.tuple(minutes(900), minutes(900)), { minLength: 1, maxLength: 4 }),
        ({ calendar, clock, at }, pauses) => {
          let now: Clock = clock
          for (const [from, to] of pauses)
            now = resumeClock(calendar, pauseClock(now, instant(at + from)), instant(at + to))
          const away = pauses.map(([from, to]) => ({ from: epoch(at + from), to: epoch(at + to) }))
          const startedAt = epoch(at)
          expect(minuteOf(now.dueAt)).toBe(
            dueMinute(calendar, { target: clock.target, startedAt, away }) - epoch(0),
          )
        },
      ),
    )
  })

  it('reopened, it has as much time left as when it was closed', () => {
    fc.assert(
      fc.property(started, minutes(600), minutes(3_000), ({ calendar, clock, at }, worked, closed) => {
        fc.pre(at + worked < minuteOf(clock.dueAt))
        const end = at + worked
        const open = restartClock(calendar, stopClock(calendar, clock, instant(end)), instant(end + closed))
        const left = openMinutes(calendar, epoch(end), epoch(minuteOf(clock.dueAt)))
        const dueAt = epoch(minuteOf(open.dueAt))
        const lost = openMinutes(calendar, epoch(end), epoch(end + closed))
        expect(openMinutes(calendar, epoch(end + (lost > 0 ? closed : 0)), dueAt)).toBe(left)
      }),
    )
  })

  it('planned anew by the same target, calendar and day, it is the same, once and twice', () => {
    fc.assert(
      fc.property(anyStory, ([calendar, target, startedAt, happenings]) => {
        const told = story(calendar, target, startedAt)
        for (const one of happenings) told.happen(one)
        const { clock } = told
        const now = instant(told.now)
        const once = recalendarClock(told.calendar, clock, now)
        expect({ ...once, warned: 0 }).toEqual({ ...clock, warned: 0 })
        expect(recalendarClock(told.calendar, once, now)).toEqual(once)
        const again = retargetClock(told.calendar, once, once.target, now)
        expect(again).toEqual(once)
        expect(putOffClock(told.calendar, again, again.until, now)).toEqual(once)
      }),
    )
  })

  it('target, day and calendar may change in any order: the same plan comes of it', () => {
    fc.assert(
      fc.property(
        started,
        minutes(600),
        span,
        fc.option(localDay, { nil: undefined }),
        exceptions,
        ({ calendar, clock, at }, later, target, until, changed) => {
          const now = instant(at + later)
          const other = { ...calendar, exceptions: changed }
          const one = recalendarClock(
            other,
            putOffClock(calendar, retargetClock(calendar, clock, target, now), until, now),
            now,
          )
          const two = retargetClock(
            other,
            putOffClock(other, recalendarClock(other, clock, now), until, now),
            target,
            now,
          )
          expect(one).toEqual(two)
        },
      ),
    )
  })

  it('a breach that was found stays one, whatever other target or day comes, and whatever else is in the calendar', () => {
    fc.assert(
      fc.property(
        started,
        span,
        fc.option(localDay, { nil: undefined }),
        minutes(600),
        ({ calendar, clock }, target, until, later) => {
          const due = minuteOf(clock.dueAt)
          const now = instant(due + later)
          const late = { ...clock, breachedAt: clock.dueAt }
          const eased = putOffClock(calendar, retargetClock(calendar, late, target, now), until, now)
          const nextYear = { ...calendar, exceptions: { ...calendar.exceptions, '2027-06-01': [] } }
          for (const one of [eased, recalendarClock(nextYear, eased, now)]) {
            expect(one.breachedAt).toBe(clock.dueAt)
            expect(verdictOf(one, now)).toBe('overdue')
          }
        },
      ),
    )
  })

  it('a breach is taken back by a calendar by which it was none, also after another target', () => {
    fc.assert(
      fc.property(started, minutes(120), ({ calendar, clock, at }, later) => {
        const due = minuteOf(clock.dueAt)
        const now = instant(due + later)
        const late = { ...clock, breachedAt: clock.dueAt }
        const eased = retargetClock(calendar, late, { workingDays: 3 }, now)
        const closed = {
          ...calendar,
          exceptions: Object.fromEntries(
            Array.from({ length: 12 }, (_, index) => [
              new Date(firstDay + (Math.floor(at / 1440) + index - 1) * day).toISOString().slice(0, 10),
              [],
            ]),
          ),
        }
        fc.pre(due + later < at + 9 * 1440)
        expect(recalendarClock(closed, eased, now)).not.toHaveProperty('breachedAt')
      }),
    )
  })
})

describe('warnings (product.md: at a third and two thirds of a short promise)', () => {
  it('are at most two, in order, within the promise', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 10_000, noNaN: true }), (total) => {
        const points = warningMinutes(total)
        expect(points.length).toBeLessThanOrEqual(2)
        expect(points).toEqual([...new Set(points)].sort((a, b) => a - b))
        for (const one of points) expect(one > 0 && one < total).toBe(true)
      }),
    )
  })
})
