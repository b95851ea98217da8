import { describe, expect, it } from 'vitest'
import type { Activity } from '../../../engine/conversation/content.ts'
import { aigerim, play, type Talk, timur } from '../../support/conversation.ts'
import { desks, edoc } from '../../support/edoc.ts'
import { answered } from '../../support/talks.ts'

/** Monday 23 November 2026, 10:00 in Almaty. */
const monday = '2026-11-23T05:00:00.000Z'

const asked = { type: 'operator.askedForInformation', operator: aigerim, text: 'Какой браузер?' } as const
const offered = { type: 'operator.offeredSolution', operator: aigerim, text: 'Обновите страницу' } as const
const of = (talk: Talk, type: Activity['type']) => talk.history.filter((activity) => activity.type === type)
const court = desks.get('court')!
const cryptopro = desks.get('cryptopro')!
const sts = desks.get('sts')!

describe('the resolution (edoc regulation, SLA section: closed within two working days)', () => {
  it('is promised from the registration, and kept by the close', () => {
    const talk = answered()
    expect(talk.timers['resolution.breach']).toBe('2026-11-25T05:00:00.000Z')
    talk.passes('2026-11-25T04:59:00.000Z')
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    expect(talk.history.at(-2)).toEqual({ type: 'resolutionMet', dueAt: '2026-11-25T05:00:00.000Z' })
    expect(talk.timers).toEqual({})
  })

  it('is warned of half way and an hour before its end, and broken at its moment, once', () => {
    const talk = answered()
    talk.passes('2026-11-27T05:00:00.000Z')
    expect(of(talk, 'resolutionWarning').map((one) => 'minutes' in one && one.minutes)).toEqual([540, 1020])
    expect(of(talk, 'resolutionBreached')).toHaveLength(1)
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    expect(of(talk, 'resolutionBreached')).toHaveLength(1)
    expect(of(talk, 'resolutionMet')).toHaveLength(0)
  })

  it('stands still while the visitor is waited for, and goes on with their answer (product.md)', () => {
    const talk = answered()
    talk.happen(asked)
    expect(talk.timers).not.toHaveProperty('resolution.breach')
    talk.passes('2026-11-23T08:00:00.000Z')
    talk.writes('Chrome')
    expect(talk.timers['resolution.breach']).toBe('2026-11-25T08:00:00.000Z')
    expect(of(talk, 'resolutionPaused')).toHaveLength(1)
    expect(talk.history.at(-1)).toEqual({ type: 'resolutionResumed', dueAt: '2026-11-25T08:00:00.000Z' })
  })

  it('wakes also a request that was given back to the queue meanwhile', () => {
    const talk = answered()
    talk.happen(asked)
    talk.happen({ type: 'operator.released', operator: aigerim })
    talk.writes('Chrome')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
    expect(talk.timers).toHaveProperty('resolution.breach')
  })

  it('stands still when postponed for lack of information, not while others are waited for (edoc regulation, §9)', () => {
    const postponed = { type: 'operator.postponed', operator: aigerim, text: 'Позже' } as const
    const lacking = answered()
    lacking.happen({ ...postponed, reason: 'tooLittleInformation' })
    expect(lacking.timers).not.toHaveProperty('resolution.breach')
    const others = answered()
    others.happen({ ...postponed, reason: 'waiting' })
    expect(others.timers).toHaveProperty('resolution.breach')
  })

  it('is put off to the day that developers name (edoc regulation, §23), and to nobody else', () => {
    const talk = answered()
    const passedOn = { type: 'operator.passedOn', operator: aigerim, dueOn: '2026-12-04' } as const
    talk.happen({ ...passedOn, to: 'thirdParty' })
    expect(talk.timers['resolution.breach']).toBe('2026-11-25T05:00:00.000Z')
    talk.happen({ ...passedOn, to: 'development' })
    expect(talk.timers['resolution.breach']).toBe('2026-12-04T13:00:00.000Z')
    expect(of(talk, 'replanned')).toEqual([
      { type: 'replanned', metric: 'resolution', dueAt: '2026-12-04T13:00:00.000Z', because: 'passedOn' },
    ])
  })

  it('may be kept at once: right after the information came, long before its end (edoc regulation, §18)', () => {
    const talk = answered()
    talk.happen(asked)
    talk.passes('2026-11-23T05:01:00.000Z')
    talk.writes('Chrome')
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    expect(talk.state.stage).toBe('resolved')
    expect(of(talk, 'resolutionMet')).toHaveLength(1)
    expect(talk.timers).toEqual({})
  })

  it('goes on after a reopening with what was left of it; the time between does not count', () => {
    const talk = answered()
    talk.passes('2026-11-24T05:00:00.000Z')
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    talk.passes('2026-12-01T05:00:00.000Z')
    talk.presses('reopen')
    expect(talk.timers['resolution.breach']).toBe('2026-12-02T05:00:00.000Z')
    expect(talk.ticket.number).toBe(1001)
  })

  it('is promised by no clock where the desk states none (product.md: court)', () => {
    expect(answered({ desk: court }).ticket.clocks).not.toHaveProperty('resolution')
  })
})

describe('the next response (court rules, "Terms": two working days after the information came)', () => {
  it('is owed from the answer on, and given by the next word of a person', () => {
    const talk = answered({ desk: court })
    talk.happen(asked)
    expect(talk.timers).not.toHaveProperty('nextResponse.breach')
    talk.passes('2026-11-24T06:00:00.000Z')
    talk.writes('Chrome')
    expect(talk.timers['nextResponse.breach']).toBe('2026-11-26T06:00:00.000Z')
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Спасибо' })
    expect(of(talk, 'nextResponseMet')).toHaveLength(1)
    expect(talk.timers).not.toHaveProperty('nextResponse.breach')
  })

  it('is late at its moment, and judged as late', () => {
    const talk = answered({ desk: court })
    talk.happen(asked)
    talk.writes('Chrome')
    talk.passes('2026-11-26T06:00:00.000Z')
    expect(of(talk, 'nextResponseBreached')).toHaveLength(1)
  })

  it('is owed anew by each answer, and by none to words nobody asked for', () => {
    const talk = answered({ desk: court })
    talk.writes('и ещё')
    expect(talk.ticket.clocks).not.toHaveProperty('nextResponse')
    for (const moment of ['2026-11-24T06:00:00.000Z', '2026-11-25T06:00:00.000Z']) {
      talk.happen(asked)
      talk.passes(moment)
      talk.writes('вот')
      expect(talk.ticket.clocks.nextResponse?.startedAt).toBe(moment)
      talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Спасибо' })
    }
  })
})

describe('a silent visitor', () => {
  it('edoc: reminded half way; after 8 working hours the operator is offered the close (edoc regulation, §15)', () => {
    const talk = answered()
    talk.happen(asked)
    talk.passes('2026-11-23T09:00:00.000Z')
    expect(talk.lastSaid.text).toBe(
      'Напоминаю: по обращению № 1001 специалист ждёт от вас ответа. Если не ответить до 18:00, обращение могут закрыть.',
    )
    talk.passes('2026-11-23T12:59:00.000Z')
    expect(talk.ticket.waitingFor).not.toHaveProperty('over')
    talk.passes('2026-11-23T13:00:00.000Z')
    expect(talk.ticket.waitingFor?.over).toBe(true)
    expect(talk.state.stage).toBe('live')
    expect(of(talk, 'silenceOver')).toHaveLength(1)
  })

  it('is not reminded of a moment that is over already, after the server was down', () => {
    const talk = answered()
    talk.happen(asked)
    talk.at('2026-11-24T05:00:00.000Z')
    talk.happen({ type: 'timer.fired', timer: 'silence.reminder', dueAt: '2026-11-23T09:00:00.000Z' })
    talk.passes('2026-11-24T05:00:00.000Z')
    expect(of(talk, 'reminded')).toHaveLength(0)
    expect(of(talk, 'silenceOver')).toHaveLength(1)
  })

  it('edoc: only then may the operator close it, with what was done (edoc regulation, §15)', () => {
    const talk = answered()
    talk.happen(asked)
    const close = { type: 'operator.closedUnanswered', operator: aigerim, text: 'Ответа нет.' } as const
    expect(talk.refusalOf(talk.happen(close))).toEqual({ key: 'refusal.stillWaiting' })
    talk.passes('2026-11-23T13:00:00.000Z')
    talk.happen(close)
    expect(talk.state).toMatchObject({ stage: 'resolved', ticket: { outcome: 'noAnswer' } })
    expect(talk.buttons).toEqual(['reopen', 'new'])
    expect(talk.ticket.done.map(({ what }) => what)).toEqual(['took', 'answered', 'asked', 'reminded'])
  })

  it('edoc: answered after the time is over and before the close, it goes on', () => {
    const talk = answered()
    talk.happen(asked)
    talk.passes('2026-11-23T13:00:00.000Z')
    talk.writes('Chrome')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
    const close = { type: 'operator.closedUnanswered', operator: aigerim, text: 'Ответа нет.' } as const
    expect(talk.refusalOf(talk.happen(close))).toEqual({ key: 'refusal.stillWaiting' })
  })

  it('court: after 72 hours of working time the request ends by itself (court rules, "Terms")', () => {
    const talk = answered({ desk: court })
    talk.happen(asked)
    // 8.5 h of Monday, six days of 9.5 h, and 6.5 h of the eighth working day
    talk.passes('2026-12-02T10:29:00.000Z')
    expect(talk.state.stage).toBe('live')
    talk.passes('2026-12-02T10:30:00.000Z')
    expect(talk.state).toMatchObject({ stage: 'resolved', ticket: { outcome: 'noAnswer' } })
    expect(talk.lastSaid.text).toContain('Мы не получили от вас ответа')
  })

  it('court: a solution that was offered is no request for information, and ends nothing', () => {
    const talk = answered({ desk: court })
    talk.happen(offered)
    expect(talk.timers).not.toHaveProperty('silence.end')
  })

  it.each([
    ['a question', asked],
    ['a solution', offered],
  ])(
    'cryptopro: three working days without a reaction to %s close the request (cryptopro guide, §6)',
    (_, event) => {
      const talk = answered({ desk: cryptopro })
      talk.happen(event)
      talk.passes('2026-11-25T05:00:00.000Z')
      expect(of(talk, 'reminded')).toHaveLength(1)
      talk.passes('2026-11-26T04:59:00.000Z')
      expect(talk.state.stage).toBe('live')
      talk.passes('2026-11-26T05:00:00.000Z')
      expect(talk.state).toMatchObject({
        stage: 'resolved',
        operator: aigerim,
        ticket: { outcome: 'noAnswer' },
      })
    },
  )

  it('cryptopro: what is closed so counts as done in time (cryptopro guide, §6)', () => {
    const sla = [...cryptopro.sla, { metric: 'resolution' as const, within: { workingDays: 2 } }]
    const talk = answered({ desk: { ...cryptopro, sla } })
    talk.happen(asked)
    talk.passes('2026-12-04T05:00:00.000Z')
    expect(talk.state).toMatchObject({ stage: 'resolved', ticket: { outcome: 'noAnswer' } })
    expect(of(talk, 'resolutionMet')).toHaveLength(1)
    expect(of(talk, 'resolutionBreached')).toHaveLength(0)
  })

  it('cryptopro: the visitor may open it again, or make a new one (cryptopro guide, §6)', () => {
    const talk = answered({ desk: cryptopro })
    talk.happen(asked)
    talk.passes('2026-11-26T05:00:00.000Z')
    expect(talk.buttons).toEqual(['reopen', 'new'])
    talk.presses('reopen')
    expect(talk.state).toMatchObject({ stage: 'waiting', ticket: { number: 1001 } })
    expect(talk.ticket).not.toHaveProperty('outcome')
  })

  it('sts: nothing happens, the desk has no rule (product.md)', () => {
    const talk = answered({ desk: sts })
    talk.happen(asked)
    expect(Object.keys(talk.timers).filter((name) => name.startsWith('silence'))).toEqual([])
  })

  it('who asks again waits anew', () => {
    const talk = answered({ desk: cryptopro })
    talk.happen(asked)
    talk.passes('2026-11-24T05:00:00.000Z')
    talk.happen(asked)
    expect(talk.timers['silence.end']).toBe('2026-11-27T05:00:00.000Z')
  })

  it('an answer in time leaves no deadline behind', () => {
    const talk = answered({ desk: cryptopro })
    talk.happen(asked)
    talk.writes('вот')
    talk.passes('2026-12-30T05:00:00.000Z')
    expect(talk.state.stage).not.toBe('resolved')
    expect(of(talk, 'reminded')).toHaveLength(0)
  })
})

describe('an offered solution', () => {
  it('asks the visitor whether it helped', () => {
    const talk = answered()
    talk.happen(offered)
    expect(talk.lastSaid.text).toBe('Скажите, пожалуйста, помогло ли это решение.')
    expect(talk.buttons).toEqual(['resolved', 'notResolved'])
  })

  it('that helped ends the request, and is rated', () => {
    const talk = answered()
    talk.happen(offered)
    talk.presses('resolved')
    expect(talk.state).toMatchObject({ stage: 'resolved', ticket: { outcome: 'resolved' } })
    expect(talk.lastSaid.rating).toBe(true)
    expect(of(talk, 'resolutionMet')).toHaveLength(1)
  })

  it('sts: once it is done the visitor closes the request themselves, and then rates it (sts instruction, item 12)', () => {
    const talk = answered({ desk: sts })
    talk.happen(offered)
    expect(talk.lastSaid.rating).toBeFalsy()
    talk.presses('resolved')
    expect(talk.state).toMatchObject({ stage: 'resolved', ticket: { outcome: 'resolved' } })
    expect(talk.lastSaid.rating).toBe(true)
    talk.presses('rate:4')
    talk.writes('спасибо')
    expect(talk.ticket).toMatchObject({ rating: 4, comment: 'спасибо' })
  })

  it('that did not help wakes the request, and asks what is wrong', () => {
    const talk = answered()
    talk.happen(offered)
    talk.presses('notResolved')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
    expect(talk.timers).toHaveProperty('resolution.breach')
    expect(talk.lastSaid.text).toContain('что именно не получилось')
  })

  it('can be judged as well after the operator gave the request back to the queue', () => {
    const talk = answered()
    talk.happen(offered)
    talk.happen({ type: 'operator.released', operator: aigerim })
    talk.presses('resolved')
    expect(talk.state).toMatchObject({ stage: 'resolved', operator: aigerim })
  })
})

describe('the priority (edoc regulation, §13 and §20: the operator sets it)', () => {
  const urgent = { type: 'operator.prioritised', operator: timur, priority: 'urgent' } as const

  it('may be set by anybody in the queue, later by whoever has the request, or a supervisor', () => {
    const talk = play('widget', 'ru', monday)
    talk.presses('operator')
    talk.presses('connectNow')
    talk.happen(urgent)
    expect(talk.ticket.priority).toBe('urgent')
    talk.happen({ type: 'operator.took', operator: aigerim })
    expect(talk.refusalOf(talk.happen({ ...urgent, priority: 'normal' }))?.key).toBe('refusal.notYours')
    talk.happen({ ...urgent, priority: 'immediate', supervises: true })
    expect(talk.ticket.priority).toBe('immediate')
    expect(of(talk, 'prioritised')).toHaveLength(2)
  })

  it('plans the promises anew where they depend on it', () => {
    const sla = [
      { metric: 'firstResponse' as const, priorities: ['urgent' as const], within: { workingHours: 1 } },
      { metric: 'firstResponse' as const, within: { workingHours: 2 } },
    ]
    const talk = play('widget', 'ru', monday, { ...edoc, sla })
    talk.presses('operator')
    talk.presses('connectNow')
    talk.happen(urgent)
    expect(talk.timers['firstResponse.breach']).toBe('2026-11-23T06:00:00.000Z')
    expect(talk.history.at(-1)).toEqual({
      type: 'replanned',
      metric: 'firstResponse',
      dueAt: '2026-11-23T06:00:00.000Z',
      because: 'priority',
    })
  })
})

describe('the acknowledgement (court rules, "Terms": within an hour of arrival)', () => {
  it('is given by the registration itself, at the same moment', () => {
    const talk = play('telegram', 'ru', monday, court)
    talk.presses('operator')
    talk.presses('connectNow')
    expect(
      talk.messages.some(({ content }) => content.kind === 'said' && content.ticket?.number === 1001),
    ).toBe(true)
  })
})

describe('days that were named', () => {
  it('a request put off to a day is worked on again when that day begins (edoc regulation, §9)', () => {
    const talk = answered()
    talk.happen({
      type: 'operator.postponed',
      operator: aigerim,
      text: 'Позже',
      reason: 'tooLittleInformation',
      until: '2026-11-30',
    })
    talk.passes('2026-11-30T03:59:00.000Z')
    expect(talk.ticket).toHaveProperty('postponed')
    talk.passes('2026-11-30T04:00:00.000Z')
    expect(talk.ticket).not.toHaveProperty('postponed')
    expect(of(talk, 'postponementOver')).toHaveLength(1)
    expect(talk.timers).toHaveProperty('resolution.breach')
  })

  it('a question put while others are waited for outlives that wait: only the answer to it ends it', () => {
    const talk = answered()
    const text = 'Ждём разработчиков'
    talk.happen({
      type: 'operator.postponed',
      operator: aigerim,
      text,
      reason: 'waiting',
      until: '2026-11-24',
    })
    talk.happen(asked)
    talk.passes('2026-11-24T05:00:00.000Z')
    expect(talk.ticket).not.toHaveProperty('postponed')
    expect(talk.ticket.waitingFor?.what).toBe('information')
    expect(talk.timers).not.toHaveProperty('resolution.breach')
  })

  it('nor does another word of the operator end the wait for that answer', () => {
    const talk = answered()
    talk.happen({ type: 'operator.postponed', operator: aigerim, text: 'Ждём', reason: 'waiting' })
    talk.happen(asked)
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Версию тоже, пожалуйста' })
    expect(talk.ticket).not.toHaveProperty('postponed')
    expect(talk.ticket.waitingFor?.what).toBe('information')
  })

  it('the operator is told when the day is over that others were to be ready by, once (edoc regulation, §17)', () => {
    const talk = answered()
    talk.happen({ type: 'operator.passedOn', operator: aigerim, to: 'thirdParty', dueOn: '2026-11-24' })
    talk.passes('2026-11-24T13:00:00.000Z')
    expect(of(talk, 'passedOnDue')).toHaveLength(1)
    talk.passes('2026-11-27T13:00:00.000Z')
    expect(of(talk, 'passedOnDue')).toHaveLength(1)
  })
})

describe('a calendar that is edited', () => {
  const calendar = { ...edoc.calendar, exceptions: { ...edoc.calendar.exceptions, '2026-11-24': [] } }

  it('plans every open deadline anew at once, and tells it in the history', () => {
    const desk = { ...edoc }
    const talk = play('widget', 'ru', monday, desk)
    talk.presses('operator')
    talk.presses('connectNow')
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    Object.assign(desk, { calendar })
    talk.happen({ type: 'calendar.changed' })
    expect(talk.timers['resolution.breach']).toBe('2026-11-26T05:00:00.000Z')
    expect(talk.history.at(-1)).toEqual({
      type: 'replanned',
      metric: 'resolution',
      dueAt: '2026-11-26T05:00:00.000Z',
      because: 'calendar',
    })
  })

  it('moves the wait for the visitor and the named days as well', () => {
    const desk = { ...cryptopro }
    const talk = answered({ desk })
    talk.happen(asked)
    talk.happen({ type: 'operator.passedOn', operator: aigerim, to: 'thirdParty', dueOn: '2026-11-24' })
    Object.assign(desk, { calendar })
    talk.happen({ type: 'calendar.changed' })
    expect(talk.timers['silence.end']).toBe('2026-11-27T05:00:00.000Z')
    expect(talk.timers['passedOn.due']).toBe('2026-11-23T13:00:00.000Z')
    expect(of(talk, 'replanned').map((one) => 'metric' in one && one.metric)).toEqual(['silence', 'passedOn'])
  })

  it('takes back a breach that was one only by its mistake: a decree came late (product.md, moved days)', () => {
    const desk = { ...edoc }
    const talk = play('widget', 'ru', '2026-11-24T05:00:00.000Z', desk)
    talk.presses('operator')
    talk.presses('connectNow')
    talk.passes('2026-11-25T05:00:00.000Z')
    expect(of(talk, 'firstResponseBreached')).toHaveLength(1)
    Object.assign(desk, {
      calendar: { ...calendar, exceptions: { ...calendar.exceptions, '2026-11-25': [] } },
    })
    talk.happen({ type: 'calendar.changed' })
    expect(talk.timers['firstResponse.breach']).toBe('2026-11-26T04:15:00.000Z')
    talk.at('2026-11-26T04:10:00.000Z')
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    expect(of(talk, 'firstResponseMet')).toHaveLength(1)
  })

  it('leaves a request as it is, and its history, when nothing of it moves', () => {
    const desk = { ...edoc }
    const talk = answered({ desk })
    const before = talk.state
    Object.assign(desk, {
      calendar: { ...edoc.calendar, exceptions: { ...edoc.calendar.exceptions, '2026-12-30': [] } },
    })
    expect(talk.happen({ type: 'calendar.changed' })).toEqual([])
    expect(talk.state).toBe(before)
  })

  it('changes nothing where nothing is open', () => {
    const talk = answered()
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    expect(talk.happen({ type: 'calendar.changed' })).toEqual([])
  })
})

describe('reopening', () => {
  function over() {
    const talk = answered()
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    return talk
  }

  it("is possible within the desk's days, to the end of the last", () => {
    const talk = over()
    talk.passes('2026-12-23T18:59:00.000Z')
    talk.presses('reopen')
    expect(talk.state.stage).toBe('waiting')
  })

  it('later a new request is made from the old one: with its answers, under a number of its own', () => {
    const talk = over()
    talk.passes('2026-12-23T19:00:00.000Z')
    talk.presses('reopen')
    expect(talk.state.stage).toBe('resolved')
    expect(talk.buttons).toEqual(['newFrom', 'new'])
    const { values } = talk.ticket
    talk.presses('newFrom')
    expect(talk.state).toMatchObject({ stage: 'reviewing', draft: { values } })
    talk.presses('confirm')
    expect(talk.state.stage).toBe('waiting')
    expect(talk.ticket.registeredAt).toBe('2026-12-23T19:00:00.000Z')
  })
})

describe('the rating', () => {
  it('may come with a comment, which is kept with the request', () => {
    const talk = answered()
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    talk.presses('rate:2')
    talk.writes('долго ждал')
    expect(talk.ticket).toMatchObject({ rating: 2, comment: 'долго ждал' })
    expect(of(talk, 'commented')).toHaveLength(1)
    talk.writes('как восстановить пароль')
    expect(talk.ticket.comment).toBe('долго ждал')
  })

  it('what was meant as a new question is answered when the visitor says so', () => {
    const talk = answered()
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    talk.presses('rate:5')
    talk.writes('как восстановить пароль')
    talk.presses('new')
    expect(talk.state.stage).toBe('asking')
    expect(talk.lastSaid.article).toBeDefined()
  })
})
