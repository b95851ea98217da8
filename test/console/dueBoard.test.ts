import { describe, expect, it } from 'vitest'
import { dueBoard } from '../../console/logic/dueBoard.ts'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { aRow } from './rows.ts'

const at = (time: string) => `2026-11-23T${time}:00.000Z`
const promise = (dueAt: string) => ({ dueAt: at(dueAt), warned: 0, breached: false })
/** Monday, 10:00 in Almaty. */
const now = Date.parse(at('05:00'))
const board = (...rows: QueueRow[]) =>
  Object.fromEntries(
    [...dueBoard(rows, now, () => 'Asia/Almaty')].map(([group, lines]) => [
      group,
      lines.map(({ row, metric }) => `${row.ticketNumber} ${metric}`),
    ]),
  )

describe('what falls due', () => {
  it('is grouped by how soon, what is due first on top', () => {
    expect(
      board(
        aRow({ ticketNumber: 1, firstResponse: promise('05:40') }),
        aRow({ ticketNumber: 2, firstResponse: promise('05:15') }),
        aRow({ ticketNumber: 3, firstResponse: promise('04:59') }),
        aRow({ ticketNumber: 4, firstResponse: promise('05:10') }),
        aRow({ ticketNumber: 5, nextResponse: promise('12:00') }),
      ),
    ).toEqual({
      overdue: ['3 firstResponse'],
      quarter: ['4 firstResponse', '2 firstResponse'],
      hour: ['1 firstResponse'],
      today: ['5 nextResponse'],
    })
  })

  it('names every promise of a request, not only the next', () => {
    const resolution = { ...promise('05:30'), paused: false }
    expect(board(aRow({ firstResponse: promise('05:05'), resolution }))).toMatchObject({
      quarter: ['1 firstResponse'],
      hour: ['1 resolution'],
    })
  })

  it('leaves out what stands still, what is over, and other days', () => {
    expect(
      board(
        aRow({ resolution: { ...promise('05:30'), paused: true } }),
        aRow({ stage: 'resolved', firstResponse: promise('05:30') }),
        aRow({ firstResponse: { ...promise('05:30'), dueAt: '2026-11-24T05:00:00.000Z' } }),
      ),
    ).toEqual({ overdue: [], quarter: [], hour: [], today: [] })
  })
})
