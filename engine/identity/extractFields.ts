import { parseBin } from './bin.ts'
import { parseEmail } from './email.ts'
import { nameLabel, parseFullName } from './fullName.ts'
import { parseIin } from './iin.ts'
import { parseOrganisation, splitLegalForm } from './organisation.ts'
import type { IdentityField, Parsed } from './parsed.ts'
import { parsePhone } from './phone.ts'
import { findTwelveDigits } from './twelveDigits.ts'

type Found = Readonly<Partial<Record<IdentityField, readonly string[]>>>

/** Stands where something was taken out. */
const gap = '\n'

const labels =
  /(?<!\p{L})(?:иин|жсн|бин|бсн|iin|bin|тел(?:ефон)?|моб|ұялы|phone|e-?mail|почта|пошта|организация|компания|фирма|ұйым(?:ым|ымыз)?|мекеме(?:м|міз)?|мой|моя|менің)(?!\p{L})[\s.:№–—-]*/giu

const nameLabels = new RegExp(`(?<!\\p{L})(?:${nameLabel}|я|мен|это|пишет|бұл)(?:\\s*[:–—-]\\s*|\\s+)`, 'giu')

/** Two to four words that each begin with a capital, save a separate "ұлы" or "оглы". */
const name = /^\p{Lu}[\p{L}'’-]+(?:[^\S\n]+(?:\p{Lu}[\p{L}'’-]+|ұлы|улы|қызы|кызы|оглы)(?![\p{L}])){1,3}/u

const valuesOf = (parsed: readonly Parsed[]): readonly string[] => [
  ...new Set(parsed.flatMap((one) => (one.ok ? [one.value] : []))),
]

/** What tells a name in small letters from other words: a patronymic, or a surname's ending. */
const patronymic =
  /(?:ович|евич|овна|евна|ична|инична|ұлы|улы|қызы|кызы|uly|qyzy|kyzy|ovich|evich|ovna|evna)$/u
const surname = /(?:ов|ова|ев|ева|ский|ская|ov|ova|ev|eva)$/u
const noSurname = /^(?:снова|готова?|слова?|основа|нова|здорова?|какова?|такова?|сурова|дешева|едва)$/u

/** Two to four words in small letters that can hardly be anything but a name. */
function isSmallName(text: string): boolean {
  const words = text.split(/\s+/)
  if (words.length < 2 || words.length > 4 || !/^[\p{Ll}\s'’-]+$/u.test(text)) return false
  if (!words.every((word) => word.length > 2)) return false
  return (
    words.slice(1).some((word) => patronymic.test(word)) ||
    (words.length === 2 && surname.test(words[0]!) && !noSurname.test(words[0]!))
  )
}

const isName = (text: string) => name.exec(text)?.[0] === text || isSmallName(text)

/** The name after a label; "мен" stays before it, for it puts an ending to the name. */
const labelledNames = (text: string): readonly string[] =>
  [...text.matchAll(nameLabels)].flatMap((match) => {
    const found = name.exec(text.slice(match.index + match[0].length))?.[0]
    return found === undefined ? [] : [/^мен\s*$/iu.test(match[0]) ? `мен ${found}` : found]
  })

function takeNumbers(text: string): { readonly found: Found; readonly rest: string } {
  const numbers = findTwelveDigits(text)
  const rest = numbers.reduceRight(
    (left, { start, end }) => left.slice(0, start) + gap + left.slice(end),
    text,
  )
  return {
    found: {
      iin: valuesOf(numbers.map(({ digits }) => parseIin(digits))),
      bin: valuesOf(numbers.map(({ digits }) => parseBin(digits))),
    },
    rest,
  }
}

function take(text: string, pattern: RegExp, parse: (input: string) => Parsed) {
  const values: Parsed[] = []
  const rest = text.replace(pattern, (match) => {
    const parsed = parse(match)
    if (!parsed.ok) return match
    values.push(parsed)
    return gap
  })
  return { values: valuesOf(values), rest }
}

const quotedOrganisation =
  /(?<!\p{L})\p{L}{2,5}\s*[«"“„][^«»"“”„]{2,100}[»"”“]|[«"“„][^«»"“”„]{2,100}[»"”“]\s*\p{L}{2,5}(?!\p{L})/gu

const hasLegalForm = (text: string) => splitLegalForm(text).legal !== undefined

/** What stands before or after an organisation that a person speaks for, and before one that they deal with. */
const speaksFor =
  /(?<!\p{L})(?:из|от имени|представля\p{L}*|представитель|директор|руководитель|бухгалтер|сотрудник|работаю в|мы|наше|наша|наш|моё|мое|моя|я|біз|біздің|менің|мен|компания|организация|ұйым\p{L}*|мекеме\p{L}*)[\s:–—-]*$/iu
const spokenFor =
  /^\s*(?:атынан|директоры|бухгалтері|қызметкері|басшысы|өкілі|жетекшісі|тарапынан)(?!\p{L})/iu
const fewWords = 3

/** A Russian form at the beginning or a Kazakh one at either end of a short text, and a name, not a sentence. */
function isOrganisation(text: string, others: boolean): boolean {
  const { legal, rest, formFirst } = splitLegalForm(text)
  if (!legal || (legal.language === 'ru' && !formFirst)) return false
  const words = rest.split(/\s+/).length
  return /^["«“„]?\p{Lu}/u.test(rest) ? words <= 5 : others && words <= 2
}

const organisationsIn = (segments: readonly string[], others: boolean): readonly string[] =>
  valuesOf(
    segments.flatMap((segment) => {
      const quoted = [...segment.matchAll(quotedOrganisation)].filter(([match]) => hasLegalForm(match))
      if (quoted.length === 0) return isOrganisation(segment, others) ? [parseOrganisation(segment)] : []
      return quoted
        .filter(({ 0: match, index }) => {
          const before = segment.slice(0, index)
          const after = segment.slice(index + match.length)
          const around = `${before} ${after}`.match(/[\p{L}\d]+/gu)?.length ?? 0
          return around <= fewWords || speaksFor.test(before) || spokenFor.test(after)
        })
        .map(([match]) => parseOrganisation(match))
    }),
  )

/**
 * Picks out of a message what it surely says of who is writing, in normal forms. Careful rather than complete: of
 * two different values for one field it takes neither; a name it takes only after a label ("ФИО:", "менің
 * атым"), or as a part of its own of two to four capitalised words beside at least one other field.
 */
export function extractFields(text: string): Readonly<Partial<Record<IdentityField, string>>> {
  const emails = take(text, /[^\s,;<>():"«»]+@[^\s,;<>():"«»]+/gu, parseEmail)
  const numbers = takeNumbers(emails.rest)
  const phones = take(numbers.rest, /(?<![\d\p{L}])\+?\d(?:[ \u00a0()-]{0,2}\d){9,14}(?!\d)/gu, parsePhone)
  const segments = phones.rest
    .split(/[,;\n!?]|\.\s/)
    .flatMap((segment) => segment.replace(labels, gap).split(gap))
    .map((segment) => segment.trim().replace(/[.:\s]+$/, ''))
    .filter((segment) => segment !== '')
  const contacts: Found = { ...numbers.found, email: emails.values, phone: phones.values }
  const hasValue = (fields: Found) => Object.values(fields).some((values) => values.length > 0)
  const found: Found = { ...contacts, organisation: organisationsIn(segments, hasValue(contacts)) }
  const labelled = valuesOf(labelledNames(text).map(parseFullName))
  const apart = segments
    .flatMap((segment) => segment.replace(quotedOrganisation, gap).split(gap))
    .map((segment) => segment.trim())
    .filter((segment) => isName(segment) && !hasLegalForm(segment))
  const names = labelled.length > 0 || !hasValue(found) ? labelled : valuesOf(apart.map(parseFullName))
  return Object.fromEntries(
    Object.entries({ ...found, fullName: names }).flatMap(([field, values]) =>
      values.length === 1 ? [[field, values[0]]] : [],
    ),
  )
}
