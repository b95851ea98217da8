import { describe, expect, it } from 'vitest'
import { fold, foldedWords } from '../../../engine/faq/fold.ts'

describe('the rough alphabet', () => {
  it.each([
    [
      'with and without the Kazakh letters',
      ['Құжатқа қол қою', 'кужатка кол кою', 'qujatqa qol qoyu', 'Kuzhatka kol koyu'],
    ],
    ['Russian and its transliteration', ['подпись щенка', "podpis' shchenka", 'podpis shenka']],
    ['Kazakh Latin with its signs', ['сәлем, дүние', 'sälem, dünie', 'salem dunie']],
    ['capitals and doubled letters', ['ПРИВЕТ', 'приввееет']],
    ['a lone letter before a hyphen', ['E-mail', 'email', 'е-маил']],
  ])('brings together %s', (_, texts) => {
    expect(new Set(texts.map(fold)).size).toBe(1)
  })

  it('keeps digits, and the words apart', () => {
    expect(foldedWords('Порт 13579: қате 5005!')).toEqual(['port', '13579', 'kate', '5005'])
  })

  it('leaves nothing of signs', () => {
    expect(foldedWords(' —?! 🙂 ')).toEqual([])
  })
})
