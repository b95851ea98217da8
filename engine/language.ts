import {
  caseEndings,
  endings,
  englishWords,
  grammarWords,
  neutralWords,
  nounEndings,
  words,
} from './languageWords.ts'

/** The languages the assistant speaks: Kazakh and Russian. */
export const languages = ['kk', 'ru'] as const
export type Language = (typeof languages)[number]

/** `certain` is false for what belongs to no language: digits, a name alone, an address, "ok". */
export type LanguageGuess = { readonly language: Language; readonly certain: boolean }

/* Evidence is a number: positive speaks for Kazakh, negative for Russian. */

const letters: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    ә: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    ғ: 'g',
    д: 'd',
    е: 'e',
    ё: 'e',
    ж: 'j',
    з: 'z',
    и: 'i',
    й: 'i',
  },
  ...{
    к: 'k',
    қ: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    ң: 'n',
    о: 'o',
    ө: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
  },
  ...{ ұ: 'u', ү: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'c', ч: 'č', ш: 'š', щ: 'š', ъ: '', ы: 'i', і: 'i', ь: '' },
  ...{ э: 'e', ю: 'iu', я: 'ia', y: 'i', q: 'k', x: 'h', w: 'u', ı: 'i', ə: 'a' },
}

const pairs: Readonly<Record<string, string>> = {
  ...{ shch: 'š', sch: 'š', sh: 'š', ch: 'č', zh: 'j', kh: 'h', gh: 'g', ts: 'c', ng: 'n', ye: 'e', yo: 'e' },
}

/** A word in one small alphabet, whichever script and spelling it was typed in; doubled letters count once. */
function foldWord(word: string): string {
  const latin = word
    .replace(/ş/g, 'sh')
    .normalize('NFKD')
    .replace(/(?<=[a-z])\p{M}/gu, '')
    .normalize('NFC')
    .replace(/shch|sch|sh|ch|zh|kh|gh|ts|ng(?![aeiou])|ye|yo/g, (pair) => pairs[pair] ?? pair)
  return [...latin]
    .map((letter) => letters[letter] ?? letter)
    .join('')
    .replace(/(.)\1+/gu, '$1')
}

const listed = (text: string): readonly string[] => text.match(/\S+/g) ?? []

const gramsOf = (folded: string): readonly string[] => {
  const framed = `^${folded}$`
  return [2, 3, 4].flatMap((size) =>
    Array.from({ length: Math.max(0, framed.length - size + 1) }, (_, at) => framed.slice(at, at + size)),
  )
}

type Model = {
  readonly grammar: ReadonlyMap<string, number>
  readonly neutral: ReadonlySet<string>
  readonly english: ReadonlySet<string>
  readonly endings: ReadonlyMap<string, number>
  readonly nounEndings: ReadonlyMap<string, number>
  readonly caseEndings: readonly string[]
  readonly known: ReadonlyMap<string, number>
  readonly grams: ReadonlyMap<string, number>
  /** How usual a group of letters is in either language: natural logarithm of its share. */
  readonly usual: ReadonlyMap<string, number>
}

/** Each word's side, by its spelling and folded; one that both languages have stands for neither. */
function sides(kk: string, ru: string): ReadonlyMap<string, number> {
  const both = new Map<string, number>()
  const put = (key: string, side: number) => both.set(key, (both.get(key) ?? side) === side ? side : 0)
  for (const word of listed(kk)) for (const key of [foldWord(word), word]) put(key, 1)
  for (const word of listed(ru)) for (const key of [foldWord(word), word]) put(key, -1)
  return both
}

function countGrams(...lists: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of lists.flatMap(listed)) {
    for (const gram of gramsOf(foldWord(word))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

const totalOf = (counts: ReadonlyMap<string, number>) =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

function learn(): Model {
  const kk = countGrams(words.kk, grammarWords.kk)
  const ru = countGrams(words.ru, grammarWords.ru)
  const [kkTotal, ruTotal] = [totalOf(kk), totalOf(ru)]
  const all = new Set([...kk.keys(), ...ru.keys()])
  const share = (count: number | undefined, total: number) => ((count ?? 0) + 0.4) / (total + 0.4 * all.size)
  const grams = new Map<string, number>()
  const usual = new Map<string, number>()
  for (const gram of all) {
    const [inKk, inRu] = [share(kk.get(gram), kkTotal), share(ru.get(gram), ruTotal)]
    grams.set(gram, Math.log(inKk / inRu))
    usual.set(gram, Math.log(Math.max(inKk, inRu)))
  }
  return {
    grammar: sides(grammarWords.kk, grammarWords.ru),
    neutral: new Set(listed(neutralWords).map(foldWord)),
    english: new Set(listed(englishWords)),
    endings: sides(endings.kk, endings.ru),
    nounEndings: sides('', nounEndings),
    caseEndings: [...new Set(listed(caseEndings).map(foldWord))],
    known: sides(words.kk, words.ru),
    grams,
    usual,
  }
}

let learnt: Model | undefined
const model = (): Model => {
  learnt ??= learn()
  return learnt
}

const clamp = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value))

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** What the longest known ending of a word says that leaves a stem of two letters. */
function endingOf(folded: string, known: ReadonlyMap<string, number>): number {
  for (let length = Math.min(7, folded.length - 2); length > 0; length--) {
    const side = known.get(folded.slice(-length))
    if (side) return side * [0, 0.3, 0.7, 1.1, 1.4, 1.7, 1.8, 2][length]!
  }
  return 0
}

/**
 * Whether a word is a name, a term or a Russian noun with a Kazakh ending ("телефоным", "порталда"). After a vowel
 * such an ending never begins with a т: "ответите" is no "ответы" with one.
 */
const isDeclinedInKazakh = (folded: string): boolean =>
  model().caseEndings.some((ending) => {
    const stem = folded.slice(0, -ending.length)
    return (
      folded.endsWith(ending) &&
      stem.length > 2 &&
      !(ending.startsWith('t') && /[aeiou]$/.test(stem)) &&
      (model().neutral.has(stem) || model().known.get(stem) === -1)
    )
  })

/**
 * What one word says. `firm`: it rests on grammar, a known word or a letter that only one language has.
 * `grammatical`: a grammar word, or one with a telling ending.
 */
type Evidence = { readonly score: number; readonly firm: boolean; readonly grammatical: boolean }
const nothing: Evidence = { score: 0, firm: false, grammatical: false }

function wordEvidence(word: string): Evidence {
  const folded = foldWord(word)
  if (folded === '' || /^(.)\1+$/u.test(word)) return nothing
  const grammar = model().grammar.get(word) ?? model().grammar.get(folded)
  const kazakhLetter = /[әғқңөұүһі]/u.test(word)
  if (grammar !== undefined) {
    const score = grammar * (folded.length === 1 ? 1.2 : 2.6) + (kazakhLetter ? 1 : 0)
    return { score, firm: score !== 0, grammatical: score !== 0 }
  }
  if (model().neutral.has(folded)) return nothing
  const known = model().known.get(word) ?? model().known.get(folded) ?? 0
  if (known !== -1 && isDeclinedInKazakh(folded)) return { score: 2.4, firm: true, grammatical: true }
  const ending = endingOf(folded, model().endings)
  const lexical =
    (kazakhLetter ? 1.8 : 0) -
    (/[щъёцэ]/u.test(word) ? 0.8 : 0) +
    known * 0.6 +
    endingOf(folded, model().nounEndings) * 0.5 +
    clamp(mean(gramsOf(folded).map((gram) => model().grams.get(gram) ?? 0)) * 1.2, 1.6)
  const score = clamp(lexical, 1.9) + ending
  return { score, firm: known !== 0 || kazakhLetter || Math.abs(score) > 1.2, grammatical: ending !== 0 }
}

/** A name or term with an ending after a dash ("NCALayer-ді", "VPN-ге"): the ending speaks. */
function compoundEvidence(token: string): Evidence {
  const [stem = '', ...more] = token.split('-')
  const last = more.at(-1)
  if (last === undefined) return wordEvidence(token)
  const ending = model().endings.get(foldWord(last)) ?? model().grammar.get(foldWord(last)) ?? 0
  if (ending > 0 && last.length <= 5) return { score: 2.6, firm: true, grammatical: true }
  const parts = [stem, ...more].map(wordEvidence)
  return {
    score: parts.reduce((sum, part) => sum + part.score, 0),
    firm: parts.some((part) => part.firm),
    grammatical: parts.some((part) => part.grammatical),
  }
}

const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const cyrillicKeys = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const kazakhKeys: Readonly<Record<string, string>> = {
  ...{ 2: 'ә', 3: 'і', 4: 'ң', 5: 'ғ', 8: 'ү', 9: 'ұ', 0: 'қ', '-': 'ө', '=': 'һ' },
}

/** What a key gives on the Kazakh and Russian layouts; the Kazakh letters are on the row of digits. */
const retyped = (key: string): string => cyrillicKeys[latinKeys.indexOf(key)] ?? kazakhKeys[key] ?? key

/** How usual the letter groups of some words are in either language, on average. */
const usualness = (tokens: readonly string[]): number =>
  mean(
    tokens.flatMap((token) => {
      const folded = foldWord(token)
      return model().grammar.has(folded) || model().known.has(folded)
        ? [-4, -4]
        : gramsOf(folded).map((gram) => model().usual.get(gram) ?? -11)
    }),
  )

const wordsIn = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*/gu) ?? []

/**
 * A message typed in lower case while the keyboard was on Latin, as it was meant ("rfr djqnb" is "как войти");
 * any other message as it is.
 */
export function onRightLayout(text: string): string {
  if (/\p{Script=Cyrillic}/u.test(text) || !/[a-z]/.test(text)) return text
  const again = text
    .split(/\s+/)
    .map((token) => token.replace(/[.,!?]+$/, ''))
    .map((token) =>
      /[a-z]/.test(token) && !model().neutral.has(foldWord(token)) ? [...token].map(retyped).join('') : token,
    )
    .join(' ')
  const asTyped = wordsIn(text).filter((word) => !model().neutral.has(foldWord(word)))
  if (asTyped.length === 0) return text
  return usualness(wordsIn(again)) > usualness(asTyped) + 1 ? again : text
}

/** The text without what has no language: addresses, file names, numbers. */
const spoken = (text: string): string =>
  text
    .replace(
      /(?:https?:\/\/|www\.)\S+|\S+@\S+|[\p{L}\d_-]+\.(?:kz|ru|com|org|net|pdf|docx?|xlsx?|zip|jpe?g|png|exe|msi)(?!\p{L})/giu,
      ' ',
    )
    .replace(/\p{L}*_[\p{L}\d_]+/gu, ' ')

/** A message without the labels it quotes, unless it is a quotation itself. */
function unquoted(text: string): string {
  const rest = text.replace(/«[^»]*»|"[^"]*"|“[^”]*”/g, ' ')
  return wordsIn(rest).length > 1 ? rest : text
}

const surname = /(?:ov|ova|ev|eva|ovič|ovna|evič|evna|uli|kizi|ogli)$/u

/** One to four unknown words that all begin with a capital, or one of which ends as surnames do. */
function looksLikeName(text: string, tokens: readonly string[]): boolean {
  const folded = tokens.map(foldWord)
  if (tokens.length > 4 || folded.some((word) => model().grammar.has(word) || model().known.has(word)))
    return false
  return (
    (text.match(/\p{L}[\p{L}'’-]*/gu) ?? []).every((word) => /^\p{Lu}/u.test(word)) ||
    folded.some((word) => surname.test(word))
  )
}

const looksEnglish = (tokens: readonly string[]) =>
  tokens.filter((word) => model().english.has(word)).length >= Math.max(1, tokens.length * 0.4)

/**
 * Which language a message is written in, by its grammar: a Kazakh sentence with Russian nouns is Kazakh. Reads
 * Kazakh without its letters, transliteration of both languages, and Russian typed on a Latin keyboard.
 */
export function guessLanguage(text: string): LanguageGuess {
  const bare = unquoted(spoken(text))
  const tokens = wordsIn(onRightLayout(bare.toLocaleLowerCase('kk')))
  const evidence = tokens.map(compoundEvidence)
  const score = evidence.reduce((sum, one, at) => {
    const kazakhVerbAtTheEnd = at > 0 && at === evidence.length - 1 && one.grammatical && one.score > 0
    return sum + one.score * (kazakhVerbAtTheEnd ? 1.4 : 1)
  }, 0)
  const foreign = looksEnglish(tokens) || looksLikeName(bare, tokens)
  return {
    language: score >= 0 ? 'kk' : 'ru',
    certain: !foreign && Math.abs(score) >= 1 && evidence.some((one) => one.firm),
  }
}

/** The language a message is most likely written in; Kazakh when nothing tells. */
export const detectLanguage = (text: string): Language => guessLanguage(text).language
