import { describe, expect, it } from 'vitest'
import { wholeParts } from '../../widget/wholeParts.ts'

describe('what is not torn apart at the end of a line', () => {
  it('is a time, a number or an abbreviation with its Kazakh ending', () => {
    expect(wholeParts('Маман сағат 09:15-ке дейін жауап береді')).toEqual([
      'Маман сағат ',
      '09:15-ке',
      ' дейін жауап береді',
    ])
    expect(wholeParts('1-ден 5-ке')).toEqual(['', '1-ден', ' ', '5-ке', ''])
    expect(wholeParts('БСН-і')).toEqual(['', 'БСН-і', ''])
  })

  it('is a name of capital letters, with its ending', () => {
    expect(wholeParts('E-DOC порталы')).toEqual(['', 'E-DOC', ' порталы'])
    expect(wholeParts('порталы (E-DOC-та)')).toEqual(['порталы (', 'E-DOC-та', ')'])
  })

  it('is nothing of ordinary words, or of what is too long for a line', () => {
    for (const text of ['шот-фактура', 'Алматы-Астана', `А-${'ұзын'.repeat(40)}`])
      expect(wholeParts(text)).toEqual([text])
    expect(wholeParts(`${'9'.repeat(40)}-ға`)[1]).toBe('999999999999-ға')
  })
})
