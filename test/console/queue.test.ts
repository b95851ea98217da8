import { signal } from '@preact/signals'
import { beforeEach, describe, expect, it } from 'vitest'
import { createQueue, type Queue } from '../../console/state/queue.ts'
import type { WireOperator } from '../../engine/wireConsole.ts'
import { anOperator, aRow } from './rows.ts'

const waiting = (conversationId: string, dueAt: string) =>
  aRow({
    conversationId,
    firstResponse: { dueAt: `2026-11-23T${dueAt}:00.000Z`, warned: 0, breached: false },
  })

describe('the queue of one operator', () => {
  let queue: Queue
  const shown = () =>
    queue.shown.value.map(({ row, left }) => (left ? `(${row.conversationId})` : row.conversationId))
  beforeEach(() => {
    queue = createQueue(signal<WireOperator | undefined>(anOperator()))
    queue.load([waiting('first', '04:10'), waiting('second', '04:20')])
  })

  it('is sorted as rows come and change', () => {
    queue.change([waiting('urgent', '04:05')])
    expect(shown()).toEqual(['urgent', 'first', 'second'])
    expect(queue.next.value?.conversationId).toBe('urgent')
    expect(queue.counts.value.waiting).toBe(3)
  })

  it('stands still while held, says that it is outdated, and catches up when let go', () => {
    queue.hold()
    queue.change([waiting('urgent', '04:05')])
    expect(shown()).toEqual(['first', 'second', 'urgent'])
    expect(queue.outdated.value).toBe(true)
    expect(queue.next.value?.conversationId).toBe('urgent')
    queue.release()
    expect(shown()).toEqual(['urgent', 'first', 'second'])
    expect(queue.outdated.value).toBe(false)
  })

  it('keeps the place of a row that a colleague took or that left, until let go', () => {
    queue.hold()
    queue.change([
      aRow({ conversationId: 'first', stage: 'live', operator: { id: 'other', name: 'Данияр' } }),
    ])
    queue.drop(['second'])
    expect(shown()).toEqual(['(first)', '(second)'])
    queue.release()
    expect(shown()).toEqual([])
  })

  it('calls to the views in which somebody waits for this operator', () => {
    expect(queue.calling.value).toMatchObject({ waiting: true, mine: false })
    queue.load([aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' }, unread: 1 })])
    expect(queue.calling.value).toMatchObject({ waiting: false, mine: true })
  })

  it('draws the first of very many, more at each wish, and finds all of them', () => {
    const minute = (at: number) =>
      `${String(4 + Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
    queue.load(
      Array.from({ length: 500 }, (_, at) => ({
        ...waiting(`n${at}`, minute(at)),
        ticketNumber: 1_000 + at,
      })),
    )
    expect([shown().length, shown()[0], queue.hidden.value, queue.counts.value.waiting]).toEqual([
      200,
      'n0',
      300,
      500,
    ])
    queue.showMore()
    queue.showMore()
    expect([shown().length, shown().at(-1), queue.hidden.value]).toEqual([500, 'n499', 0])
    queue.look('waiting')
    expect(queue.hidden.value).toBe(300)
    queue.query.value = '1499'
    expect(shown()).toEqual(['n499'])
    expect(queue.hidden.value).toBe(0)
  })

  it('shows one desk, or what was searched for', () => {
    queue.change([aRow({ conversationId: 'sts', desk: 'sts', subject: 'ЕШДИ', ticketNumber: 7 })])
    queue.desk.value = 'sts'
    expect(shown()).toEqual(['sts'])
    expect(queue.counts.value.waiting).toBe(1)
    queue.desk.value = undefined
    queue.query.value = 'ешди'
    expect(shown()).toEqual(['sts'])
  })
})
