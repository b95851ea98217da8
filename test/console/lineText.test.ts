import { describe, expect, it } from 'vitest'
import { lineText } from '../../console/logic/lineText.ts'
import { aRow } from './rows.ts'

const registeredAt = '2026-11-23T04:00:00.000Z'
const later = '2026-11-23T04:05:00.000Z'
const row = { subject: 'Не приходит код', lastText: 'снимок.png', registeredAt, unread: 3 }

describe('what a line of the queue says', () => {
  it('is the subject while nobody has written since the registration', () => {
    expect(lineText(aRow({ ...row, lastAt: '2026-11-23T03:58:00.000Z' }))).toBe('Не приходит код')
    expect(lineText(aRow({ ...row, lastAt: registeredAt }))).toBe('Не приходит код')
  })

  it('is what the visitor wrote since then, until an operator has read it', () => {
    expect(lineText(aRow({ ...row, lastText: 'Когда ответите?', lastAt: later }))).toBe('Когда ответите?')
    expect(lineText(aRow({ ...row, lastText: 'Когда ответите?', lastAt: later, unread: 0 }))).toBe(
      'Не приходит код',
    )
  })

  it('is the last words where the request has no subject', () => {
    expect(lineText(aRow({ ...row, subject: '', lastAt: registeredAt }))).toBe('снимок.png')
  })
})
