import { describe, expect, it } from 'vitest'
import { owesAnswer } from '../../console/logic/owesAnswer.ts'
import type { OperatorAction } from '../../engine/wireConsole.ts'
import { aMessage, aRow } from './rows.ts'

const promise = { dueAt: '2026-11-23T04:15:00.000Z', warned: 0, breached: false }
const unanswered = aRow({ conversationId: 'c1', firstResponse: promise })
const act = (
  type: 'replied' | 'noted' | 'askedForInformation' | 'warned',
  conversationId = 'c1',
): OperatorAction => ({
  type,
  id: type,
  conversationId,
  text: 'Здравствуйте!',
})
const operator = { kind: 'operator', id: 'me', name: 'Айгүл' } as const

describe('a request that is closed', () => {
  it('needs a word to the visitor while nobody has answered', () => {
    expect(owesAnswer(unanswered, [], [aMessage(1)])).toBe(true)
    expect(owesAnswer(aRow({ firstResponse: null }), [], [])).toBe(false)
  })

  it('needs none behind an answer that is still under way', () => {
    expect(owesAnswer(unanswered, [act('replied')], [])).toBe(false)
    expect(owesAnswer(unanswered, [act('askedForInformation')], [])).toBe(false)
    expect(owesAnswer(unanswered, [act('warned')], [])).toBe(false)
    const file: OperatorAction = { type: 'attached', id: 'a', conversationId: 'c1', fileId: 'f' }
    expect(owesAnswer(unanswered, [file], [])).toBe(false)
  })

  it('needs one behind a note, or an answer to somebody else', () => {
    expect(owesAnswer(unanswered, [act('noted'), act('replied', 'c2')], [])).toBe(true)
    const passedOn = { type: 'passedOn', id: 'p', conversationId: 'c1', to: 'development' } as const
    expect(owesAnswer(unanswered, [passedOn], [])).toBe(true)
  })

  it('needs none once the answer stands in the conversation, even before the row knows', () => {
    expect(owesAnswer(unanswered, [], [aMessage(2, { author: operator })])).toBe(false)
    expect(owesAnswer(unanswered, [], [aMessage(2, { author: operator, audience: 'operators' })])).toBe(true)
    const before = aMessage(2, { author: operator, at: '2026-11-23T03:00:00.000Z' })
    expect(owesAnswer(unanswered, [], [before])).toBe(true)
  })
})
