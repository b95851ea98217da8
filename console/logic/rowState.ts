import type { QueueRow } from '../../engine/wireConsole.ts'
import type { Words } from '../words.ts'
import { localDayWords } from './dateWords.ts'

/** What keeps a request from going on, or how it ended other than by an answer; undefined when there is nothing such. */
export function rowState(row: QueueRow, words: Words): string | undefined {
  if (row.outcome !== null && row.outcome !== 'resolved') return words(`row.${row.outcome}`)
  if (row.stage === 'resolved') return undefined
  if (row.passedOn)
    return row.passedOn.dueOn === null
      ? words(`row.passedOn.${row.passedOn.to}`)
      : words('row.passedOnUntil', {
          to: words(`row.passedOn.${row.passedOn.to}`),
          day: localDayWords(row.passedOn.dueOn, words),
        })
  if (row.postponed)
    return row.postponed.until === null
      ? words('row.postponed')
      : words('row.postponedUntil', { day: localDayWords(row.postponed.until, words) })
  if (row.silenceOver) return words('row.silenceOver')
  return row.waitingForVisitor ? words('row.waitsForVisitor') : undefined
}
