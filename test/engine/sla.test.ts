import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { type Channel, channels, type Level, type Metric, type Priority } from '../../engine/desk.ts'
import {
  type Clock,
  instantOf,
  pauseClock,
  policyFor,
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
import { desks, edoc } from '../support/edoc.ts'

const monday = '2026-11-23T05:00:00.000Z'
const { calendar } = edoc

const within = (
  desk: string,
  metric: Metric,
  facts: { channel: Channel; level?: Level; priority?: Priority; type?: string },
) =>
  policyFor(desks.get(desk)!, metric, { level: 'basic', priority: 'normal', type: undefined, ...facts })
    ?.within

describe('the promises of each desk', () => {
  it.each(['edoc', 'sts', 'court', 'cryptopro'])(
    '%s: through the assistant a person answers within 15 working minutes (edoc regulation, SLA section; product.md)',
    (desk) => {
      for (const channel of ['widget', 'telegram'] as const)
        for (const level of ['basic', 'vip'] as const)
          for (const priority of ['low', 'normal', 'urgent', 'immediate'] as const)
            expect(within(desk, 'firstResponse', { channel, level, priority })).toEqual({
              workingMinutes: 15,
            })
    },
  )

  it.each([
    ['edoc, basic: one working day', 'edoc', 'basic', 'normal', { workingDays: 1 }],
    [
      'edoc, basic, urgent: priority is of the VIP level alone',
      'edoc',
      'basic',
      'urgent',
      { workingDays: 1 },
    ],
    ['edoc, VIP, normal: two hours', 'edoc', 'vip', 'normal', { workingHours: 2 }],
    ['edoc, VIP, urgent: one hour', 'edoc', 'vip', 'urgent', { workingHours: 1 }],
    ['edoc, VIP, immediate: 30 minutes', 'edoc', 'vip', 'immediate', { workingMinutes: 30 }],
    ['sts: one working day', 'sts', 'basic', 'normal', { workingDays: 1 }],
    ['court: three working hours after registration', 'court', 'basic', 'normal', { workingHours: 3 }],
    ['cryptopro: one working day', 'cryptopro', 'basic', 'normal', { workingDays: 1 }],
  ] as const)(
    'by other channels, %s (edoc regulation, SLA section; court rules, "Terms"; product.md)',
    (_, desk, level, priority, target) => {
      expect(within(desk, 'firstResponse', { channel: 'email', level, priority })).toEqual(target)
    },
  )

  it('whatever is asked for: a callback and an error report have the same terms (edoc regulation, SLA section)', () => {
    for (const priority of ['normal', 'urgent', 'immediate'] as const) {
      const facts = { channel: 'email', level: 'vip', priority } as const
      for (const type of ['consultation', 'defect', 'proposal'])
        expect(within('edoc', 'firstResponse', { ...facts, type })).toEqual(
          within('edoc', 'firstResponse', facts),
        )
    }
  })

  it('the request is closed within two working days, VIP within one (edoc regulation, SLA section; product.md: sts)', () => {
    expect(within('edoc', 'resolution', { channel: 'widget' })).toEqual({ workingDays: 2 })
    expect(within('edoc', 'resolution', { channel: 'widget', level: 'vip' })).toEqual({ workingDays: 1 })
    expect(within('sts', 'resolution', { channel: 'widget' })).toEqual({ workingDays: 2 })
    expect(within('court', 'resolution', { channel: 'widget' })).toBeUndefined()
    expect(within('cryptopro', 'resolution', { channel: 'widget' })).toBeUndefined()
  })

  it('official letters are excepted from the one day of VIP, and keep the two days (edoc regulation, SLA section)', () => {
    for (const channel of channels)
      expect(within('edoc', 'resolution', { channel, level: 'vip' })).toEqual({
        workingDays: channel === 'letter' ? 2 : 1,
      })
  })

  it('after the information came the court answers within two working days (court rules, "Terms")', () => {
    expect(within('court', 'nextResponse', { channel: 'widget' })).toEqual({ workingDays: 2 })
    for (const desk of ['edoc', 'sts', 'cryptopro'])
      expect(within(desk, 'nextResponse', { channel: 'widget' })).toBeUndefined()
  })

  it('the first policy that fits counts, by request type as well', () => {
    const sla = [
      { metric: 'resolution', types: ['defect'], within: { workingDays: 5 } },
      { metric: 'resolution', within: { workingDays: 2 } },
    ] as const
    const facts = { channel: 'widget', level: 'basic', priority: 'normal' } as const
    const of = (type: string | undefined) =>
      policyFor({ sla: sla as never }, 'resolution', { ...facts, type })?.within
    expect(of('defect')).toEqual({ workingDays: 5 })
    expect(of('consultation')).toEqual({ workingDays: 2 })
    expect(of(undefined)).toEqual({ workingDays: 2 })
  })
})

describe('the first-response clock (edoc regulation, SLA section; product.md)', () => {
  const start = (at: string) => startClock(calendar, { workingMinutes: 15 }, at)

  it('15 working minutes, warned at one and two thirds', () => {
    expect(start(monday)).toEqual({
      target: { workingMinutes: 15 },
      startedAt: monday,
      pauses: [],
      dueAt: '2026-11-23T05:15:00.000Z',
      warned: 0,
      warnings: [
        { minutes: 5, at: '2026-11-23T05:05:00.000Z' },
        { minutes: 10, at: '2026-11-23T05:10:00.000Z' },
      ],
    })
  })

  it('by e-mail: one working day, which from 10:00 on ends at 10:00 of the next', () => {
    expect(startClock(calendar, { workingDays: 1 }, monday).dueAt).toBe('2026-11-24T05:00:00.000Z')
  })

  it.each([
    ['Friday 18:05 → Monday 09:15', '2026-11-20T13:05:00.000Z', '2026-11-23T04:15:00.000Z'],
    ['Friday 17:58 → Monday 09:13', '2026-11-20T12:58:00.000Z', '2026-11-23T04:13:00.000Z'],
    ['Saturday noon → Monday 09:15', '2026-11-21T07:00:00.000Z', '2026-11-23T04:15:00.000Z'],
    ['exactly at opening → 09:15', '2026-11-23T04:00:00.000Z', '2026-11-23T04:15:00.000Z'],
    ['17:45 → exactly at closing, 18:00', '2026-11-23T12:45:00.000Z', '2026-11-23T13:00:00.000Z'],
    [
      'the eve of Independence Day → the day after it',
      '2026-12-15T13:30:00.000Z',
      '2026-12-17T04:15:00.000Z',
    ],
    [
      'the eve of Nauryz, of which two days fall on a weekend → the fourth working day after',
      '2026-03-20T13:30:00.000Z',
      '2026-03-26T04:15:00.000Z',
    ],
  ])('counts working time only: %s', (_, at, dueAt) => {
    expect(start(at).dueAt).toBe(dueAt)
  })

  it('warnings fall in working time as well: of a request of Friday 17:57 one at 18:00 already next week', () => {
    const { warnings } = start('2026-11-20T12:57:00.000Z')
    expect(warnings.map(({ at }) => at)).toEqual(['2026-11-23T04:02:00.000Z', '2026-11-23T04:07:00.000Z'])
  })
})

describe('when a promise is warned of', () => {
  it.each([
    [15, [5, 10]],
    [30, [10, 20]],
    [60, [20, 40]],
    [120, [60]],
    [180, [90, 120]],
    [540, [270, 480]],
    [1080, [540, 1020]],
    [1, []],
  ])('of %i working minutes: after %j', (total, minutes) => {
    expect(warningMinutes(total)).toEqual(minutes)
  })
})

describe('pausing, resuming, reopening (product.md: "Waiting for the visitor stops the resolution clock")', () => {
  const start = startClock(calendar, { workingDays: 2 }, monday)

  it('two working days from Monday 10:00 end on Wednesday 10:00', () => {
    expect(start.dueAt).toBe('2026-11-25T05:00:00.000Z')
  })

  it('a pause of three working hours puts the end off by three working hours, over the night too', () => {
    const paused = pauseClock(start, '2026-11-23T12:00:00.000Z')
    const resumed = resumeClock(calendar, paused, '2026-11-24T06:00:00.000Z')
    expect(resumed.dueAt).toBe('2026-11-25T08:00:00.000Z')
  })

  it('a pause outside working hours changes nothing', () => {
    const paused = pauseClock(start, '2026-11-23T13:30:00.000Z')
    expect(resumeClock(calendar, paused, '2026-11-24T03:30:00.000Z').dueAt).toBe(start.dueAt)
  })

  it('what was warned of before the pause is not warned of again', () => {
    const paused = pauseClock({ ...start, warned: 1 }, '2026-11-24T06:00:00.000Z')
    const resumed = resumeClock(calendar, paused, '2026-11-26T06:00:00.000Z')
    expect(resumed.warned).toBe(1)
    expect(resumed.warnings[1]?.at).toBe('2026-11-26T13:00:00.000Z')
  })

  it('closed in the middle of a pause it was kept, however long the pause was', () => {
    const closed = stopClock(
      calendar,
      pauseClock(start, '2026-11-24T05:00:00.000Z'),
      '2026-12-30T05:00:00.000Z',
    )
    expect(verdictOf(closed, '2027-01-01T00:00:00.000Z')).toBe('met')
  })

  it('reopened, it goes on with what was left; the time between does not count', () => {
    const closed = stopClock(calendar, start, '2026-11-24T05:00:00.000Z')
    const open = restartClock(calendar, closed, '2026-12-01T05:00:00.000Z')
    expect(open).not.toHaveProperty('stoppedAt')
    expect(open.dueAt).toBe('2026-12-02T05:00:00.000Z')
  })

  it('paused twice, or resumed without a pause, nothing happens', () => {
    const paused = pauseClock(start, '2026-11-24T05:00:00.000Z')
    expect(pauseClock(paused, '2026-11-24T06:00:00.000Z')).toBe(paused)
    expect(resumeClock(calendar, start, '2026-11-24T06:00:00.000Z')).toBe(start)
  })
})

describe('planning anew', () => {
  const vip = startClock(calendar, { workingHours: 2 }, monday)

  it('a higher priority counts from the start: it may be late at once (edoc regulation, §20)', () => {
    const urgent = retargetClock(calendar, vip, { workingMinutes: 30 }, '2026-11-23T06:00:00.000Z')
    expect(urgent.dueAt).toBe('2026-11-23T05:30:00.000Z')
    expect(verdictOf(urgent, '2026-11-23T06:00:00.000Z')).toBe('overdue')
  })

  it('a lower priority does not undo a breach that was found', () => {
    const late = { ...vip, breachedAt: vip.dueAt }
    const eased = retargetClock(calendar, late, { workingDays: 1 }, '2026-11-23T07:30:00.000Z')
    expect(eased.breachedAt).toBe(vip.dueAt)
    expect(verdictOf(eased, '2026-11-23T07:30:00.000Z')).toBe('overdue')
  })

  const withHoliday = { ...calendar, exceptions: { ...calendar.exceptions, '2026-11-23': [] } }

  it('a day that turns out to be a holiday moves what is open, and clears what was late by mistake', () => {
    const late = { ...vip, breachedAt: vip.dueAt }
    const moved = recalendarClock(withHoliday, late, '2026-11-23T08:00:00.000Z')
    expect(moved.dueAt).toBe('2026-11-24T06:00:00.000Z')
    expect(verdictOf(moved, '2026-11-23T08:00:00.000Z')).toBe('running')
  })

  it('and leaves what is over as it was judged', () => {
    const over = stopClock(calendar, vip, '2026-11-23T07:30:00.000Z')
    expect(recalendarClock(withHoliday, over, '2026-11-23T08:00:00.000Z')).toBe(over)
  })

  it('put off to a day, it ends with the work of that day; never earlier than its own end (edoc regulation, §23)', () => {
    const two = startClock(calendar, { workingDays: 2 }, monday)
    expect(putOffClock(calendar, two, '2026-12-04', monday).dueAt).toBe('2026-12-04T13:00:00.000Z')
    expect(putOffClock(calendar, two, '2026-11-24', monday).dueAt).toBe(two.dueAt)
    expect(
      putOffClock(calendar, putOffClock(calendar, two, '2026-12-04', monday), undefined, monday),
    ).toEqual(two)
  })
})

describe('the verdict', () => {
  const clock: Clock = startClock(calendar, { workingMinutes: 15 }, monday)
  const due = '2026-11-23T05:15:00.000Z'
  const later = '2026-11-23T05:15:00.001Z'

  it.each([
    ['before the deadline', clock, monday, 'running'],
    ['at the very moment', clock, due, 'running'],
    ['after it', clock, later, 'overdue'],
    ['paused before it', pauseClock(clock, monday), later, 'paused'],
    ['answered at the very moment', stopClock(calendar, clock, due), later, 'met'],
    ['answered after it', stopClock(calendar, clock, later), later, 'breached'],
  ] as const)('%s', (_, given, now, verdict) => {
    expect(verdictOf(given, now)).toBe(verdict)
  })
})

it('an instant has one normal form whatever zone it was said in', () => {
  expect(instantOf(DateTime.fromISO('2026-11-23T10:00:00', { zone: 'Asia/Almaty' }))).toBe(monday)
})
