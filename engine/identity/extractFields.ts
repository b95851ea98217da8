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
  /(?<!\p{L})(?:иин|жсн|бин|бсн|iin|bin|тел(?:ефон)?|моб|ұялы|phone|e-?mail|почта|пошта|мой|моя|менің)(?!\p{L})[\s.:№–—-]*/giu

const nameLabels = new RegExp(`(?<!\\p{L})(?:${nameLabel})(?:\\s*[:–—-]\\s*|\\s+)`, 'giu')

/** Two to four words that each begin with a capital, save a separate "ұлы" or "оглы". */
const name = /^\p{Lu}[\p{L}'’-]+(?:[^\S\n]+(?:\p{Lu}[\p{L}'’-]+|ұлы|улы|қызы|кызы|оглы)(?![\p{L}])){1,3}/u

const valuesOf = (parsed: readonly Parsed[]): readonly string[] => [
  ...new Set(parsed.flatMap((one) => (one.ok ? [one.value] : []))),
]

const isName = (text: string) => name.exec(text)?.[0] === text

const labelledNames = (text: string): readonly string[] =>
  [...text.matchAll(nameLabels)].flatMap(
    (match) => name.exec(text.slice(match.index + match[0].length)) ?? [],
  )

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
      if (isOrganisation(segment, others)) return [parseOrganisation(segment)]
      return [...segment.matchAll(quotedOrganisation)]
        .filter(([match]) => hasLegalForm(match))
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
    .split(/[,;\n]|\.\s/)
    .flatMap((segment) => segment.replace(labels, gap).split(gap))
    .map((segment) => segment.trim().replace(/[.:\s]+$/, ''))
    .filter((segment) => segment !== '')
  const contacts: Found = { ...numbers.found, email: emails.values, phone: phones.values }
  const hasValue = (fields: Found) => Object.values(fields).some((values) => values.length > 0)
  const found: Found = { ...contacts, organisation: organisationsIn(segments, hasValue(contacts)) }
  const labelled = valuesOf(labelledNames(text).map(parseFullName))
  const apart = segments.filter((segment) => isName(segment) && !hasLegalForm(segment))
  const names = labelled.length > 0 || !hasValue(found) ? labelled : valuesOf(apart.map(parseFullName))
  return Object.fromEntries(
    Object.entries({ ...found, fullName: names }).flatMap(([field, values]) =>
      values.length === 1 ? [[field, values[0]]] : [],
    ),
  )
}
