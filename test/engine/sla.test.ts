import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  type FirstResponseClock,
  firstResponseVerdict,
  instantOf,
  startFirstResponse,
} from '../../engine/sla.ts'
import { edoc } from '../support/edoc.ts'

const monday = '2026-11-23T05:00:00.000Z'

describe('the first-response clock (edoc regulation, SLA section; product.md)', () => {
  it.each(['widget', 'telegram'] as const)(
    'on %s: 15 working minutes, warned at one and two thirds',
    (channel) => {
      expect(startFirstResponse(edoc, channel, monday)).toEqual({
        startedAt: monday,
        dueAt: '2026-11-23T05:15:00.000Z',
        warned: 0,
        warnings: [
          { minutes: 5, at: '2026-11-23T05:05:00.000Z' },
          { minutes: 10, at: '2026-11-23T05:10:00.000Z' },
        ],
      })
    },
  )

  it('by e-mail: one working day, which from 10:00 on ends at 10:00 of the next', () => {
    expect(startFirstResponse(edoc, 'email', monday).dueAt).toBe('2026-11-24T05:00:00.000Z')
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
    expect(startFirstResponse(edoc, 'widget', at).dueAt).toBe(dueAt)
  })

  it('warnings fall in working time as well: of a request of Friday 17:57 one at 18:00 already next week', () => {
    const { warnings } = startFirstResponse(edoc, 'widget', '2026-11-20T12:57:00.000Z')
    expect(warnings.map(({ at }) => at)).toEqual(['2026-11-23T04:02:00.000Z', '2026-11-23T04:07:00.000Z'])
  })

  it('a desk that promises nothing on a channel is refused', () => {
    expect(() => startFirstResponse({ ...edoc, firstResponse: [] }, 'widget', monday)).toThrow(
      'desk edoc states no first response for channel widget',
    )
  })
})

describe('the verdict', () => {
  const clock: FirstResponseClock = startFirstResponse(edoc, 'widget', monday)
  const due = '2026-11-23T05:15:00.000Z'
  const later = '2026-11-23T05:15:00.001Z'

  it.each([
    ['before the deadline', clock, monday, 'running'],
    ['at the very moment', clock, due, 'running'],
    ['after it', clock, later, 'overdue'],
    ['answered at the very moment', { ...clock, respondedAt: due }, later, 'met'],
    ['answered after it', { ...clock, respondedAt: later }, later, 'breached'],
  ] as const)('%s', (_, given, now, verdict) => {
    expect(firstResponseVerdict(given, now)).toBe(verdict)
  })
})

it('an instant has one normal form whatever zone it was said in', () => {
  expect(instantOf(DateTime.fromISO('2026-11-23T10:00:00', { zone: 'Asia/Almaty' }))).toBe(monday)
})
