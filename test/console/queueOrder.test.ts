import { describe, expect, it } from 'vitest'
import { heldOrder, inOrder, inView, matches } from '../../console/logic/queueOrder.ts'
import { aRow } from './rows.ts'

const due = (dueAt: string, breached = false) => ({ dueAt, warned: 0, breached })
const at = (time: string) => `2026-11-23T${time}:00.000Z`
const ids = (rows: readonly { conversationId: string }[]) => rows.map((row) => row.conversationId)

describe('the order of the queue', () => {
  it('is the one order of work, but what is resolved is read from the newest', () => {
    const rows = [
      aRow({ conversationId: 'later', firstResponse: due(at('05:00')) }),
      aRow({ conversationId: 'soon', firstResponse: due(at('04:10')) }),
      aRow({ conversationId: 'late', firstResponse: due(at('04:30'), true) }),
    ]
    expect(ids(inOrder(rows, 'waiting'))).toEqual(['late', 'soon', 'later'])
  })

  it('reads what is resolved from the newest', () => {
    const rows = [
      aRow({ conversationId: 'old', stage: 'resolved', lastAt: at('03:00') }),
      aRow({ conversationId: 'new', stage: 'resolved', lastAt: at('04:00') }),
    ]
    expect(ids(inOrder(rows, 'resolved'))).toEqual(['new', 'old'])
  })
})

describe('the views', () => {
  const mine = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
  const theirs = aRow({ stage: 'live', operator: { id: 'other', name: 'Данияр' } })
  const resolved = aRow({ stage: 'resolved', operator: { id: 'me', name: 'Айгүл' } })

  it('tell who waits, what is mine, what is under way and what is done', () => {
    const seenIn = (row: typeof mine) =>
      (['waiting', 'mine', 'live', 'resolved'] as const).filter((view) => inView(row, view, 'me'))
    expect(seenIn(aRow())).toEqual(['waiting', 'live'])
    expect(seenIn(mine)).toEqual(['mine', 'live'])
    expect(seenIn(theirs)).toEqual(['live'])
    expect(seenIn(resolved)).toEqual(['resolved'])
  })

  it('find a row by its number, its name or its words, in any case of letters', () => {
    const row = aRow({ ticketNumber: 1042, name: 'Нұрланова Гүлнәр', subject: 'ЭЦҚ кілті' })
    for (const query of ['1042', '№ 104', 'гүлнәр', 'КІЛТІ', '  ']) expect(matches(row, query)).toBe(true)
    for (const query of ['1043', 'Петров', '№']) expect(matches(row, query)).toBe(false)
  })
})

describe('a held order', () => {
  it('moves nothing: newcomers wait at the end and those who left stay', () => {
    expect(heldOrder(['a', 'b', 'c'], ['new', 'c', 'a'])).toEqual(['a', 'b', 'c', 'new'])
  })
})
