import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { say } from '../../locales/index.ts'
import { type Dictionary, translatorOf } from '../../locales/translate.ts'
import { desks } from '../support/edoc.ts'

const folder = join(import.meta.dirname, '../../locales')
const read = (language: string, file: string): Dictionary =>
  JSON.parse(readFileSync(join(folder, language, file), 'utf8'))
const files = readdirSync(join(folder, 'ru')).sort()

const forms = { kk: ['one', 'other'], ru: ['few', 'many', 'one', 'other'] } as const
const suffix = /_(one|few|many|other)$/
const stemsOf = (dictionary: Dictionary) =>
  [...new Set(Object.keys(dictionary).map((key) => key.replace(suffix, '')))].sort()
const parametersOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

it('the same files are there in both languages', () => {
  expect(readdirSync(join(folder, 'kk')).sort()).toEqual(files)
})

describe.each(files)('%s (design §7)', (file) => {
  const kk = read('kk', file)
  const ru = read('ru', file)

  it('has the same keys in both languages', () => {
    expect(stemsOf(kk)).toEqual(stemsOf(ru))
  })

  it.each(['kk', 'ru'] as const)('has every plural form in %s, and none of another language', (language) => {
    const dictionary = language === 'kk' ? kk : ru
    const byStem = new Map<string, string[]>()
    for (const key of Object.keys(dictionary)) {
      const form = suffix.exec(key)?.[1]
      const stem = key.replace(suffix, '')
      if (form) byStem.set(stem, [...(byStem.get(stem) ?? []), form].sort())
    }
    for (const [stem, found] of byStem) {
      expect(found, stem).toEqual(forms[language])
      expect(dictionary, stem).not.toHaveProperty([stem])
    }
  })

  it('names the same parameters in both languages; only a Kazakh suffix may be more', () => {
    const russian = new Map(Object.entries(ru).map(([key, text]) => [key.replace(suffix, ''), text]))
    for (const [key, text] of Object.entries(kk)) {
      const ours = parametersOf(text).filter((name) => name !== '{suffix}')
      expect(ours, key).toEqual(parametersOf(russian.get(key.replace(suffix, '')) ?? ''))
    }
  })

  it('leaves no word empty and no space at its ends', () => {
    for (const dictionary of [kk, ru])
      for (const [key, text] of Object.entries(dictionary)) {
        expect(text, key).not.toBe('')
        expect(text, key).toBe(text.trim())
      }
  })
})

describe('the words of desks', () => {
  it.each([...desks.values()].map((desk) => [desk.id, desk] as const))(
    '%s asks in both languages',
    (_, desk) => {
      for (const field of [...desk.identification.fields, ...desk.request.fields])
        for (const text of [
          field.label,
          field.question,
          ...(field.options ?? []).map(({ label }) => label),
        ]) {
          expect(text.kk, field.id).not.toBe('')
          expect(text.ru, field.id).not.toMatch(/[әіңғүұқөһ]/i)
        }
    },
  )
})

describe('counting in words', () => {
  it('Russian has one, few and many; Kazakh says the same for all', () => {
    const russian = (count: number) => say.ru('ticket.ahead', { count })
    expect([1, 2, 5, 11, 21, 22, 25, 101].map(russian)).toEqual([
      'Перед вами 1 обращение.',
      'Перед вами 2 обращения.',
      'Перед вами 5 обращений.',
      'Перед вами 11 обращений.',
      'Перед вами 21 обращение.',
      'Перед вами 22 обращения.',
      'Перед вами 25 обращений.',
      'Перед вами 101 обращение.',
    ])
    for (const count of [1, 2, 5, 21])
      expect(say.kk('ticket.ahead', { count })).toBe(`Алдыңызда ${count} өтініш бар.`)
  })

  it('warnings of 5 and 10 minutes', () => {
    expect(say.ru('activity.firstResponseWarning', { count: 5 })).toContain('5 рабочих минут')
    expect(say.kk('activity.firstResponseWarning', { count: 10 })).toContain('10 жұмыс минутынан')
  })

  it('a number of a request stays whole, an amount is grouped', () => {
    expect(say.ru('reopened', { number: 123456 })).toContain('123456')
    expect(say.ru('ticket.ahead', { count: 12345 })).toMatch(/12\s345/)
  })
})

describe('a translator', () => {
  const speak = translatorOf('ru', {
    hello: 'Привет, {name}',
    left_one: '{count} раз',
    left_few: '{count} раза',
    left_many: '{count} раз',
    left_other: '{count} раза',
  })

  it('puts parameters in place, whatever they hold', () => {
    expect(speak('hello', { name: '{count} $& <b>' })).toBe('Привет, {count} $& <b>')
  })

  it('takes a missing key or parameter for the bug it is', () => {
    expect(() => speak('hello')).toThrow('hello needs {name}')
    expect(() => speak('bye' as 'hello')).toThrow('no words for bye in ru')
  })
})
