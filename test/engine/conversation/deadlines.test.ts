import { describe, expect, it } from 'vitest'
import type { Activity } from '../../../engine/conversation/content.ts'
import type { TimerName } from '../../../engine/conversation/effect.ts'
import { aigerim, type Talk } from '../../support/conversation.ts'
import { desks, edoc } from '../../support/edoc.ts'
import { answered, live, waiting } from '../../support/talks.ts'

/* Whatever process raises a deadline, late, twice, too early or out of turn: it acts once, and in its turn. */

/** Monday 23 November 2026, 13:00 in Almaty. */
const later = '2026-11-23T08:00:00.000Z'
const cryptopro = desks.get('cryptopro')!

const asked = { type: 'operator.askedForInformation', operator: aigerim, text: 'Какой браузер?' } as const
const fires = (talk: Talk, timer: TimerName, dueAt = talk.timers[timer] ?? '') =>
  talk.happen({ type: 'timer.fired', timer, dueAt })
const told = (talk: Talk, types: readonly Activity['type'][]) =>
  talk.history.flatMap(({ type }) => (types.includes(type) ? [type] : []))
const firstResponse = ['firstResponseWarning', 'firstResponseBreached', 'firstResponseMet'] as const

describe('a deadline that is raised twice', () => {
  const cases: readonly [string, TimerName, () => Talk][] = [
    ['a warning', 'firstResponse.warning.5', waiting],
    ['a breach', 'firstResponse.breach', waiting],
    [
      'a reminder',
      'silence.reminder',
      () => {
        const talk = answered()
        talk.happen(asked)
        return talk
      },
    ],
    [
      'the end of the wait, where the operator decides',
      'silence.end',
      () => {
        const talk = answered()
        talk.happen(asked)
        return talk
      },
    ],
    [
      'the end of the wait, where it closes by itself',
      'silence.end',
      () => {
        const talk = answered({ desk: cryptopro })
        talk.happen(asked)
        return talk
      },
    ],
    [
      'the end of a postponement',
      'postponed.end',
      () => {
        const talk = answered()
        const text = 'Вернёмся к этому'
        talk.happen({
          type: 'operator.postponed',
          operator: aigerim,
          text,
          reason: 'waiting',
          until: '2026-11-24',
        })
        return talk
      },
    ],
    [
      'the day others named',
      'passedOn.due',
      () => {
        const talk = answered()
        talk.happen({ type: 'operator.passedOn', operator: aigerim, to: 'thirdParty', dueOn: '2026-11-24' })
        return talk
      },
    ],
  ]

  it.each(cases)('acts once: %s', (_, timer, of) => {
    const talk = of()
    const dueAt = talk.timers[timer] ?? ''
    talk.at(dueAt)
    expect(fires(talk, timer, dueAt)).not.toEqual([])
    const { state } = talk
    expect(fires(talk, timer, dueAt)).toEqual([])
    expect(talk.state).toEqual(state)
  })
})

describe('a deadline that comes before its moment (the clock of the machine was set back)', () => {
  it('is set once more, and comes again', () => {
    const talk = waiting()
    const dueAt = talk.timers['firstResponse.breach'] ?? ''
    talk.at('2026-11-23T05:14:59.999Z')
    expect(fires(talk, 'firstResponse.breach')).toEqual([
      { type: 'setTimer', timer: 'firstResponse.breach', dueAt },
    ])
    expect(told(talk, firstResponse)).toEqual([])
  })

  it('is not set in place of the moment it was moved to meanwhile', () => {
    const talk = answered()
    const before = talk.timers['resolution.breach'] ?? ''
    talk.happen({ type: 'operator.passedOn', operator: aigerim, to: 'development', dueOn: '2026-12-04' })
    talk.at(later)
    expect(fires(talk, 'resolution.breach', before)).toEqual([])
  })
})

describe('deadlines of one request that fell due while nobody raised them', () => {
  it('are put down in their order, whichever is raised first', () => {
    const talk = waiting()
    talk.at(later)
    fires(talk, 'firstResponse.breach')
    expect(told(talk, firstResponse)).toEqual([
      'firstResponseWarning',
      'firstResponseWarning',
      'firstResponseBreached',
    ])
    expect(Object.keys(talk.timers).filter((name) => name.startsWith('firstResponse'))).toEqual([])
  })

  it('have fallen for an answer that comes before they are raised', () => {
    const talk = live()
    talk.at(later)
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    expect(told(talk, firstResponse)).toEqual([
      'firstResponseWarning',
      'firstResponseWarning',
      'firstResponseBreached',
    ])
  })

  it('have fallen before the visitor is waited for: what was late by then is late', () => {
    const talk = answered()
    talk.at('2026-11-25T05:00:00.001Z')
    talk.happen(asked)
    expect(told(talk, ['resolutionBreached', 'resolutionPaused'])).toEqual([
      'resolutionBreached',
      'resolutionPaused',
    ])
    expect(talk.ticket.clocks.resolution?.breachedAt).toBe('2026-11-25T05:00:00.000Z')
  })

  it('have fallen before a lower priority moves them (edoc regulation, §20)', () => {
    const sla = [
      { metric: 'firstResponse' as const, priorities: ['urgent' as const], within: { workingHours: 1 } },
      { metric: 'firstResponse' as const, within: { workingHours: 8 } },
    ]
    const talk = waiting({ desk: { ...edoc, sla } })
    talk.happen({ type: 'operator.prioritised', operator: aigerim, priority: 'urgent' })
    talk.at(later)
    talk.happen({ type: 'operator.prioritised', operator: aigerim, priority: 'normal' })
    expect(talk.ticket.clocks.firstResponse).toMatchObject({
      breachedAt: '2026-11-23T06:00:00.000Z',
      dueAt: '2026-11-23T13:00:00.000Z',
    })
  })

  it('leave an answer at the very moment in time', () => {
    const talk = live()
    talk.at('2026-11-23T05:15:00.000Z')
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    expect(told(talk, firstResponse)).toEqual([
      'firstResponseWarning',
      'firstResponseWarning',
      'firstResponseMet',
    ])
  })
})
