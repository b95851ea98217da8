import { describe, expect, it } from 'vitest'
import kk from '../../../locales/kk/help.json' with { type: 'json' }
import kkWidget from '../../../locales/kk/widget.json' with { type: 'json' }
import ru from '../../../locales/ru/help.json' with { type: 'json' }
import ruWidget from '../../../locales/ru/widget.json' with { type: 'json' }
import type { Dictionary } from '../../../locales/translate.ts'

const forms = { kk: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] }
const pluralForm = /_(one|few|many|other)$/
const stems = (dictionary: Dictionary) => [
  ...new Set(Object.keys(dictionary).map((key) => key.replace(pluralForm, ''))),
]
const parameters = (text: string | undefined) => [...new Set(text?.match(/\{\w+\}/g))].sort()

describe('the words of the help', () => {
  it('are there in both languages, under the same keys', () => {
    expect(stems(kk)).toEqual(stems(ru))
  })

  it.each([
    ['kk', kk as Dictionary],
    ['ru', ru as Dictionary],
  ] as const)('have every plural form in %s', (language, dictionary) => {
    const plural = stems(dictionary).filter((stem) => `${stem}_one` in dictionary)
    expect(plural).toEqual(['articles', 'search.found'])
    for (const stem of plural)
      for (const form of forms[language]) expect(dictionary).toHaveProperty([`${stem}_${form}`])
  })

  it('name the same parameters in both languages', () => {
    for (const [key, text] of Object.entries<string>(kk))
      expect(parameters(text), key).toEqual(parameters((ru as Dictionary)[key]))
  })

  it('name the chat’s button as the chat does', () => {
    expect(ru['search.operator']).toContain(`«${ruWidget.askOperator}»`)
    expect(kk['search.operator']).toContain(`«${kkWidget.askOperator}»`)
  })
})
