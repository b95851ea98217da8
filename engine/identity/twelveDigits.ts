import { onOneLine } from './typed.ts'

const first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const second = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/** Words that people put before the number, and what they put around them. */
const label = /^\D*?(?<!\p{L})(иин|жсн|бин|бсн|iin|jsn|zhsn|bin|bsn)(?!\p{L}{4})\D*/iu

/** The seventh digit of an IIN tells the century of birth and the sex; 0 is a foreign citizen's, of either century. */
const centuries: Readonly<Record<string, readonly number[]>> = {
  0: [1900, 2000],
  1: [1800],
  2: [1800],
  3: [1900],
  4: [1900],
  5: [2000],
  6: [2000],
}

/**
 * Whether the last of twelve digits is the check digit of the first eleven: their weighted sum modulo 11, and
 * when that is 10, the sum with the second weights; a number for which it is 10 again is never given out.
 */
export function hasCheckDigit(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false
  const remainder = (weights: readonly number[]) =>
    weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11
  const one = remainder(first)
  return (one === 10 ? remainder(second) : one) === Number(digits[11])
}

const isDate = (year: number, month: number, day: number) =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Whether twelve digits begin as an IIN does: date of birth and century. */
export function looksLikeIin(digits: string): boolean {
  const part = (from: number) => Number(digits.slice(from, from + 2))
  return (centuries[digits[6] ?? ''] ?? []).some((century) => isDate(century + part(0), part(2), part(4)))
}

/**
 * Whether twelve digits begin as a BIN does: year and month of registration, kind of person (4 resident, 5
 * non-resident, 6 joint enterprise of sole traders), and kind of unit (0 to 4).
 */
export const looksLikeBin = (digits: string): boolean => /^\d\d(0[1-9]|1[0-2])[456][0-4]/.test(digits)

/** The digits of a typed number without its label and separators; `undefined` when something else is there. */
export function typedDigits(input: string): string | undefined {
  const digits = onOneLine(input.normalize('NFKC'))
    .replace(label, '')
    .replace(/[\s\-–—‑‐_.]/g, '')
    .replace(/^\((.*)\)$/, '$1')
    .replace(/[,;)]$/, '')
  return /^\d*$/.test(digits) ? digits : undefined
}

export type NumberInText = { readonly start: number; readonly end: number; readonly digits: string }

/**
 * Numbers of twelve digits in a text with the check digit of an IIN or BIN, written together or in groups with
 * one space or dash between. A part of a longer run of digits is none.
 */
export function findTwelveDigits(text: string): readonly NumberInText[] {
  const groups = [...text.matchAll(/\d+/g)].map((match) => ({ at: match.index, digits: match[0] }))
  const found: NumberInText[] = []
  for (let first = 0; first < groups.length; first++) {
    let digits = ''
    let end = groups[first]!.at
    for (let last = first; last < groups.length && digits.length < 12; last++) {
      const group = groups[last]!
      if (last > first && !/^[ \u00a0\u202f\-–—‑]$/.test(text.slice(end, group.at))) break
      digits += group.digits
      end = group.at + group.digits.length
      if (hasCheckDigit(digits)) {
        found.push({ start: groups[first]!.at, end, digits })
        first = last
        break
      }
    }
  }
  return found
}
