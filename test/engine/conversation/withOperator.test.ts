import { describe, expect, it } from 'vitest'
import { aigerim, type Talk, timur } from '../../support/conversation.ts'
import { live, recordsOf, waiting } from '../../support/talks.ts'

const file = { id: '00000000-0000-4000-8000-0000000000f1', name: 'экран.png', type: 'image/png', bytes: 1000 }

function resolved() {
  const talk = live()
  talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
  return talk
}
const saved = (effects: ReturnType<Talk['happen']>) =>
  effects.flatMap((effect) => (effect.type === 'saveTicket' ? [effect.ticket] : [])).at(-1)

describe('in the queue', () => {
  it('the visitor may add words and files; the assistant does not talk over them', () => {
    const talk = waiting()
    expect(talk.writes('и ещё одно')).toHaveLength(1)
    expect(talk.happen({ type: 'visitor.attached', file, text: 'снимок' })).toHaveLength(1)
    expect(talk.messages.at(-1)?.content).toMatchObject({ kind: 'file', text: 'снимок' })
  })

  it('a button is answered with the real moment; after it with an apology, no new moment, and where to write about it (edoc regulation, §24 and §25)', () => {
    const talk = waiting()
    talk.presses('operator')
    expect(talk.lastSaid.text).toBe('Ваше обращение № 1001 у специалистов, ответ будет до 10:15.')
    talk.at('2026-11-23T05:15:01.000Z')
    talk.presses('operator')
    expect(talk.lastSaid.text).toContain('Простите, ответ задерживается')
    expect(talk.lastSaid.text).not.toMatch(/\d\d:\d\d/)
    expect(talk.lastSaid.text).toContain('support@mitwork.kz')
  })

  it('once a person has answered, a request back in the queue is neither late nor promised anew', () => {
    const talk = live()
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    talk.happen({ type: 'operator.released', operator: aigerim })
    talk.at('2026-11-24T05:00:00.000Z')
    talk.presses('operator')
    expect(talk.lastSaid.text).toBe('Обращение № 1001 ещё в работе. Пишите сюда, и специалист увидит.')
  })

  it('operators speak only after they took it; notes are free', () => {
    const talk = waiting()
    const reply = talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    expect(talk.refusalOf(reply)).toEqual({ key: 'refusal.takeFirst' })
    const note = talk.happen({ type: 'operator.noted', operator: timur, text: 'для своих' })
    expect(note).toMatchObject([{ message: { audience: 'operators', content: { text: 'для своих' } } }])
  })

  it('another question does not make a second request', () => {
    const talk = waiting()
    talk.presses('new')
    expect(talk.state).toMatchObject({ stage: 'waiting', ticket: { number: 1001 } })
    expect(talk.lastSaid.text).toContain('ещё в работе')
  })
})

describe('an operator and the visitor', () => {
  it('taking tells the visitor who answers', () => {
    const effects = waiting().happen({ type: 'operator.took', operator: aigerim })
    expect(recordsOf(effects)).toEqual([{ type: 'took', operator: aigerim.name, for: 'everyone' }])
  })

  it('of two the first has it, and the other is told who', () => {
    const talk = live()
    const second = talk.happen({ type: 'operator.took', operator: timur })
    expect(talk.refusalOf(second)).toEqual({ key: 'refusal.taken', params: { operator: aigerim.name } })
    expect(talk.happen({ type: 'operator.took', operator: aigerim })).toEqual([])
  })

  it.each([
    { type: 'operator.replied', operator: timur, text: 'и я' },
    { type: 'operator.attached', operator: timur, file },
    { type: 'operator.askedForInformation', operator: timur, text: 'что?' },
    { type: 'operator.resolved', operator: timur, text: 'всё' },
    { type: 'operator.released', operator: timur },
    { type: 'operator.transferred', operator: timur, to: timur },
  ] as const)('only who took it acts: $type', (event) => {
    const talk = live()
    expect(talk.refusalOf(talk.happen(event))).toEqual({
      key: 'refusal.notYours',
      params: { operator: aigerim.name },
    })
  })

  it('the first message of a person keeps the promise and cancels its deadlines', () => {
    const effects = live().happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    expect(effects).toContainEqual({
      type: 'cancelTimers',
      timers: [
        'firstResponse.warning.5',
        'firstResponse.warning.10',
        'firstResponse.breach',
        'assignee.silent',
      ],
    })
    expect(recordsOf(effects)).toEqual([
      { type: 'firstResponseMet', dueAt: '2026-11-23T05:15:00.000Z', for: 'operators' },
    ])
    expect(saved(effects)?.clocks.firstResponse.stoppedAt).toBe('2026-11-23T05:00:00.000Z')
  })

  it('a file is an answer too; taking, notes and handing over are not', () => {
    const answered = live()
    answered.happen({ type: 'operator.attached', operator: aigerim, file })
    expect(answered.ticket.clocks.firstResponse.stoppedAt).toBeDefined()
    const silent = live()
    silent.happen({ type: 'operator.noted', operator: aigerim, text: 'смотрю' })
    silent.happen({ type: 'operator.transferred', operator: aigerim, to: timur })
    expect(silent.ticket.clocks.firstResponse.stoppedAt).toBeUndefined()
  })

  it('a late answer to a breach nobody has raised yet puts it down, with its own moment', () => {
    const talk = live()
    talk.passes('2026-11-23T05:14:00.000Z')
    // who said nothing for so long takes it once more
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.at('2026-11-23T05:20:00.000Z')
    const effects = talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Простите' })
    expect(recordsOf(effects)).toEqual([
      { type: 'firstResponseBreached', dueAt: '2026-11-23T05:15:00.000Z', for: 'operators' },
    ])
    expect(saved(effects)?.clocks.firstResponse).toMatchObject({
      stoppedAt: '2026-11-23T05:20:00.000Z',
      breachedAt: '2026-11-23T05:15:00.000Z',
    })
    const raised = talk.happen({
      type: 'timer.fired',
      timer: 'firstResponse.breach',
      dueAt: '2026-11-23T05:15:00.000Z',
    })
    expect(raised).toEqual([])
  })

  it('handing over tells the visitor to whom, and colleagues why', () => {
    const effects = live().happen({
      type: 'operator.transferred',
      operator: aigerim,
      to: timur,
      reason: 'нужен разработчик',
    })
    expect(recordsOf(effects)).toEqual([
      { type: 'transferred', to: timur.name, for: 'everyone' },
      {
        type: 'transferredBy',
        from: aigerim.name,
        to: timur.name,
        reason: 'нужен разработчик',
        for: 'operators',
      },
    ])
  })

  it('a request cannot be handed to oneself', () => {
    const talk = live()
    const effects = talk.happen({ type: 'operator.transferred', operator: aigerim, to: aigerim })
    expect(talk.refusalOf(effects)).toEqual({ key: 'refusal.sameOperator' })
  })

  it('asking for information starts the wait for the visitor, and their answer ends it, in the saved ticket too', () => {
    const talk = live()
    const asked = talk.happen({
      type: 'operator.askedForInformation',
      operator: aigerim,
      text: 'Какой браузер?',
    })
    expect(saved(asked)?.waitingFor?.since).toBe('2026-11-23T05:00:00.000Z')
    const answered = talk.writes('Chrome')
    expect(saved(answered)).not.toHaveProperty('waitingFor')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
    expect(talk.writes('ещё слово')).toHaveLength(1)
  })

  it('a request that nobody has answered cannot be closed without a word', () => {
    const talk = live()
    expect(talk.refusalOf(talk.happen({ type: 'operator.resolved', operator: aigerim }))).toEqual({
      key: 'refusal.answerFirst',
    })
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    expect(talk.state.stage).toBe('resolved')
  })
})

describe('deadlines', () => {
  const warning = {
    type: 'timer.fired',
    timer: 'firstResponse.warning.5',
    dueAt: '2026-11-23T05:05:00.000Z',
  } as const
  const breach = {
    type: 'timer.fired',
    timer: 'firstResponse.breach',
    dueAt: '2026-11-23T05:15:00.000Z',
  } as const

  it.each([
    ['in the queue', waiting],
    ['with an operator who is silent', live],
  ])('warn and break the promise %s, for operators only', (_, begin) => {
    const talk = begin()
    talk.at(warning.dueAt)
    expect(recordsOf(talk.happen(warning))).toEqual([
      { type: 'firstResponseWarning', minutes: 5, dueAt: breach.dueAt, for: 'operators' },
    ])
    expect(talk.ticket.clocks.firstResponse.warned).toBe(1)
    talk.passes('2026-11-23T05:14:00.000Z')
    talk.at(breach.dueAt)
    expect(recordsOf(talk.happen(breach))).toEqual([
      { type: 'firstResponseBreached', dueAt: breach.dueAt, for: 'operators' },
    ])
    expect(talk.happen(breach)).toEqual([])
  })

  it('one that comes before its moment, because a clock was set back, is set once more', () => {
    expect(waiting().happen(breach)).toEqual([{ type: 'setTimer', timer: breach.timer, dueAt: breach.dueAt }])
  })
})

describe('resolved', () => {
  it('the visitor is asked for a rating of one to five', () => {
    const talk = resolved()
    expect(talk.lastSaid.rating).toBe(true)
    const effects = talk.presses('rate:4')
    expect(saved(effects)?.rating).toBe(4)
    expect(recordsOf(effects)).toEqual([{ type: 'rated', stars: 4, for: 'operators' }])
    expect(talk.refusalOf(talk.presses('rate:6' as 'rate:5'))).toEqual({ key: 'stale' })
  })

  it('reopening brings the same number back to the queue, and restarts no first response (product.md)', () => {
    const talk = resolved()
    const { firstResponse } = talk.ticket.clocks
    talk.at('2026-11-24T05:00:00.000Z')
    const effects = talk.presses('reopen')
    expect(talk.state).toMatchObject({
      stage: 'waiting',
      ticket: { number: 1001, clocks: { firstResponse } },
    })
    expect(talk.ticket).not.toHaveProperty('resolvedAt')
    expect(JSON.stringify(effects.filter(({ type }) => type === 'setTimer'))).not.toContain('firstResponse')
  })

  it('words are asked about: the old request or a new one; as a new one they are answered at once', () => {
    const talk = resolved()
    talk.writes('как восстановить пароль')
    expect(talk.buttons).toEqual(['reopen', 'new'])
    talk.presses('new')
    expect(talk.state.stage).toBe('asking')
    expect(talk.lastSaid.article).toBeDefined()
  })

  it('the operator may add a word or take it back; others may not speak', () => {
    const talk = resolved()
    expect(talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Ещё совет' })).toHaveLength(1)
    expect(
      talk.refusalOf(talk.happen({ type: 'operator.replied', operator: timur, text: 'и мой' }))?.key,
    ).toBe('refusal.notYours')
    talk.happen({ type: 'operator.took', operator: timur })
    expect(talk.state).toMatchObject({ stage: 'live', operator: timur })
    expect(talk.ticket).not.toHaveProperty('resolvedAt')
  })

  it('closing twice is refused', () => {
    const talk = resolved()
    expect(talk.refusalOf(talk.happen({ type: 'operator.resolved', operator: aigerim }))).toEqual({
      key: 'refusal.finished',
    })
  })
})

describe('personal numbers', () => {
  it('who looked at one is in the history, for operators only', () => {
    const effects = live().happen({ type: 'operator.revealed', operator: timur, field: 'iin' })
    expect(recordsOf(effects)).toEqual([
      { type: 'revealed', operator: timur.name, field: 'iin', for: 'operators' },
    ])
  })
})
