import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import kk from '../../locales/kk/widget.json'
import ru from '../../locales/ru/widget.json'
import { type Dictionary, translatorOf } from '../../locales/translate.ts'
import { fileRefusal } from '../../widget/files.ts'
import { dayLabel, sizeLabel, timeOf } from '../../widget/when.ts'
import type { Words } from '../../widget/words.ts'

const forms = { kk: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] }
const pluralForm = /_(one|few|many|other)$/
const stems = (dictionary: Dictionary) => [
  ...new Set(Object.keys(dictionary).map((key) => key.replace(pluralForm, ''))),
]
const inRussian = translatorOf('ru', ru) as Words
const inKazakh = translatorOf('kk', kk) as Words

describe('the words of the chat', () => {
  it('are there in both languages, under the same keys', () => {
    expect(stems(kk).sort()).toEqual(stems(ru).sort())
  })

  it.each([
    ['kk', kk as Dictionary],
    ['ru', ru as Dictionary],
  ] as const)('have every plural form in %s', (language, dictionary) => {
    const plural = Object.keys(ru)
      .filter((key) => key.endsWith('_one'))
      .map((key) => key.replace(pluralForm, ''))
    expect(plural.length).toBeGreaterThan(0)
    for (const stem of plural)
      for (const form of forms[language])
        expect(dictionary, `${stem}_${form}`).toHaveProperty([`${stem}_${form}`])
  })

  it('name the same parameters in both languages', () => {
    const parameters = (text: string | undefined) => [...new Set(text?.match(/\{\w+\}/g))].sort()
    for (const [key, text] of Object.entries<string>(kk)) {
      const russian = (ru as Dictionary)[key]
      expect(parameters(text), key).toEqual(parameters(russian))
    }
  })

  it('are all used', () => {
    const folder = new URL('../../widget/', import.meta.url)
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n')
    const unused = stems(ru).filter((key) => !sources.includes(`'${key}'`) && !/^rated\.[1-5]$/.test(key))
    expect(unused).toEqual([])
  })

  it('count in good Russian and Kazakh', () => {
    expect([1, 3, 5, 21].map((count) => inRussian('newMessages', { count }))).toEqual([
      '1 новое сообщение',
      '3 новых сообщения',
      '5 новых сообщений',
      '21 новое сообщение',
    ])
    expect(inKazakh('newMessages', { count: 5 })).toBe('5 жаңа хабар')
  })
})

describe('days and times', () => {
  const now = new Date('2026-03-02T05:00:00.000Z')

  it('are those of Almaty', () => {
    expect(timeOf('2026-03-02T04:05:00.000Z')).toBe('09:05')
    expect(dayLabel('2026-03-01T19:00:00.000Z', now, inRussian)).toBe('Сегодня')
    expect(dayLabel('2026-03-01T18:59:00.000Z', now, inKazakh)).toBe('Кеше')
  })

  it('are said as people say them, with the year when it is another one', () => {
    expect(dayLabel('2026-02-03T05:00:00.000Z', now, inRussian)).toBe('3 февраля')
    expect(dayLabel('2026-02-03T05:00:00.000Z', now, inKazakh)).toBe('3 ақпан')
    expect(dayLabel('2025-12-31T05:00:00.000Z', now, inRussian)).toBe('31 декабря 2025 г.')
    expect(dayLabel('2025-12-31T05:00:00.000Z', now, inKazakh)).toBe('2025 ж. 31 желтоқсан')
  })
})

describe('files before they are sent', () => {
  const desk = { maxFileBytes: 10 * 1024 * 1024, fileTypes: ['pdf', 'png'] }

  it('pass when the desk takes their type and size', () => {
    expect(fileRefusal(desk, { name: 'Қате.PNG', size: 1 }, inRussian)).toBeUndefined()
    expect(fileRefusal(desk, { name: 'a.pdf', size: desk.maxFileBytes }, inRussian)).toBeUndefined()
  })

  it('are refused with the reason otherwise', () => {
    expect(fileRefusal(desk, { name: 'a.exe', size: 1 }, inRussian)).toContain('PDF, PNG')
    expect(fileRefusal(desk, { name: 'png', size: 1 }, inRussian)).toContain('PDF, PNG')
    expect(fileRefusal(desk, { name: 'a.pdf', size: 0 }, inRussian)).toBe(inRussian('fileEmpty'))
    expect(fileRefusal(desk, { name: 'a.pdf', size: desk.maxFileBytes + 1 }, inKazakh)).toContain('10 МБ')
  })

  it('have a size people can read', () => {
    expect(sizeLabel(512, inRussian)).toBe('512 Б')
    expect(sizeLabel(1536, inRussian)).toBe('2 КБ')
    expect(sizeLabel(2.25 * 1024 * 1024, inRussian)).toBe('2,3 МБ')
  })
})

describe('the language of the screen', () => {
  afterEach(() => {
    vi.doUnmock('../../locales/ru/widget.json')
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('is ready only when there are words, also when another one is wanted meanwhile', async () => {
    vi.stubGlobal('document', { documentElement: {} })
    let arrive = () => {}
    const underWay = new Promise<void>((resolve) => {
      arrive = resolve
    })
    vi.doMock('../../locales/ru/widget.json', () => underWay.then(() => ({ default: ru })))
    const { canSpeak, language, speak } = await import('../../widget/words.ts')
    // the portal's page is Kazakh, and the first answer says that the visitor's conversation is Russian
    const whenReady = speak('kk').then(canSpeak)
    const conversation = speak('ru')
    await import('../../locales/kk/widget.json')
    await new Promise((resolve) => setImmediate(resolve))
    arrive()
    expect(await whenReady).toBe(true)
    await conversation
    expect(language.value).toBe('ru')
  })
})
