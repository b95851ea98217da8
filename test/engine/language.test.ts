import { describe, expect, it } from 'vitest'
import { detectLanguage, guessLanguage, languages, onRightLayout } from '../../engine/language.ts'
import {
  hasty,
  languageless,
  type Messages,
  mixed,
  proper,
  transliterated,
  wrongLayout,
} from './languageMessages.ts'

const labelled = (messages: Messages) =>
  languages.flatMap((language) => messages[language].map((text) => ({ language, text })))

const wrong = (messages: Messages) =>
  labelled(messages).filter(({ language, text }) => detectLanguage(text) !== language)

describe('the language of a message', () => {
  it.each([
    ['in full spelling', proper],
    ['without the Kazakh letters, and in haste', hasty],
    ['in Latin letters', transliterated],
    ['of both languages, by the grammar', mixed],
    ['typed on the wrong layout', wrongLayout],
  ])('is told %s', (_, messages) => {
    expect(wrong(messages)).toEqual([])
  })

  it('is told in capitals and with a line of dots just as well', () => {
    const shouted = [...labelled(proper), ...labelled(hasty)].filter(
      ({ language, text }) => detectLanguage(`  ${text.toLocaleUpperCase('kk')}!!!...`) !== language,
    )
    expect(shouted).toEqual([])
  })

  it('is told beside an address, a number and a file name', () => {
    const around = [...labelled(proper), ...labelled(hasty)].filter(
      ({ language, text }) =>
        detectLanguage(`https://edoc.kz/how-to/login ${text} +7 701 234 56 78 screenshot_1.png`) !== language,
    )
    expect(around).toEqual([])
  })

  it('is certain for nearly every message that has one', () => {
    const all = [proper, hasty, transliterated, mixed, wrongLayout].flatMap(labelled)
    const sure = all.filter(({ text }) => guessLanguage(text).certain)
    expect(all.length).toBeGreaterThan(150)
    expect(sure.length / all.length).toBeGreaterThanOrEqual(0.97)
  })

  it.each(languageless)('is not certain for %j', (text) => {
    expect(guessLanguage(text).certain).toBe(false)
  })

  it('is Kazakh when nothing tells', () => {
    expect(detectLanguage('')).toBe('kk')
    expect(detectLanguage('12345')).toBe('kk')
  })

  it('is found again under the wrong layout, and nothing else is touched', () => {
    expect(onRightLayout('rfr djqnb d rf,bytn')).toBe('как войти в кабинет')
    expect(onRightLayout('0fkfq n3hrtktv3y')).toBe('қалай тіркелемін')
    for (const text of ['qalai tirkelemin', 'kak voiti', 'ncalayer', 'как войти', 'how to sign in', '123']) {
      expect(onRightLayout(text)).toBe(text)
    }
  })

  it('is told of a long message without delay', () => {
    const long = labelled(mixed)
      .map(({ text }) => text)
      .join(' ')
      .repeat(4)
      .slice(0, 4_000)
    const started = performance.now()
    guessLanguage(long)
    expect(performance.now() - started).toBeLessThan(250)
  })
})
