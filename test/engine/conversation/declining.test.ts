import { describe, expect, it } from 'vitest'
import { declineReasons, postponeReasons } from '../../../engine/conversation/outcome.ts'
import { preparedWords } from '../../../engine/conversation/preparedWords.ts'
import { renderMessage } from '../../../engine/conversation/render.ts'
import { aigerim, type Talk, timur } from '../../support/conversation.ts'
import { desks, edoc } from '../../support/edoc.ts'
import { live, recordsOf } from '../../support/talks.ts'

/** Everything one side reads, in Russian. */
const read = (talk: Talk, side: 'visitor' | 'operator') =>
  talk.messages
    .filter(({ audience }) => side === 'operator' || audience === 'everyone')
    .map((message) => {
      const stored = { ...message, seq: 1, eventId: 'e', at: '2026-11-23T05:00:00.000Z' }
      const { content } = renderMessage(edoc, { language: 'ru', side, channel: 'widget' }, stored)
      return 'text' in content ? (content.text ?? '') : ''
    })

const declined = {
  type: 'operator.declined',
  operator: aigerim,
  text: 'Проверить сам компьютер мы не можем.',
  reason: 'outOfScope',
  scope: 'own-computer',
} as const
const warned = { type: 'operator.warned', operator: aigerim, text: 'Просим без оскорблений.' } as const
const ended = { type: 'operator.ended', operator: aigerim } as const

describe('declining (edoc regulation, §9 and §6)', () => {
  it("is the operator's own message: it stops the first-response clock and closes the request with the reason", () => {
    const talk = live()
    const effects = talk.happen(declined)
    expect(effects[0]).toMatchObject({
      type: 'post',
      message: {
        audience: 'everyone',
        author: { kind: 'operator', id: aigerim.id },
        content: { text: declined.text },
      },
    })
    expect(effects.map(({ type }) => type)).toContain('cancelTimers')
    expect(talk.state.stage).toBe('resolved')
    expect(talk.ticket).toMatchObject({
      outcome: 'declined',
      declined: { reason: 'outOfScope', scope: 'own-computer' },
      resolvedAt: '2026-11-23T05:00:00.000Z',
      clocks: { firstResponse: { stoppedAt: '2026-11-23T05:00:00.000Z' } },
    })
  })

  it('tells the visitor that they may reopen or complain (§25), and asks for a rating as usual', () => {
    const talk = live()
    talk.happen(declined)
    expect(talk.lastSaid.text).toContain('№ 1001')
    expect(talk.lastSaid.text).toContain('support@mitwork.kz')
    expect(talk.lastSaid.rating).toBe(true)
    expect(talk.buttons).toEqual(['reopen', 'new'])
    talk.presses('rate:2')
    expect(talk.ticket).toMatchObject({ rating: 2, outcome: 'declined' })
  })

  it('leaves the reason in the history for colleagues, by its name', () => {
    const talk = live()
    expect(recordsOf(talk.happen(declined))).toContainEqual({
      type: 'declined',
      operator: aigerim.name,
      reason: 'outOfScope',
      scope: 'own-computer',
      for: 'operators',
    })
    expect(read(talk, 'operator').join()).toContain('Не в нашей компетенции (Компьютер пользователя)')
    expect(read(talk, 'visitor').join()).not.toContain('Не в нашей компетенции')
  })

  it.each([
    ['by the visitor', (talk: Talk) => talk.presses('reopen')],
    ['by an operator', (talk: Talk) => talk.happen({ type: 'operator.took', operator: timur })],
  ])('reopened %s, the request is as if it had not been declined', (_, reopen) => {
    const talk = live()
    talk.happen(declined)
    reopen(talk)
    for (const fact of ['outcome', 'declined', 'resolvedAt']) expect(talk.ticket).not.toHaveProperty(fact)
  })

  it.each([
    { ...declined, scope: 'nothing' },
    { ...declined, reason: 'notUnderstandable' },
  ] as const)(
    'a matter that the desk does not name, or that does not go with the reason, is refused',
    (event) => {
      const talk = live()
      expect(talk.refusalOf(talk.happen(event))).toEqual({ key: 'refusal.invalid' })
      expect(talk.state.stage).toBe('live')
    },
  )
})

describe('postponing (edoc regulation, §9)', () => {
  const postponed = {
    type: 'operator.postponed',
    operator: aigerim,
    text: 'Ждём ответа других специалистов.',
    reason: 'waiting',
    until: '2026-11-30',
  } as const

  it('tells the visitor and until when; the request stays with the operator and waits', () => {
    const talk = live()
    talk.happen(postponed)
    expect(talk.state).toMatchObject({ stage: 'live', operator: aigerim })
    expect(talk.ticket).toMatchObject({
      postponed: { reason: 'waiting', until: '2026-11-30' },
      clocks: { firstResponse: { stoppedAt: '2026-11-23T05:00:00.000Z' } },
    })
    expect(read(talk, 'visitor').slice(-2)).toEqual([
      postponed.text,
      'Работа по обращению отложена до 30 ноября',
    ])
    expect(read(talk, 'operator').at(-1)).toBe(
      'Айгерім Сәрсенова откладывает обращение. Причина: Ждём ответа других',
    )
  })

  it('needs no day', () => {
    const talk = live()
    const { until: _, ...withoutDay } = postponed
    talk.happen(withoutDay)
    expect(read(talk, 'visitor').at(-1)).toBe('Работа по обращению отложена')
    expect(talk.ticket.postponed).toEqual({ reason: 'waiting' })
  })

  it('ends with the next word of the visitor', () => {
    const talk = live()
    talk.happen(postponed)
    talk.writes('уже не нужно')
    expect(talk.ticket).not.toHaveProperty('postponed')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
  })

  it("ends with the operator's next word when others were waited for, not when the visitor is", () => {
    const reply = { type: 'operator.replied', operator: aigerim, text: 'Готово, проверьте.' } as const
    const others = live()
    others.happen(postponed)
    others.happen(reply)
    expect(others.ticket).not.toHaveProperty('postponed')
    const visitor = live()
    visitor.happen({ ...postponed, reason: 'tooLittleInformation' })
    visitor.happen(reply)
    expect(visitor.ticket).toHaveProperty('waitingFor')
  })

  it('today is still possible, yesterday is not, by the calendar where the desk is', () => {
    const talk = live()
    talk.at('2026-11-22T19:30:00.000Z')
    expect(talk.refusalOf(talk.happen({ ...postponed, until: '2026-11-22' }))).toEqual({
      key: 'refusal.pastDay',
    })
    talk.happen({ ...postponed, until: '2026-11-23' })
    expect(talk.ticket.postponed?.until).toBe('2026-11-23')
  })
})

describe('bringing in others (edoc regulation, §17, §22 and §23)', () => {
  const passedOn = {
    type: 'operator.passedOn',
    operator: aigerim,
    to: 'development',
    dueOn: '2026-12-01',
    note: 'падает служба подписи',
  } as const

  it('shows the visitor that it was passed on and for when, and never to whom or the note', () => {
    const talk = live()
    talk.happen(passedOn)
    expect(read(talk, 'visitor').at(-1)).toBe(
      'Вопрос передан профильным специалистам, ответ ожидается до 1 декабря',
    )
    const seen = JSON.stringify(talk.messages.filter(({ audience }) => audience === 'everyone'))
    expect(seen).not.toContain(passedOn.note)
    expect(seen).not.toContain('development')
  })

  it('shows colleagues all of it, and the request stays with the operator', () => {
    const talk = live()
    talk.happen(passedOn)
    expect(read(talk, 'operator').at(-1)).toBe(
      'Айгерім Сәрсенова привлекает других: отдел разработки. Заметка: падает служба подписи',
    )
    expect(talk.state).toMatchObject({ stage: 'live', operator: aigerim })
    expect(talk.ticket.passedOn).toMatchObject({ to: 'development', dueOn: '2026-12-01' })
  })

  it('is no answer: the first-response clock runs on (product.md)', () => {
    const talk = live()
    const effects = talk.happen(passedOn)
    expect(JSON.stringify(effects.filter(({ type }) => type === 'cancelTimers'))).not.toContain(
      'firstResponse',
    )
    expect(talk.ticket.clocks.firstResponse.stoppedAt).toBeUndefined()
  })

  it('is over with the request', () => {
    const talk = live()
    talk.happen(passedOn)
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Исправили' })
    expect(talk.ticket).not.toHaveProperty('passedOn')
    expect(talk.ticket.outcome).toBe('resolved')
  })

  it('a day that is over is refused', () => {
    const talk = live()
    expect(talk.refusalOf(talk.happen({ ...passedOn, dueOn: '2026-11-20' }))).toEqual({
      key: 'refusal.pastDay',
    })
  })
})

describe('insulting language (edoc regulation, §16)', () => {
  it('a conversation is ended only after a warning (product.md)', () => {
    const talk = live()
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    expect(talk.refusalOf(talk.happen(ended))).toEqual({ key: 'refusal.warnFirst' })
    talk.happen(warned)
    talk.happen(ended)
    expect(talk.state.stage).toBe('ended')
  })

  it('a warning is a message to the visitor; the history marks it for colleagues', () => {
    const talk = live()
    const effects = talk.happen(warned)
    expect(read(talk, 'visitor').at(-1)).toBe(warned.text)
    expect(talk.ticket).toMatchObject({
      warnedAt: '2026-11-23T05:00:00.000Z',
      clocks: { firstResponse: { stoppedAt: '2026-11-23T05:00:00.000Z' } },
    })
    expect(recordsOf(effects)).toContainEqual({ type: 'warned', operator: aigerim.name, for: 'operators' })
  })

  it('the end tells the visitor where to complain, and keeps the request for those who look into it', () => {
    const talk = live()
    talk.happen(warned)
    const effects = talk.happen({ ...ended, text: 'Всего доброго.' })
    expect(talk.lastSaid.text).toContain('support@mitwork.kz')
    expect(talk.buttons).toEqual(['new'])
    expect(recordsOf(effects)).toContainEqual({ type: 'endedBy', operator: aigerim.name, for: 'operators' })
    expect(talk.state).toMatchObject({ stage: 'ended', ticket: { number: 1001, outcome: 'ended' } })
  })

  it('after the end operators only note; the visitor may begin anew', () => {
    const talk = live()
    talk.happen(warned)
    talk.happen(ended)
    const reply = talk.happen({ type: 'operator.replied', operator: aigerim, text: 'и ещё' })
    expect(talk.refusalOf(reply)).toEqual({ key: 'refusal.finished' })
    expect(talk.happen({ type: 'operator.noted', operator: timur, text: 'смотрю' })).toHaveLength(1)
    expect(
      talk.happen({
        type: 'timer.fired',
        timer: 'firstResponse.breach',
        dueAt: '2026-11-23T05:15:00.000Z',
      }),
    ).toEqual([])
    talk.presses('new')
    expect(talk.state.stage).toBe('asking')
  })
})

describe('who may', () => {
  it.each([
    { ...declined, operator: timur },
    { type: 'operator.postponed', operator: timur, text: 'позже', reason: 'waiting' },
    { type: 'operator.passedOn', operator: timur, to: 'thirdParty' },
    { ...warned, operator: timur },
    { ...ended, operator: timur },
  ] as const)("only the conversation's own operator: $type", (event) => {
    const talk = live()
    expect(talk.refusalOf(talk.happen(event))).toEqual({
      key: 'refusal.notYours',
      params: { operator: aigerim.name },
    })
  })

  it('nobody before it was taken', () => {
    const talk = live()
    talk.happen({ type: 'operator.released', operator: aigerim })
    expect(talk.refusalOf(talk.happen(declined))).toEqual({ key: 'refusal.takeFirst' })
  })
})

describe('the prepared words', () => {
  const ticket = { done: [], values: {}, files: [], identityRefused: false }

  it.each([...desks.values()].map((desk) => [desk.id, desk] as const))(
    "of %s are in the visitor's language, under names in the console's",
    (_, desk) => {
      const words = preparedWords(desk, ticket, 'kk', 'ru')
      expect(words.declined.filter(({ scope }) => !scope).map(({ reason }) => reason)).toEqual([
        ...declineReasons,
      ])
      expect(words.postponed.map(({ reason }) => reason)).toEqual([...postponeReasons])
      for (const { label, text } of [...words.declined, ...words.postponed]) {
        expect(label).not.toMatch(/[әіңғүұқөһ]/i)
        expect(text).toMatch(/[әіңғүұқөһ]/i)
      }
      expect(words.warned).toContain(desk.contacts.complaints)
    },
  )

  it('of edoc name each matter of §6 with where to go instead', () => {
    const scopes = preparedWords(edoc, ticket, 'ru', 'ru').declined.filter(({ scope }) => scope)
    expect(scopes.slice(0, 5).map(({ label }) => label)).toEqual([
      'Сторонняя программа',
      'Компьютер пользователя',
      'Интернет или прокси',
      'Толкование законодательства',
      'Действия третьих лиц',
    ])
    expect(scopes[2]?.text).toContain('Обратитесь к вашему провайдеру')
  })
})
