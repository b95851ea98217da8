import { describe, expect, it } from 'vitest'
import { shortNames } from '../../console/logic/shortNames.ts'

describe('the short names of desks', () => {
  it('are what tells them apart, whether the same words come before or after it', () => {
    expect(
      shortNames([
        'Техническая поддержка E-DOC',
        'Техническая поддержка ГТС',
        'Техническая поддержка «Судебного кабинета»',
      ]),
    ).toEqual(['E-DOC', 'ГТС', '«Судебного кабинета»'])
    expect(
      shortNames([
        'E-DOC техникалық қолдау қызметі',
        'МТҚ техникалық қолдау қызметі',
        '«Сот кабинетінің» техникалық қолдау қызметі',
      ]),
    ).toEqual(['E-DOC', 'МТҚ', '«Сот кабинетінің»'])
  })

  it('are the whole names where nothing is shared or nothing would be left', () => {
    expect(shortNames(['Касса', 'Склад'])).toEqual(['Касса', 'Склад'])
    expect(shortNames(['Поддержка', 'Поддержка ночью'])).toEqual(['Поддержка', 'ночью'])
    expect(shortNames(['Техническая поддержка'])).toEqual(['Техническая поддержка'])
    expect(shortNames(['Поддержка', 'Поддержка'])).toEqual(['Поддержка', 'Поддержка'])
    expect(shortNames([])).toEqual([])
  })
})
