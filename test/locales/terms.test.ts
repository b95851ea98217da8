import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import dictionary from 'dictionary-ru'
import { describe, expect, it } from 'vitest'
import { terms, withoutRussianNames } from '../support/words/terms.ts'
import { wordsOf } from '../support/words/wordsOf.ts'
import { type WrittenText, writtenTexts } from '../support/words/writtenTexts.ts'

const texts = writtenTexts()
const kazakh = texts
  .filter(({ language }) => language === 'kk')
  .map((one) => ({ ...one, text: withoutRussianNames(one.text) }))
const russian = texts.filter(({ language }) => language === 'ru')

const found = (those: readonly WrittenText[], pattern: RegExp) =>
  those.flatMap(({ at, text }) => {
    const match = pattern.exec(text)
    return match ? [`${match[0]} — ${at}`] : []
  })
const foundWords = (those: readonly WrittenText[], isWrong: (word: string) => boolean) =>
  those.flatMap(({ at, text }) => wordsOf(text).flatMap((word) => (isWrong(word) ? [`${word} — ${at}`] : [])))
const anyOf = (words: readonly string[]) => new RegExp(`^(${words.join('|')})$`, 'i')

describe('one word for one thing', () => {
  it.each(terms.terms.map((term) => [term.concept, term] as const))('%s', (_, { never, only, except }) => {
    const concerned = texts.filter(
      ({ at }) =>
        (only?.some((place) => at.startsWith(place)) ?? true) &&
        !except?.some((place) => at.startsWith(place)),
    )
    expect(concerned.length).toBeGreaterThan(0)
    for (const language of ['kk', 'ru'] as const)
      for (const pattern of never[language]) {
        const those = (language === 'kk' ? kazakh : russian).filter(({ at }) =>
          concerned.some((one) => one.at === at),
        )
        expect(found(those, new RegExp(pattern, 'iu')), `${pattern} in ${language}`).toEqual([])
      }
  })

  it('a word that Kazakh has is not said in Russian', () => {
    const instead = Object.entries(terms.kazakhInstead)
    expect(
      kazakh.flatMap(({ at, text }) =>
        wordsOf(text).flatMap((word) => {
          const own = instead.find(([foreign]) => word.toLowerCase().startsWith(foreign))
          return own ? [`${word}: ${own[1]} — ${at}`] : []
        }),
      ),
    ).toEqual([])
  })
})

describe('Kazakh is Kazakh', () => {
  it('has no Russian little words', () => {
    const little = anyOf(
      (
        'и или в на с к о но а же бы ли по для если это что как из от до за при вы ваш нет уже ещё еще только можно нужно надо ' +
        'пожалуйста чтобы также когда где кто все всё после через без под над между об со во ко его её их мы я он она они был ' +
        'есть будет может уж лишь либо тоже потом сейчас здесь там тут очень нельзя'
      ).split(' '),
    )
    expect(foundWords(kazakh, (word) => little.test(word))).toEqual([])
  })

  it('has no Russian endings', () => {
    const ending =
      /..(ться|ется|ится|ают|яют|уют|ость|ости|ение|ения|вание|вания|ого|его|ому|ему|[^ауиеоы]ый|[^иа]ий|[^а]ая|яя|ое|ые|[^и]ие|ами|ями|овать)$/i
    expect(foundWords(kazakh, (word) => ending.test(word))).toEqual([])
  })

  it('has ё, щ, ъ, ь and э in borrowed words only', () => {
    const borrowed = terms.borrowed.map((stem) => stem.toLowerCase())
    const isWrong = (word: string) =>
      /[ёщъьэ]/i.test(word) &&
      !word
        .split('-')
        .every(
          (part) => !/[ёщъьэ]/i.test(part) || borrowed.some((stem) => part.toLowerCase().startsWith(stem)),
        )
    expect(foundWords(kazakh, isWrong)).toEqual([])
  })

  it('is never left in Russian: no text whose words are mostly Russian ones', () => {
    const russianWords = new Set(
      new TextDecoder()
        .decode(dictionary.dic)
        .split('\n')
        .map((line) => line.split('/')[0]?.trim().toLowerCase()),
    )
    const isRussian = (text: string) => {
      const words = wordsOf(text).filter((word) => /^[а-яёәіңғүұқөһ]{3,}$/i.test(word))
      return (
        words.length >= 4 &&
        words.filter((word) => russianWords.has(word.toLowerCase())).length / words.length > 0.6
      )
    }
    expect(russian.filter(({ text }) => isRussian(text)).length).toBeGreaterThan(100)
    expect(kazakh.filter(({ text }) => isRussian(text)).map(({ at }) => at)).toEqual([])
  })

  it('says otherwise what Russian says, but for what is the same in both', () => {
    const place = ({ at }: WrittenText) =>
      at.replace(/^locales\/(kk|ru)/, 'locales').replace(/\.(kk|ru)$/, '')
    const inRussian = new Map(russian.map((one) => [place(one), one.text]))
    const isSaid = (text: string) =>
      /[а-яё]{2}/.test(text.replace(/\{\w+\}/g, '')) &&
      !terms.sameInBoth.includes(text) &&
      !/КриптоПро|КБ|МБ/.test(text)
    const same = kazakh.filter((one) => isSaid(one.text) && inRussian.get(place(one)) === one.text)
    expect(same.map(({ at, text }) => `${text} — ${at}`)).toEqual([])
  })
})

describe('Russian is Russian', () => {
  it('has no Kazakh letters but in names', () => {
    const names = /^(ИҚБШ|ЭПБШ|қазақша)$/i
    expect(foundWords(russian, (word) => /[әіңғүұқөһ]/i.test(word) && !names.test(word))).toEqual([])
  })
})

describe('both', () => {
  it('have no English words but names, formats and keys', () => {
    const allowed = new Set(
      Object.values(terms.latin)
        .flat()
        .flatMap((word) => [word, word.toLowerCase()]),
    )
    const isForeign = (word: string) => {
      if (!/[a-z]{2}/i.test(word) || allowed.has(word)) return false
      const parts = word.split('-').filter((part) => /[a-z]/i.test(part))
      return !parts.every((part) => allowed.has(part))
    }
    expect(foundWords(texts, isForeign)).toEqual([])
  })

  it('mix no look-alike letters of two alphabets into one word', () => {
    const mixed = /[A-Za-z][а-яёәіңғүұқөһ]|[а-яёәіңғүұқөһ][A-Za-z]/i
    expect(foundWords(texts, (word) => mixed.test(word))).toEqual([])
  })

  it('quote with «ёлочки» and set dashes off with spaces', () => {
    expect(found(texts, /["“”„]/)).toEqual([])
    expect(found(texts, /\p{L} - \p{L}|\p{L}— |\p{L} —\p{L}/u)).toEqual([])
  })

  it('have no space before a sign, no doubled one, and three dots as one sign', () => {
    expect(found(texts, / [,;:!?»]| \.(?!\p{L})|« | {2}|\.\.\.|,,/u)).toEqual([])
  })

  it('address the visitor politely, without shouting', () => {
    expect(found(russian, /(?<![А-Яа-яё])(ты|тебе|тебя|твой|твоя|твои)(?![А-Яа-яё])/i)).toEqual([])
    expect(found(kazakh, /(?<![а-яәіңғүұқөһ])(сен|саған|сені|сенің)(?![а-яәіңғүұқөһ])/i)).toEqual([])
    expect(found(texts, /!!|\?\?|!\?/)).toEqual([])
  })
})

describe('the code', () => {
  /** The names of languages, which are the same to every reader, and what `writtenTexts` reads in its place. */
  const ownNames = /^(Қазақша|По-русски|Русский|Қаз|Рус|ҚАЗ|РУС)$/
  const judgedElsewhere = new Set(['widget/loader.ts', 'widget/demo/main.ts'])
  /** What others call the columns and cells of a table, or write around the words of a letter: read, never shown. */
  const understood = ['server/contracts/', 'mail/listen.ts', 'mail/ownWords.ts']

  it('holds no words of its own: they are in locales/ and desks/, where both languages are judged', () => {
    const root = join(import.meta.dirname, '../..')
    const files = ['server', 'widget', 'console', 'bot', 'mail', 'db'].flatMap((layer) =>
      readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' }).map((file) => join(layer, file)),
    )
    const spoken = files
      .filter((file) => /\.(tsx?|js)$/.test(file) && !judgedElsewhere.has(file))
      .filter((file) => !understood.some((folder) => file.startsWith(folder)))
      .flatMap((file) => {
        const code = readFileSync(join(root, file), 'utf8').replace(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*/gs, '')
        return (
          code.match(
            /'[^'\n]*[\u0400-\u04ff]{2}[^'\n]*'|`[^`\n]*[\u0400-\u04ff]{2}[^`\n]*`|>[^<>{}]*[\u0400-\u04ff]{2}/g,
          ) ?? []
        )
          .filter((text) => !ownNames.test(text.replace(/^['`>]|['`]$/g, '').trim()))
          .map((text) => `${text} — ${file}`)
      })
    expect(files.length).toBeGreaterThan(100)
    expect(spoken).toEqual([])
  })
})
