import { describe, expect, it } from 'vitest'
import kk from '../../locales/kk/console.json'
import ru from '../../locales/ru/console.json'

const suffix = /_(one|few|many|other)$/
const stems = (dictionary: object) =>
  [...new Set(Object.keys(dictionary).map((key) => key.replace(suffix, '')))].sort()
const plurals = (dictionary: object) =>
  [...new Set(Object.keys(dictionary).filter((key) => suffix.test(key)))].map((key) =>
    key.replace(suffix, ''),
  )
const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('the words of the console', () => {
  it('are there in both languages', () => {
    expect(stems(kk)).toEqual(stems(ru))
  })

  it.each([
    ['kk', kk, ['one', 'other']],
    ['ru', ru, ['one', 'few', 'many', 'other']],
  ] as const)('have every plural form in %s', (_, dictionary, forms) => {
    const stemsWithForms = new Set(plurals(dictionary))
    expect(stemsWithForms.size).toBeGreaterThan(0)
    for (const stem of stemsWithForms)
      expect(
        Object.keys(dictionary)
          .filter((key) => key.replace(suffix, '') === stem && suffix.test(key))
          .sort(),
      ).toEqual(forms.map((form) => `${stem}_${form}`).sort())
  })

  it('take the same parameters in both languages', () => {
    const russian: Readonly<Record<string, string>> = ru
    for (const [key, text] of Object.entries(kk))
      expect([key, parameters(text)]).toEqual([key, parameters(russian[key] ?? '')])
  })

  it('are never empty, and Kazakh words are not Russian ones left behind', () => {
    for (const dictionary of [kk, ru])
      for (const text of Object.values(dictionary)) expect(text.trim()).not.toBe('')
    const russianOnly = Object.entries(kk).filter(([, text]) => /[ёщъ]|\b(и|не|для|что|это)\b/iu.test(text))
    expect(russianOnly).toEqual([])
  })
})
