import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../engine/conversation/effect.ts'
import { isUnanswered, isWorthLearning, questionText } from '../../../engine/faq/askedQuestion.ts'
import { play, someone } from '../../support/conversation.ts'

const begun = () => {
  const talk = play('widget', 'ru')
  talk.happen({ type: 'visitor.started' })
  return talk
}
const questions = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'noteQuestion' ? [effect.question] : []))
const outcomes = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'noteOutcome' ? [[effect.question, effect.outcome]] : []))

const clear = 'как восстановить пароль'
const strange = 'где поставить велосипед сотруднику'

describe('a question is noted to learn from', () => {
  it('with what was understood and shown', () => {
    const talk = begun()
    talk.writes(clear)
    const [asked] = questions(talk.effects)
    expect(asked).toMatchObject({
      id: 'event-2',
      text: clear,
      intent: 'question',
      confident: true,
      language: 'ru',
    })
    expect(asked?.opened).toEqual([talk.lastSaid.article?.id])
    expect(asked?.offered[0]).toBe(asked?.opened[0])
  })

  it('and whether the article helped, did not, or a person was asked for', () => {
    const helped = begun()
    helped.writes(clear)
    const id = helped.lastSaid.article?.id
    helped.presses('helped')
    expect(outcomes(helped.effects)).toEqual([['event-2', { helped: id }]])

    const not = begun()
    not.writes(clear)
    not.presses('notHelped')
    expect(outcomes(not.effects)).toEqual([['event-2', { notHelped: id, toPerson: true }]])

    const person = begun()
    person.writes(strange)
    person.writes('соедините с оператором')
    expect(outcomes(person.effects)).toEqual([['event-2', { toPerson: true }]])
    expect(questions(person.effects)).toHaveLength(1)
  })

  it('an opened suggestion belongs to the question it was offered for', () => {
    const talk = begun()
    talk.writes('подпись')
    const [offered] = talk.lastSaid.articles ?? []
    talk.presses(`article:${offered?.id}`)
    talk.presses('helped')
    expect(outcomes(talk.effects)).toEqual([
      ['event-2', { opened: offered?.id }],
      ['event-2', { helped: offered?.id }],
    ])
  })

  it('an old button says nothing of the next question', () => {
    const talk = begun()
    talk.writes(clear)
    talk.writes('ыфвапролджэ')
    talk.presses('helped')
    expect(outcomes(talk.effects)).toEqual([['event-3', {}]])
  })

  it.each(['спасибо', 'привет', 'оператор', '???', '12', 'дурак'])('«%s» is no question', (text) => {
    const talk = begun()
    talk.writes(text)
    expect(questions(talk.effects)).toEqual([])
  })

  it('without personal numbers and addresses', () => {
    const talk = begun()
    talk.writes(`почему не входит ${someone.iin} rasul@example.kz +7 701 123-45-67`)
    const [asked] = questions(talk.effects)
    expect(asked?.text).toBe('почему не входит ••••••••0125 r•••@example.kz +• ••• •••-••-67')
  })

  it('nothing is noted once a person is on the way', () => {
    const talk = begun()
    talk.presses('operator')
    talk.writes('а сколько ждать ответа')
    expect([questions(talk.effects), outcomes(talk.effects)]).toEqual([[], []])
  })
})

describe('a question counts as unanswered', () => {
  const asked = { intent: 'question', confident: true, opened: ['a'] } as const
  it.each([
    ['when nothing was found', { ...asked, intent: 'unknown', confident: false, opened: [] }, {}, true],
    ['when it was not clear and nothing was opened', { ...asked, confident: false, opened: [] }, {}, true],
    ['not when something was opened', { ...asked, confident: false, opened: [] }, { opened: 'a' }, false],
    ['not when the answer was clear', asked, {}, false],
    ['when the answer did not help', asked, { notHelped: 'a' }, true],
    ['when the visitor went on to a person', asked, { toPerson: true }, true],
    ['not when it helped, whatever came before', asked, { toPerson: true, helped: 'a' }, false],
    ['not when it was kindly refused', { ...asked, intent: 'outOfScope', confident: false }, {}, false],
    ['when an operator answered it', { ...asked, taught: { article: 'a', operator: 'Айгерім' } }, {}, true],
  ] as const)('%s', (_, question, outcome, unanswered) => {
    expect(isUnanswered(question, outcome)).toBe(unanswered)
  })
})

describe('the words of a question', () => {
  it('are one line of at most 500 characters', () => {
    expect(questionText(' как\n\n быть ')).toBe('как быть')
    expect(questionText('а'.repeat(900))).toHaveLength(500)
  })

  it('keep short numbers: ticket numbers, versions, times', () => {
    expect(questionText('заявка 1042, Windows 10, в 09:15, 2026-11-26')).toBe(
      'заявка 1042, Windows 10, в 09:15, 2026-11-26',
    )
  })

  it('say enough with three letters', () => {
    expect([isWorthLearning('впн'), isWorthLearning('ab'), isWorthLearning('123456')]).toEqual([
      true,
      false,
      false,
    ])
  })
})
