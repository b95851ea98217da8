import { describe, expect, it } from 'vitest'
import { heldOrder, inOrder, inView, matches } from '../../console/logic/queueOrder.ts'
import { aRow } from './rows.ts'

const due = (dueAt: string, breached = false) => ({ dueAt, warned: 0, breached })
const at = (time: string) => `2026-11-23T${time}:00.000Z`
const ids = (rows: readonly { conversationId: string }[]) => rows.map((row) => row.conversationId)

describe('the order of the queue', () => {
  it('puts the broken promise first, then the one that is due first', () => {
    const rows = [
      aRow({ conversationId: 'later', firstResponse: due(at('05:00')) }),
      aRow({ conversationId: 'soon', firstResponse: due(at('04:10')) }),
      aRow({ conversationId: 'late', firstResponse: due(at('04:30'), true) }),
    ]
    expect(ids(inOrder(rows, 'waiting'))).toEqual(['late', 'soon', 'later'])
  })

  it('puts those already answered after all who are owed a first answer, the longest silence first', () => {
    const rows = [
      aRow({ conversationId: 'fresh', lastAt: at('04:09') }),
      aRow({ conversationId: 'silent', lastAt: at('03:00') }),
      aRow({ conversationId: 'owed', firstResponse: due(at('09:00')) }),
    ]
    expect(ids(inOrder(rows, 'waiting'))).toEqual(['owed', 'silent', 'fresh'])
  })

  it('puts visitors with unread words before those who were answered, and whom we wait for last', () => {
    const rows = [
      aRow({ conversationId: 'asked back', lastAt: at('02:00'), waitingForVisitor: true }),
      aRow({ conversationId: 'answered', lastAt: at('03:00') }),
      aRow({ conversationId: 'asks', lastAt: at('04:00'), unread: 2 }),
    ]
    expect(ids(inOrder(rows, 'mine'))).toEqual(['asks', 'answered', 'asked back'])
  })

  it('keeps the order of registration when the promises fall due together', () => {
    const rows = [3, 1, 2].map((ticketNumber) =>
      aRow({ conversationId: `n${ticketNumber}`, ticketNumber, firstResponse: due(at('05:00')) }),
    )
    expect(ids(inOrder(rows, 'waiting'))).toEqual(['n1', 'n2', 'n3'])
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
