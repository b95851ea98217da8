import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { isOpen } from '../../engine/calendar.ts'
import { type Desk, deskFields } from '../../engine/desk.ts'
import { understand } from '../../engine/faq/index.ts'
import { aigerim, play, someone } from '../support/conversation.ts'
import { desks } from '../support/edoc.ts'

/* What the documents of the desks say of time and order, as their desks hold it. docs/rules.md lists all of it. */

const deskOf = (id: string): Desk => desks.get(id)!
const monday = '2026-11-23T05:00:00.000Z'

/** Open at these moments of a week without holidays, in the desk's zone, and shut a minute around them. */
function expectHours(id: string, opens: string, closes: string) {
  const { calendar } = deskOf(id)
  const at = (day: number, time: string) =>
    DateTime.fromISO(`2026-11-${22 + day}T${time}`, { zone: 'Asia/Almaty' })
  const open = (moment: DateTime) => isOpen(calendar, moment)
  for (const day of [1, 2, 3, 4, 5]) {
    expect(open(at(day, opens)), `${id}, day ${day}`).toBe(true)
    expect(open(at(day, opens).minus({ minutes: 1 }))).toBe(false)
    expect(open(at(day, closes).minus({ minutes: 1 }))).toBe(true)
    expect(open(at(day, closes))).toBe(false)
  }
  for (const day of [6, 7]) expect(open(at(day, '12:00'))).toBe(false)
  expect(at(1, '09:00').toUTC().toISO()).toBe('2026-11-23T04:00:00.000Z')
}

describe('the hours', () => {
  it('of edoc are 9:00 to 18:00 on working days (edoc regulation, §5)', () => {
    expectHours('edoc', '09:00', '18:00')
  })

  it('of court are 9:00 to 18:30 on working days (court rules, "Working hours")', () => {
    expectHours('court', '09:00', '18:30')
  })

  it('of sts and cryptopro, whose documents state none, are 9:00 to 18:00 on working days (product.md)', () => {
    expectHours('sts', '09:00', '18:00')
    expectHours('cryptopro', '09:00', '18:00')
  })
})

describe('the way of a request', () => {
  const answers: Readonly<Record<string, string>> = {
    ...someone,
    organisation: 'ТОО «Ромашка»',
    phone: '+77011234567',
    email: 'rasul@romashka.kz',
    account: 'rasul@romashka.kz',
  }
  const answered = (fields: Desk['request']['fields']) =>
    Object.fromEntries(
      fields.flatMap(({ id, kind, required, options }) => {
        if (kind === 'files') return []
        if (kind === 'choice') return [[id, options?.[0]?.id ?? '']]
        return [[id, answers[id] ?? (required ? 'Не открывается' : '')]]
      }),
    )

  /** A request as a visitor makes it at a desk, up to the look at the whole of it, and the stages it has gone through. */
  function reviewed(desk: Desk) {
    const talk = play('widget', 'ru', monday, desk)
    const stages: string[] = []
    talk.heard(({ after }) => {
      if (stages.at(-1) !== after.stage) stages.push(after.stage)
    })
    talk.happen({ type: 'visitor.started' })
    talk.presses('operator')
    talk.presses('consent')
    talk.fills(answered(desk.identification.fields))
    if (talk.state.stage === 'identifying') talk.presses('withoutContract')
    talk.fills(answered(desk.request.fields))
    return { talk, stages }
  }

  it.each(['edoc', 'sts', 'court', 'cryptopro'])(
    '%s: who it is, the request, the whole of it shown, its number, an operator, the end, the rating: in this order (product.md)',
    (id) => {
      const { talk, stages } = reviewed(deskOf(id))
      expect('ticket' in talk.state).toBe(false)
      talk.presses('confirm')
      expect(talk.ticket.number).toBe(1001)
      talk.happen({ type: 'operator.took', operator: aigerim })
      talk.presses('rate:5')
      expect(talk.ticket.rating).toBeUndefined()
      talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
      talk.presses('rate:5')
      expect(talk.ticket.rating).toBe(5)
      expect(stages).toEqual([
        'asking',
        'identifying',
        'describing',
        'reviewing',
        'waiting',
        'live',
        'resolved',
      ])
    },
  )

  it('sts says as soon as the request is sent that it is filed, and its number (sts instruction, item 8)', () => {
    const { talk } = reviewed(deskOf('sts'))
    const numbers = () =>
      talk.messages.flatMap(({ content }) =>
        content.kind === 'said' && content.ticket ? [content.ticket.number] : [],
      )
    expect(numbers()).toEqual([])
    talk.presses('confirm')
    expect(numbers()).toEqual([1001])
    expect(talk.lastSaid.ticket).toMatchObject({ number: 1001 })
  })

  it('sts asks who it is as its registration does, then what its form asks, in the order of both (sts instruction, items 3 and 7)', () => {
    const { identification, request } = deskOf('sts')
    expect(identification.refusable).toBe(false)
    expect(identification.fields.map(({ id, required }) => [id, required])).toEqual([
      ['fullName', true],
      ['organisation', true],
      ['phone', true],
      ['email', true],
    ])
    const inOrder = ['category', 'description', 'sourceIp', 'destinationIp', 'files']
    expect(request.fields.map(({ id }) => id).filter((id) => inOrder.includes(id))).toEqual(inOrder)
  })

  it('court asks when the problem came up, and until when the key is good (court rules, §1 and §2)', () => {
    const asked = (id: string) => deskFields(deskOf('court')).find((field) => field.id === id)
    expect(asked('happenedAt')?.question.ru).toMatch(/когда.*дату и время/i)
    expect(asked('happenedAt')?.question.kk).toMatch(/қашан.*күні мен уақыт/i)
    expect(asked('key')?.question.ru).toMatch(/до какого числа/)
    expect(asked('key')?.question.kk).toMatch(/қашанға дейін/)
  })
})

it('sts tells that the lists are given at least once a year (sts instruction, item 7)', () => {
  const { articles, faq } = deskOf('sts')
  const lists = articles.get('sts.annual-lists')
  expect(JSON.stringify(lists?.ru.body)).toContain('не менее одного раза в год')
  expect(JSON.stringify(lists?.kk.body)).toContain('жылына кемінде бір рет')
  for (const [language, question] of [
    ['ru', 'как часто сдавать список категорий'],
    ['kk', 'тізімді жылына неше рет тапсырамыз'],
  ] as const)
    expect(understand(faq, question, 1)).toMatchObject({ language, results: [{ id: 'sts.annual-lists' }] })
})
