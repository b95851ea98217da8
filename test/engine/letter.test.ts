import { describe, expect, it } from 'vitest'
import type { Channel, Desk } from '../../engine/desk.ts'
import { letterOf } from '../../engine/letter.ts'
import { aigerim, play, someone, timur } from '../support/conversation.ts'
import { desks } from '../support/edoc.ts'
import { stepsOf } from '../support/steps.ts'

const [sts, court, cryptopro, edoc] = (['sts', 'court', 'cryptopro', 'edoc'] as const).map(
  (id) => desks.get(id) as Desk,
) as [Desk, Desk, Desk, Desk]

const answers: Readonly<Record<string, string>> = {
  iin: someone.iin,
  fullName: someone.fullName,
  organisation: 'ТОО «Ромашка»',
  bin: someone.bin,
  phone: '+77011234567',
  email: 'aigul@mail.kz',
  account: 'aigul@mail.kz',
  contact: 'aigul@mail.kz',
}

/** A request of somebody who has told who they are, and every letter since. */
function registered(desk: Desk, told = answers, channel: Channel = 'widget') {
  const talk = play(channel, 'ru', undefined, desk)
  const steps = stepsOf(talk)
  talk.happen({ type: 'visitor.started' })
  talk.presses('operator')
  talk.presses('consent')
  const values = (fields: Desk['request']['fields']) =>
    Object.fromEntries(
      fields.flatMap(({ id, kind, options }) => {
        const value =
          told[id] ?? (kind === 'choice' ? options?.[0]?.id : kind === 'longText' ? 'Не работает' : 'х')
        return kind === 'files' ||
          (told[id] === undefined && desk.identification.fields.some((one) => one.id === id))
          ? []
          : [[id, value ?? '']]
      }),
    )
  talk.fills(values(desk.identification.fields))
  talk.fills(values(desk.request.fields))
  talk.presses('confirm')
  return {
    talk,
    letters: () =>
      steps().flatMap(({ before, after, messages }) => letterOf(desk, before, after, messages) ?? []),
    occasions: () =>
      steps().flatMap(
        ({ before, after, messages }) => letterOf(desk, before, after, messages)?.occasion ?? [],
      ),
  }
}

describe('a letter on registration', () => {
  it('goes to the address given in the field that the desk names, in the language of the conversation', () => {
    const { letters } = registered(sts)
    expect(letters()).toMatchObject([
      {
        address: 'aigul@mail.kz',
        language: 'ru',
        occasion: 'registered',
        number: 1001,
        dueAt: '2026-11-23T05:15:00.000Z',
      },
    ])
  })

  it('acknowledges a request to the court’s desk at once (court rules, "Terms": within an hour)', () => {
    const { letters } = registered(court)
    expect(letters().map(({ occasion, at }) => [occasion, at])).toEqual([
      ['registered', '2026-11-23T05:00:00.000Z'],
    ])
  })

  it('is not sent where no address was given, nor to who writes by e-mail anyway, nor by a desk that sends none', () => {
    const { email: _, ...without } = answers
    expect(registered(court, without).letters()).toEqual([])
    expect(registered(sts, answers, 'email').letters()).toEqual([])
    expect(registered(edoc).letters()).toEqual([])
  })

  it('is sent to a contact only when that is an address', () => {
    const byContact: Desk = { ...edoc, notices: { email: { field: 'contact', on: ['registered'] } } }
    expect(registered(byContact).letters()).toMatchObject([{ address: 'aigul@mail.kz' }])
    expect(registered(byContact, { ...answers, contact: '+77011234567' }).letters()).toEqual([])
  })

  it('holds nothing of what the visitor said', () => {
    const [letter] = registered(sts).letters()
    const { address: _, ...rest } = letter ?? {}
    expect(JSON.stringify(rest)).not.toMatch(/Ахметов|Ромашка|7011234567|850412300125|Не работает/)
  })
})

describe('letters on what becomes of it', () => {
  it('cryptopro tells every change of the status (cryptopro guide, §5)', () => {
    const { talk, occasions } = registered(cryptopro)
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    talk.happen({ type: 'operator.noted', operator: aigerim, text: 'разбираюсь' })
    talk.happen({ type: 'operator.transferred', operator: aigerim, to: timur })
    talk.happen({ type: 'operator.askedForInformation', operator: timur, text: 'Какая версия?' })
    talk.writes('5.0')
    talk.happen({ type: 'operator.passedOn', operator: timur, to: 'development' })
    talk.happen({ type: 'operator.offeredSolution', operator: timur, text: 'Обновите' })
    talk.presses('resolved')
    talk.presses('reopen')
    talk.happen({ type: 'operator.took', operator: timur })
    talk.happen({
      type: 'operator.declined',
      operator: timur,
      text: 'Не наш продукт',
      reason: 'outOfScope',
    })
    expect(occasions()).toEqual([
      'registered',
      'taken',
      'asked',
      'passedOn',
      'solutionOffered',
      'closed',
      'reopened',
      'taken',
      'declined',
    ])
  })

  it('reminds, and tells of the close without an answer (cryptopro guide, §6: three working days)', () => {
    const { talk, occasions } = registered(cryptopro)
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.askedForInformation', operator: aigerim, text: 'Какая версия?' })
    talk.passes('2026-11-27T05:00:00.000Z')
    expect(occasions().slice(2)).toEqual(['asked', 'reminded', 'closedUnanswered'])
  })

  it('sts tells of the registration and of the end', () => {
    const { talk, occasions } = registered(sts)
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    expect(occasions()).toEqual(['registered', 'closed'])
  })

  it('one event leads to one letter, the gravest', () => {
    const { talk, occasions } = registered(cryptopro)
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({
      type: 'operator.postponed',
      operator: aigerim,
      text: 'Пришлите журнал',
      reason: 'tooLittleInformation',
    })
    expect(occasions().slice(2)).toEqual(['postponed'])
  })
})
