import { describe, expect, it } from 'vitest'
import { kazakhDictionary, kazakhSpelling } from '../support/words/kazakhSpelling.ts'
import {
  caught,
  doubled,
  dropped,
  letterless,
  otherVowel,
  replaced,
  swapped,
} from '../support/words/mistakes.ts'
import { projectWords } from '../support/words/projectWords.ts'
import { russianSpelling } from '../support/words/russianSpelling.ts'
import { withoutRussianNames } from '../support/words/terms.ts'
import { wordsOf } from '../support/words/wordsOf.ts'
import { writtenTexts } from '../support/words/writtenTexts.ts'

const texts = writtenTexts()
const kazakhTexts = texts
  .filter(({ language }) => language === 'kk')
  .map((one) => ({ ...one, text: withoutRussianNames(one.text) }))
const russianTexts = texts.filter(({ language }) => language === 'ru')

const misspelt = (isWritten: (word: string) => boolean, those: typeof texts) =>
  those.flatMap(({ at, text }) =>
    wordsOf(text).flatMap((word) => (isWritten(word) ? [] : [`${word} — ${at}`])),
  )
const distinct = (those: typeof texts) => [...new Set(those.flatMap(({ text }) => wordsOf(text)))]
/** Enough of the words to measure by. */
const sampled = (words: readonly string[]) => words.filter((_, at) => at % 5 === 0)

describe('Russian, by the dictionary of hunspell-ru', async () => {
  const isWritten = await russianSpelling()

  it('is spelt rightly in every text that people read', () => {
    expect(misspelt(isWritten, russianTexts)).toEqual([])
  })

  it('is written with ё, as the product writes it', () => {
    const without =
      /^(е(е|му)?ще|ее|нее|мое|твое|свое|идет|пойдет|придет|придется|найдет|дает|дойдет|пришлет|причем|вернем|ждем|начнем|звезд|прочтет|поймет|счет|объем|перешлет|зайдет|учет)$/i
    expect(misspelt((word) => !without.test(word), russianTexts)).toEqual([])
  })

  it.each([
    'заявкай',
    'обращения́',
    'нашы',
    'подожите',
    'спецалист',
    'пожалуйсто',
    'неполучилось',
    'отправте',
  ])('would not pass: %s', (word) => {
    expect(isWritten(word)).toBe(false)
  })

  it('has mistakes found when they are planted in the words of our texts', () => {
    const words = sampled(distinct(russianTexts).filter((word) => /^[а-яё]{5,}$/.test(word)))
    expect(caught(words, dropped, isWritten)).toBeGreaterThan(0.9)
    expect(caught(words, doubled, isWritten)).toBeGreaterThan(0.98)
    expect(caught(words, swapped, isWritten)).toBeGreaterThan(0.97)
    expect(caught(words, replaced('абвгдежзийклмнопрстуфхцчшщъыьэюя'), isWritten)).toBeGreaterThan(0.96)
  })
})

if (kazakhDictionary === undefined)
  process.stderr.write(
    'The spelling of Kazakh is NOT checked here: there is no kk_KZ.dic. On Debian: apt-get install hunspell-kk\n',
  )

describe.skipIf(kazakhDictionary === undefined)(
  'Kazakh, by the stems of hunspell-kk and the grammar of endings',
  () => {
    const isWritten = kazakhDictionary === undefined ? () => true : kazakhSpelling(kazakhDictionary)

    it('is spelt rightly in every text that people read', () => {
      expect(misspelt(isWritten, kazakhTexts)).toEqual([])
    })

    it.each([
      ...[
        'жазыңіз',
        'жазңыз',
        'мекенжайге',
        'өтінішқа',
        'сұрактарыңыз',
        'көмекшісімын',
        'маманді',
        'қызметтың',
      ],
      ...['калай', 'сураныс', 'кұжат', 'жибериңиз', 'ЭЦҚ-сі', 'ЖСН-ы', '5-тан', 'NCALayer-ды', '09:30-ге'],
    ])('would not pass: %s', (word) => {
      expect(wordsOf(word).every(isWritten)).toBe(false)
    })

    it.each([
      ...[
        'жазыңыз',
        'сұрақтарыңызға',
        'көмектескеніңізге',
        'порталдағылардың',
        'жабылғандықтан',
        'қойылмаса',
      ],
      ...[
        'хабарласқанымыздан',
        'білгіңіз',
        'тауып',
        'оқиды',
        'қоямын',
        'кітабы',
        'ЭЦҚ-сымен',
        '5-тен',
        'күйінде-ақ',
      ],
    ])('passes: %s', (word) => {
      expect(wordsOf(word).every(isWritten)).toBe(true)
    })

    it('has mistakes found when they are planted in the words of our texts', () => {
      const words = sampled(distinct(kazakhTexts).filter((word) => /^[а-яёәіңғүұқөһ]{5,}$/.test(word)))
      expect(caught(words, letterless, isWritten)).toBeGreaterThan(0.96)
      expect(caught(words, otherVowel, isWritten)).toBeGreaterThan(0.98)
      expect(caught(words, dropped, isWritten)).toBeGreaterThan(0.77)
      expect(caught(words, doubled, isWritten)).toBeGreaterThan(0.97)
      expect(caught(words, swapped, isWritten)).toBeGreaterThan(0.97)
      expect(caught(words, replaced('абвгғдежзийкқлмнңоөпрстуұүфхшыіә'), isWritten)).toBeGreaterThan(0.94)
    })
  },
)

describe.each(['kk', 'ru'] as const)('our own words beside the dictionary (%s)', (language) => {
  const own = projectWords(language)

  it('stand once, in a group that says why', () => {
    expect(own.map(({ word }) => word)).toEqual([...new Set(own.map(({ word }) => word))])
    for (const { word, group } of own) expect(group, word).not.toBe('')
  })

  it('are used: a word that no text has any more is struck out', () => {
    const written = distinct(language === 'kk' ? kazakhTexts : russianTexts).map((word) => word.toLowerCase())
    // Without the ending of an infinitive or of a case.
    const begins = (word: string) =>
      word.slice(0, Math.max(1, word.length - (word.length > 8 ? 5 : 1))).toLowerCase()
    const unused = own.filter(({ word }) => !written.some((one) => one.startsWith(begins(word))))
    expect(unused.map(({ word }) => word)).toEqual([])
  })
})
