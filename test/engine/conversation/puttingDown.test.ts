import { describe, expect, it } from 'vitest'
import type { Priority } from '../../../engine/desk.ts'
import { aigerim, play, someone, type Talk } from '../../support/conversation.ts'
import { edoc } from '../../support/edoc.ts'
import { vipContract } from '../../support/vipContract.ts'

/** Monday 23 November 2026, 10:00 in Almaty. */
const monday = '2026-11-23T05:00:00.000Z'

const description = 'Перезвоните: архив не открывается.'
function putDown(
  channel: 'phone' | 'letter',
  values: Record<string, string> = { description },
  rest: { readonly priority?: Priority; readonly takes?: true } = {},
): Talk {
  const talk = play(channel, 'ru', monday, edoc, () => [vipContract])
  talk.happen({ type: 'operator.registered', operator: aigerim, values, files: [], ...rest })
  return talk
}
const firstDue = (talk: Talk) => talk.ticket.clocks.firstResponse.dueAt

describe('a request that an operator puts down (edoc regulation, §4 and §8)', () => {
  it('is registered with its clocks, and waits in the queue as the visitor’s word', () => {
    const talk = putDown('phone')
    expect(talk.state).toMatchObject({ stage: 'waiting', ticket: { number: 1001, level: 'basic' } })
    expect(talk.messages[0]).toMatchObject({ author: { kind: 'visitor' }, content: { text: description } })
    expect(talk.history[0]).toEqual({ type: 'putDown', operator: aigerim.name, channel: 'phone' })
    expect(talk.ticket).toMatchObject({ unansweredSince: monday })
    expect(talk.ticket).not.toHaveProperty('cameBy')
  })

  it('is the operator’s when they keep it, and the first answer is still owed (product.md)', () => {
    const talk = putDown('phone', { description }, { takes: true })
    expect(talk.state).toMatchObject({ stage: 'live', operator: aigerim })
    expect(talk.ticket.clocks.firstResponse).not.toHaveProperty('stoppedAt')
    expect(talk.ticket.cameBy).toMatchObject({ how: 'took', by: aigerim.id })
  })

  it.each([
    ['normal', '2026-11-23T07:00:00.000Z'],
    ['urgent', '2026-11-23T06:00:00.000Z'],
    ['immediate', '2026-11-23T05:30:00.000Z'],
  ] as const)(
    'a callback of VIP at priority %s is answered by %s (edoc regulation, SLA section)',
    (priority, due) => {
      expect(firstDue(putDown('phone', { description, bin: someone.bin }, { priority }))).toBe(due)
    },
  )

  it('an official letter of VIP is closed within two working days, a call within one (edoc regulation, SLA section)', () => {
    const closes = (channel: 'phone' | 'letter') =>
      putDown(channel, { description, bin: someone.bin }).ticket.clocks.resolution?.dueAt
    expect(closes('letter')).toBe('2026-11-25T05:00:00.000Z')
    expect(closes('phone')).toBe('2026-11-24T05:00:00.000Z')
  })

  it('keeps what was typed in its one form, and nothing when something is wrong', () => {
    expect(putDown('letter', { description, iin: `ИИН ${someone.iin}` }).ticket.values.iin).toBe(someone.iin)
    const talk = play('phone', 'ru', monday)
    const registered = { type: 'operator.registered', operator: aigerim, files: [] } as const
    expect(
      talk.refusalOf(talk.happen({ ...registered, values: { iin: '123', description: ' ' } })),
    ).toMatchObject({
      key: 'refusal.check',
      fields: { iin: expect.anything(), description: 'field.required' },
    })
    expect(talk.state.stage).toBe('asking')
    talk.happen({ ...registered, values: { description } })
    expect(talk.state.stage).toBe('waiting')
  })

  it('is never put into somebody’s own conversation', () => {
    const talk = play('widget', 'ru', monday)
    const effects = talk.happen({
      type: 'operator.registered',
      operator: aigerim,
      values: { description },
      files: [],
    })
    expect(talk.refusalOf(effects)).toEqual({ key: 'refusal.stale' })
  })
})
