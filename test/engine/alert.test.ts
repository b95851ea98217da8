import { describe, expect, it } from 'vitest'
import { alertsOf, isForOperator, occasionOf } from '../../engine/alert.ts'
import type { Desk } from '../../engine/desk.ts'
import { aigerim, play } from '../support/conversation.ts'
import { desks, edoc } from '../support/edoc.ts'
import { stepsOf } from '../support/steps.ts'

const monday = '2026-11-23T05:00:00.000Z'

/** A request of Monday 10:00, and every alert that came since. */
function registered(desk: Desk = edoc) {
  const talk = play('widget', 'ru', monday, desk)
  const steps = stepsOf(talk)
  talk.happen({ type: 'visitor.started' })
  talk.presses('operator')
  talk.presses('connectNow')
  return {
    talk,
    alerts: () => steps().flatMap(({ before, after, messages }) => alertsOf(before, after, messages)),
  }
}
const kinds = (alerts: readonly { kind: string }[]) => alerts.map(({ kind }) => kind)

describe('what people are alerted of', () => {
  it('is each warning and the breach of each promise, also of a request that nobody has taken (product.md)', () => {
    const { talk, alerts } = registered()
    talk.passes('2026-11-23T05:15:00.000Z')
    expect(alerts()).toMatchObject([
      {
        kind: 'warning',
        metric: 'firstResponse',
        minutes: 5,
        dueAt: '2026-11-23T05:15:00.000Z',
        number: 1001,
      },
      { kind: 'warning', metric: 'firstResponse', minutes: 10, operatorId: null },
      { kind: 'breach', metric: 'firstResponse', minutes: null, dueAt: '2026-11-23T05:15:00.000Z' },
    ])
    talk.passes('2026-11-26T05:00:00.000Z')
    expect(alerts().slice(3)).toMatchObject([
      { kind: 'warning', metric: 'resolution', minutes: 540 },
      { kind: 'warning', metric: 'resolution', minutes: 1020 },
      { kind: 'breach', metric: 'resolution' },
    ])
  })

  it('names the operator whose conversation it is', () => {
    const { talk, alerts } = registered()
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.passes('2026-11-23T05:05:00.000Z')
    expect(alerts()).toMatchObject([{ kind: 'warning', operatorId: aigerim.id }])
  })

  it('is an insult that was warned of, and the end for it (edoc regulation, §16)', () => {
    const { talk, alerts } = registered()
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.warned', operator: aigerim, text: 'Прошу без оскорблений' })
    talk.happen({ type: 'operator.ended', operator: aigerim })
    expect(alerts()).toMatchObject([
      { kind: 'warnedForInsult', number: 1001, operatorId: aigerim.id },
      { kind: 'endedForInsult', number: 1001, operatorId: aigerim.id },
    ])
  })

  it('is an end for insults that the desk leaves to the assistant, though there is no request', () => {
    const talk = play('widget', 'ru', monday, { ...edoc, endOnInsult: true })
    const steps = stepsOf(talk)
    talk.happen({ type: 'visitor.started' })
    talk.writes('ты идиот')
    talk.writes('тупой идиот')
    const alerts = steps().flatMap(({ before, after, messages }) => alertsOf(before, after, messages))
    expect(alerts).toMatchObject([{ kind: 'endedForInsult', number: null, operatorId: null }])
  })

  it('is silence that has lasted long enough to close (edoc regulation, §15)', () => {
    const { talk, alerts } = registered()
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    talk.happen({ type: 'operator.askedForInformation', operator: aigerim, text: 'Какой браузер?' })
    talk.passes('2026-11-24T05:00:00.000Z')
    expect(alerts().at(-1)).toMatchObject({ kind: 'silenceOver', operatorId: aigerim.id })
  })

  it('is the day by which others were to be ready (edoc regulation, §17), and a postponement that is over (§9)', () => {
    const { talk, alerts } = registered()
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
    talk.happen({ type: 'operator.passedOn', operator: aigerim, to: 'thirdParty', dueOn: '2026-11-23' })
    talk.happen({
      type: 'operator.postponed',
      operator: aigerim,
      text: 'Ждём',
      reason: 'waiting',
      until: '2026-11-24',
    })
    talk.passes('2026-11-24T05:00:00.000Z')
    expect(kinds(alerts())).toEqual(['passedOnDue', 'postponementOver', 'warning'])
  })

  it('is a request that comes back, told to who had it; and a solution that did not help', () => {
    const { talk, alerts } = registered(desks.get('cryptopro'))
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.offeredSolution', operator: aigerim, text: 'Обновите' })
    talk.presses('notResolved')
    talk.happen({ type: 'operator.resolved', operator: aigerim, text: 'Готово' })
    talk.presses('reopen')
    expect(alerts()).toMatchObject([
      { kind: 'solutionFailed', operatorId: aigerim.id },
      { kind: 'reopened', operatorId: aigerim.id },
    ])
  })
})

describe('who is told', () => {
  it('supervisors of promises, insults and an empty desk; operators of promises and of what waits for them', () => {
    expect(occasionOf('breach')).toBe('breach')
    expect(occasionOf('warning')).toBe('warning')
    expect([occasionOf('warnedForInsult'), occasionOf('endedForInsult')]).toEqual(['insult', 'insult'])
    expect(occasionOf('unattended')).toBe('unattended')
    for (const kind of [
      'silenceOver',
      'passedOnDue',
      'postponementOver',
      'solutionFailed',
      'reopened',
    ] as const)
      expect([kind, occasionOf(kind), isForOperator(kind)]).toEqual([kind, undefined, true])
    expect([isForOperator('breach'), isForOperator('warning')]).toEqual([true, true])
    expect([isForOperator('warnedForInsult'), isForOperator('unattended')]).toEqual([false, false])
  })
})
