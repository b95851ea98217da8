import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { type Shift, type Week, type Weekday, weekOf } from '../../engine/calendar.ts'
import { mayMove, movedDeadlines } from '../../engine/conversation/calendarChanged.ts'
import type { Ticket } from '../../engine/conversation/state.ts'
import {
  type CalendarBase,
  type CalendarEdit,
  type CalendarEdits,
  changedDays,
  deskCalendar,
  edited,
  noEdits,
  patchOf,
  undone,
} from '../../engine/deskCalendar.ts'
import { instantOf, startClock } from '../../engine/sla.ts'
import { edoc } from '../support/edoc.ts'

/*
 * A supervisor edits the calendar while requests are open. The oracle knows neither calendars nor patches: it looks at
 * every minute and asks the edits, from the last to the first, what the day is.
 */

const minute = 60_000
const day = 86_400_000
const firstDay = Date.UTC(2026, 10, 23)
const years = { first: 2026, last: 2027 }
const isoDay = (index: number) => new Date(firstDay + index * day).toISOString().slice(0, 10)
const name = { kk: 'Күн', ru: 'День' }

const office: readonly Shift[] = [{ from: '09:00', to: '18:00' }]
const hours: fc.Arbitrary<readonly Shift[]> = fc.constantFrom(
  office,
  [
    { from: '09:00', to: '13:00' },
    { from: '14:00', to: '18:00' },
  ],
  [{ from: '09:00', to: '13:00' }],
  [{ from: '20:00', to: '24:00' }],
  [
    { from: '08:30', to: '12:00' },
    { from: '12:30', to: '15:15' },
    { from: '16:00', to: '19:45' },
  ],
)
const aWeek: fc.Arbitrary<Week> = fc
  .tuple(hours, hours, hours, fc.option(hours, { nil: [] }))
  .map(([one, two, three, saturday]) => weekOf({ 1: one, 2: two, 3: three, 4: two, 5: one, 6: saturday }))
const aDay = fc.integer({ min: 0, max: 20 })
const weekday = fc.integer({ min: 1, max: 5 }).map((one) => one as Weekday)

const edit: fc.Arbitrary<CalendarEdit> = fc.oneof(
  fc
    .tuple(
      aDay,
      fc.integer({ min: 0, max: 3 }),
      fc.oneof(
        hours,
        fc.constant([]),
        weekday.map((like) => ({ like })),
      ),
    )
    .map(([from, more, rule]) => ({
      type: 'days' as const,
      from: isoDay(from),
      to: isoDay(from + more),
      rule,
      name,
    })),
  aDay.map((one) => ({ type: 'days' as const, from: isoDay(one), to: isoDay(one), rule: null, name: null })),
  aDay.map((one) => ({ type: 'clear' as const, from: isoDay(one), to: isoDay(one + 2) })),
  fc.tuple(aDay, fc.integer({ min: 1, max: 9 })).map(([off, further]) => ({
    type: 'move' as const,
    off: isoDay(off),
    worked: isoDay(off + further),
    name,
  })),
  fc
    .tuple(aDay, fc.option(aWeek))
    .map(([from, week]) => ({ type: 'week' as const, from: isoDay(from), week })),
)
const edits = fc.array(edit, { maxLength: 5 })
const aBase: fc.Arbitrary<CalendarBase> = aWeek.map((week) => ({
  zone: 'Asia/Almaty',
  week,
  holidays: {
    weekend: [6, 7],
    fixed: [{ day: '12-01', substituted: true, name }],
    moving: [{ name, dates: ['2026-12-05'] }],
    moved: [],
  },
}))

/* ───────────── the oracle ───────────── */

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const weekdayAt = (date: string) => (new Date(date).getUTCDay() || 7) as Weekday

function shiftsOf(base: CalendarBase, list: readonly CalendarEdit[], date: string): readonly Shift[] {
  const backwards = [...list].reverse()
  // of two that begin on one day, the one that was said last
  const weeks = backwards.flatMap((one) => (one.type === 'week' && one.from <= date ? [one] : []))
  const latest = weeks.reduce<(typeof weeks)[number] | undefined>(
    (best, one) => (best === undefined || one.from > best.from ? one : best),
    undefined,
  )
  const week = latest?.week ?? base.week
  for (const one of backwards) {
    if (one.type === 'move' && one.off === date) return []
    if (one.type === 'move' && one.worked === date) return week[weekdayAt(one.off)]
    if (one.type === 'clear' && one.from <= date && date <= one.to) break
    if (one.type !== 'days' || date < one.from || one.to < date) continue
    if (one.rule === null) return week[weekdayAt(date)]
    return 'like' in one.rule ? week[one.rule.like] : one.rule
  }
  return date === '2026-12-01' || date === '2026-12-05' ? [] : week[weekdayAt(date)]
}

/** When so many working minutes have passed. Almaty has been UTC+5 since March 2024. */
function oracle(base: CalendarBase, list: readonly CalendarEdit[], from: number, minutes: number): number {
  const days = new Map<number, readonly (readonly [number, number])[]>()
  let at = from
  for (let left = minutes; left > 0; at += minute) {
    const local = at + 5 * 60 * minute
    const date = Math.floor(local / day)
    const shifts =
      days.get(date) ??
      shiftsOf(base, list, new Date(date * day).toISOString().slice(0, 10)).map(
        (shift) => [minutesOf(shift.from), minutesOf(shift.to)] as const,
      )
    days.set(date, shifts)
    const now = Math.floor((local - date * day) / minute)
    if (shifts.some(([opens, closes]) => opens <= now && now < closes)) left--
  }
  return at
}

const wholeMinute = fc.integer({ min: 0, max: 8 * 1440 }).map((minutes) => firstDay + minutes * minute)
const iso = (at: number) => instantOf(DateTime.fromMillis(at, { zone: 'utc' }))
const all = (list: readonly CalendarEdit[]): CalendarEdits => list.reduce(edited, noEdits)

/** An open request whose first answer was promised at `startedAt` on the calendar before the edits. */
function ticketAt(
  base: CalendarBase,
  list: readonly CalendarEdit[],
  startedAt: number,
  workingMinutes: number,
): Ticket {
  const calendar = deskCalendar(base, all(list), years)
  return {
    number: 1001,
    registeredAt: iso(startedAt),
    level: 'basic',
    priority: 'normal',
    values: {},
    files: [],
    identityRefused: false,
    clocks: { firstResponse: startClock(calendar, { workingMinutes }, iso(startedAt)) },
    done: [],
  }
}

describe('an edited calendar, against a count minute by minute', () => {
  it('moves a deadline exactly to where the count comes to', () => {
    fc.assert(
      fc.property(
        aBase,
        edits,
        edits,
        wholeMinute,
        fc.integer({ min: 1, max: 1_200 }),
        wholeMinute,
        (base, before, more, startedAt, minutes, look) => {
          const ticket = ticketAt(base, before, startedAt, minutes)
          const due = oracle(base, before, startedAt, minutes)
          expect(ticket.clocks.firstResponse.dueAt).toBe(iso(due))
          const next = [...before, ...more]
          const desk = { ...edoc, calendar: deskCalendar(base, all(next), years) }
          const now = Math.max(startedAt, look)
          const moved = movedDeadlines(desk, 'widget', ticket, iso(now))
          const dueNow = oracle(base, next, startedAt, minutes)
          expect(moved).toEqual(
            due === dueNow
              ? []
              : [
                  {
                    of: 'firstResponse',
                    before: iso(due),
                    after: iso(dueNow),
                    wasLate: due <= now,
                    isLate: dueNow <= now,
                  },
                ],
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  it('never moves a deadline that the quick look rules out', () => {
    fc.assert(
      fc.property(
        aBase,
        edits,
        edit,
        wholeMinute,
        fc.integer({ min: 1, max: 600 }),
        (base, before, one, startedAt, minutes) => {
          const ticket = ticketAt(base, before, startedAt, minutes)
          const [was, is] = [all(before), edited(all(before), one)].map((each) =>
            deskCalendar(base, each, years),
          )
          if (!was || !is) throw new Error('no calendar')
          const days = changedDays(was, is, isoDay(-5), isoDay(60))
          const moved = movedDeadlines({ ...edoc, calendar: is }, 'widget', ticket, iso(startedAt))
          const [first, last] = [days[0]?.date, days.at(-1)?.date]
          if (moved.length > 0) expect(first && last && mayMove(ticket, first, last)).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is undone to the very moments that were before', () => {
    fc.assert(
      fc.property(aBase, edits, edit, (base, before, one) => {
        const was = all(before)
        const is = edited(was, one)
        const patch = patchOf(was, is)
        if (!patch) return
        const back = undone(is, patch)
        expect(back && deskCalendar(base, back, years)).toEqual(deskCalendar(base, was, years))
      }),
    )
  })
})
