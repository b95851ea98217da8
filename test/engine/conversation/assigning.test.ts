import { describe, expect, it } from 'vitest'
import type { NewMessage } from '../../../engine/conversation/content.ts'
import type { Effect } from '../../../engine/conversation/effect.ts'
import { aigerim, play, someone, type Talk, timur } from '../../support/conversation.ts'
import { desks, edoc } from '../../support/edoc.ts'
import { answered, live, waiting } from '../../support/talks.ts'

const sts = desks.get('sts')!
const court = desks.get('court')!

/** Monday 23 November 2026, 10:00 in Almaty, and later that day. */
const at = (time: string) => `2026-11-23T${time}:00.000Z`
const registeredAt = at('05:00')

const seenByVisitor = ({ audience }: NewMessage) => audience === 'everyone'
const records = (effects: readonly Effect[], fits: (message: NewMessage) => boolean = () => true) =>
  effects.flatMap((effect) =>
    effect.type === 'post' && effect.message.content.kind === 'activity' && fits(effect.message)
      ? [effect.message.content.activity]
      : [],
  )
const silent = (talk: Talk) => talk.timers['assignee.silent']

describe('a conversation that is given to an operator by the desk', () => {
  it('is theirs; the visitor sees who answers, colleagues that it was given', () => {
    const talk = waiting()
    const effects = talk.happen({ type: 'assignment.made', operator: aigerim })
    expect(talk.state).toMatchObject({ stage: 'live', operator: aigerim })
    expect(records(effects, seenByVisitor)).toEqual([{ type: 'took', operator: aigerim.name }])
    expect(records(effects)).toContainEqual({ type: 'assigned', operator: aigerim.name })
    expect(talk.ticket.cameBy).toEqual({ how: 'assigned', at: registeredAt })
  })

  it('stays with whoever took it by hand in the meantime, and where it is when it is over', () => {
    const taken = live()
    taken.happen({ type: 'assignment.made', operator: timur })
    expect(taken.state).toMatchObject({ operator: aigerim })
    const over = answered()
    over.happen({ type: 'operator.resolved', operator: aigerim })
    const before = over.state
    expect(over.happen({ type: 'assignment.made', operator: timur })).toEqual([])
    expect(over.state).toEqual(before)
  })
})

describe('an operator who says nothing', () => {
  it('has the conversation taken back after the desk’s working minutes, to the top of the queue', () => {
    const talk = live()
    expect(silent(talk)).toBe(at('05:10'))
    talk.passes(at('05:10'))
    expect(talk.state.stage).toBe('waiting')
    expect(talk.ticket.cameBy).toEqual({ how: 'silent', at: at('05:10'), from: aigerim.id })
    expect(talk.history).toContainEqual({ type: 'returnedSilent', operator: aigerim.name })
    expect(talk.lastSaid.text).toContain('снова в начале очереди')
  })

  it('is counted from when it came to them, and then from the visitor’s first word without an answer', () => {
    const talk = waiting()
    talk.at(at('05:08'))
    talk.happen({ type: 'operator.took', operator: aigerim })
    expect(silent(talk)).toBe(at('05:18'))
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    expect(silent(talk)).toBeUndefined()
    talk.at(at('06:00'))
    talk.writes('Что делать дальше?')
    talk.at(at('06:07'))
    talk.writes('Вы здесь?')
    expect(silent(talk)).toBe(at('06:10'))
  })

  it('keeps what is answered, and what waits for the visitor', () => {
    const talk = answered()
    talk.passes('2026-11-24T05:00:00.000Z')
    expect(talk.state.stage).toBe('live')
    talk.happen({ type: 'operator.askedForInformation', operator: aigerim, text: 'Какой браузер?' })
    expect(silent(talk)).toBeUndefined()
    talk.writes('Chrome')
    expect(silent(talk)).toBe('2026-11-24T05:10:00.000Z')
  })

  it('is not answered for by the assistant, a note, or a colleague; bringing in others counts', () => {
    const talk = live()
    talk.at(at('05:05'))
    talk.presses('operator')
    talk.happen({ type: 'operator.noted', operator: aigerim, text: 'смотрю' })
    expect(silent(talk)).toBe(at('05:10'))
    talk.happen({ type: 'operator.passedOn', operator: aigerim, to: 'development' })
    expect(silent(talk)).toBe(at('05:15'))
  })

  it('has the whole time again who gets it from a colleague', () => {
    const talk = live()
    talk.at(at('05:09'))
    talk.happen({ type: 'operator.transferred', operator: aigerim, to: timur })
    expect(silent(talk)).toBe(at('05:19'))
    expect(talk.ticket.cameBy).toMatchObject({ how: 'transferred', by: aigerim.id, from: aigerim.id })
  })

  it('is waited for within working time alone', () => {
    const talk = waiting({ at: at('12:55') })
    talk.happen({ type: 'operator.took', operator: aigerim })
    expect(silent(talk)).toBe('2026-11-24T04:05:00.000Z')
  })

  it('owes nothing once the request is closed or back in the queue', () => {
    const closed = live()
    closed.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    expect(silent(closed)).toBeUndefined()
    expect(closed.ticket).not.toHaveProperty('unansweredSince')
    const released = live()
    released.happen({ type: 'operator.released', operator: aigerim })
    expect(silent(released)).toBeUndefined()
  })

  it('a deadline that was moved meanwhile leads to nothing', () => {
    const talk = live()
    talk.at(at('05:09'))
    talk.happen({ type: 'operator.passedOn', operator: aigerim, to: 'thirdParty' })
    talk.at(at('05:10'))
    talk.happen({ type: 'timer.fired', timer: 'assignee.silent', dueAt: at('05:10') })
    expect(talk.state.stage).toBe('live')
  })
})

describe('an operator who is gone', () => {
  it('has what is unanswered taken back; what is answered stays theirs', () => {
    const owed = live()
    owed.happen({ type: 'assignee.away', operatorId: aigerim.id })
    expect(owed.state.stage).toBe('waiting')
    expect(owed.ticket.cameBy).toMatchObject({ how: 'away', from: aigerim.id })
    expect(owed.history.at(-1)).toEqual({ type: 'returnedAway', operator: aigerim.name })
    const quiet = answered()
    quiet.happen({ type: 'assignee.away', operatorId: aigerim.id })
    expect(quiet.state.stage).toBe('live')
  })

  it('has everything taken back who works there no longer', () => {
    const talk = answered()
    talk.happen({ type: 'assignee.away', operatorId: aigerim.id, left: true })
    expect(talk.state.stage).toBe('waiting')
    expect(talk.history).toContainEqual({ type: 'returnedLeft', operator: aigerim.name })
  })

  it('has nothing taken back that somebody else has by now', () => {
    const talk = live()
    talk.happen({ type: 'operator.transferred', operator: aigerim, to: timur })
    talk.happen({ type: 'assignee.away', operatorId: aigerim.id })
    expect(talk.state).toMatchObject({ stage: 'live', operator: timur })
  })

  it('the visitor who writes at night hears when somebody is there', () => {
    const talk = answered()
    talk.at('2026-11-23T17:00:00.000Z')
    talk.writes('Ещё вопрос')
    talk.happen({ type: 'assignee.away', operatorId: aigerim.id })
    expect(talk.lastSaid.text).toContain('Сейчас нерабочее время')
  })
})

describe('while nobody is there', () => {
  it('the visitor is told honestly, once, and the history has it', () => {
    const talk = waiting()
    talk.at(at('05:02'))
    talk.happen({ type: 'desk.unattended' })
    expect(talk.lastSaid.text).toContain('никого из специалистов нет на связи')
    expect(talk.lastSaid.text).toContain('постараемся ответить до 10:15')
    expect(talk.history.at(-1)).toEqual({ type: 'unattended' })
    expect(talk.happen({ type: 'desk.unattended' })).toEqual([])
  })

  it('nothing is promised any more when the moment is past', () => {
    const talk = waiting()
    talk.at(at('05:20'))
    talk.happen({ type: 'desk.unattended' })
    expect(talk.lastSaid.text).not.toMatch(/\d\d:\d\d/)
    expect(talk.lastSaid.text).toContain('сохранено')
  })

  it('it is told anew when the request waits again after somebody had it', () => {
    const talk = waiting()
    talk.happen({ type: 'desk.unattended' })
    talk.happen({ type: 'operator.took', operator: aigerim })
    expect(talk.ticket).not.toHaveProperty('unattendedAt')
    talk.happen({ type: 'operator.released', operator: aigerim })
    talk.happen({ type: 'desk.unattended' })
    expect(talk.history.filter(({ type }) => type === 'unattended')).toHaveLength(2)
  })
})

describe('a supervisor takes over', () => {
  const take = { type: 'operator.tookOver', operator: timur, supervises: true } as const

  it('in one act: the visitor sees who answers, colleagues from whom it was taken', () => {
    const talk = live()
    const effects = talk.happen(take)
    expect(talk.state).toMatchObject({ stage: 'live', operator: timur })
    expect(records(effects, seenByVisitor)).toEqual([{ type: 'took', operator: timur.name }])
    expect(records(effects)).toContainEqual({ type: 'tookOver', operator: timur.name, from: aigerim.name })
    expect(talk.ticket.cameBy).toMatchObject({ how: 'tookOver', by: timur.id, from: aigerim.id })
  })

  it('and nobody else does', () => {
    const talk = live()
    const effects = talk.happen({ type: 'operator.tookOver', operator: timur })
    expect(talk.refusalOf(effects)?.key).toBe('refusal.forbidden')
    expect(talk.state).toMatchObject({ operator: aigerim })
  })

  it('not what they have already, nor what is over', () => {
    const talk = live()
    talk.happen(take)
    expect(talk.happen(take)).toEqual([])
    talk.happen({ type: 'operator.resolved', operator: timur, text: 'Готово' })
    expect(talk.refusalOf(talk.happen(take))?.key).toBe('refusal.finished')
  })
})

describe('a request that goes to another desk', () => {
  const move = { type: 'operator.movedToDesk', operator: aigerim, to: sts, reason: 'это про шлюз' } as const

  it('waits there under the same number; the visitor sees to whom, colleagues also by whom and why', () => {
    const talk = answered()
    const effects = talk.happen(move)
    expect(talk.state.stage).toBe('waiting')
    expect(effects).toContainEqual({ type: 'moveToDesk', desk: 'sts' })
    expect(records(effects, seenByVisitor)).toEqual([{ type: 'movedToDesk', to: 'sts', number: 1001 }])
    expect(records(effects)).toContainEqual({
      type: 'movedToDeskBy',
      operator: aigerim.name,
      to: 'sts',
      reason: 'это про шлюз',
    })
    expect(talk.ticket.number).toBe(1001)
    expect(talk.ticket.cameBy).toMatchObject({ how: 'movedToDesk', from: aigerim.id })
  })

  it('by that desk’s rules from now on; a first answer that was given stays given', () => {
    const talk = answered()
    expect(talk.timers).toHaveProperty('resolution.breach')
    talk.happen({ ...move, to: court })
    expect(talk.ticket.clocks.firstResponse.stoppedAt).toBe(registeredAt)
    expect(talk.timers).not.toHaveProperty('firstResponse.breach')
    expect(talk.ticket.level).toBe('basic')
  })

  it('without the contract of the desk it leaves, which another desk may require of its own (cryptopro guide, §5)', () => {
    const cryptopro = desks.get('cryptopro')!
    const talk = answered()
    talk.happen({ ...move, to: cryptopro })
    expect(talk.ticket).toMatchObject({ level: 'basic', priority: 'low' })
    expect(talk.history).toContainEqual({ type: 'unrecognised', why: 'none' })
    talk.happen({ type: 'operator.took', operator: timur })
    talk.happen({ ...move, operator: timur, to: sts })
    expect(talk.ticket.priority).toBe('normal')
    talk.happen({ type: 'operator.took', operator: timur })
    talk.happen({ type: 'operator.prioritised', operator: timur, priority: 'urgent' })
    talk.happen({ ...move, operator: timur, to: cryptopro })
    expect(talk.ticket.priority).toBe('urgent')
  })

  it('a first answer that is owed stays owed from the registration on', () => {
    const talk = live()
    talk.at(at('05:08'))
    talk.happen(move)
    expect(talk.timers['firstResponse.breach']).toBe(at('05:15'))
    expect(talk.lastSaid.text).toContain('ответ будет до 10:15')
  })

  it('waits for the visitor no longer: the other desk reads it first', () => {
    const talk = answered()
    talk.happen({ type: 'operator.askedForInformation', operator: aigerim, text: 'Какой адрес?' })
    talk.happen(move)
    expect(talk.ticket).not.toHaveProperty('waitingFor')
    expect(talk.timers).not.toHaveProperty('silence.end')
  })

  it('only by who has it, or a supervisor, and not to where it is', () => {
    const talk = live()
    const refusal = (event: Parameters<typeof talk.happen>[0]) => talk.refusalOf(talk.happen(event))?.key
    expect(refusal({ ...move, operator: timur })).toBe('refusal.notYours')
    expect(refusal({ ...move, to: edoc })).toBe('refusal.sameDesk')
    expect(talk.state.stage).toBe('live')
    expect(refusal({ ...move, operator: timur, supervises: true })).toBeUndefined()
    expect(talk.state.stage).toBe('waiting')
    const queued = waiting()
    expect(queued.refusalOf(queued.happen(move))?.key).toBe('refusal.takeFirst')
  })

  it('what is asked after it is asked where the visitor began', () => {
    const talk = answered()
    talk.happen(move)
    expect(talk.state.home).toBe('edoc')
    expect(talk.desk.id).toBe('sts')
    talk.happen({ type: 'operator.took', operator: timur })
    talk.happen({ type: 'operator.resolved', operator: timur, text: 'Готово' })
    talk.presses('new')
    expect(talk.state).toMatchObject({ stage: 'asking' })
    expect(talk.state).not.toHaveProperty('home')
    expect(talk.desk.id).toBe('edoc')
  })

  it('and back again is at home', () => {
    const talk = answered()
    talk.happen(move)
    talk.happen({ type: 'operator.took', operator: timur })
    talk.happen({ ...move, operator: timur, to: edoc })
    expect(talk.state).not.toHaveProperty('home')
    expect(talk.desk.id).toBe('edoc')
  })

  it('keeps what the visitor told, whatever the other desk asks for', () => {
    const talk = play('widget', 'ru', registeredAt)
    talk.happen({ type: 'visitor.started' })
    talk.presses('operator')
    talk.presses('consent')
    talk.fills({ iin: someone.iin, fullName: someone.fullName, contact: someone.contact })
    talk.presses('connectNow')
    talk.happen({ type: 'operator.took', operator: aigerim })
    const { values } = talk.ticket
    talk.happen(move)
    expect(talk.ticket.values).toEqual(values)
  })
})
