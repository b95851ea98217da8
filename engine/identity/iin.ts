import { accepted, type Parsed, refused } from './parsed.ts'
import { hasCheckDigit, looksLikeBin, looksLikeIin, typedDigits } from './twelveDigits.ts'

/** Reads an individual's identification number; the normal form is its twelve digits. */
export function parseIin(input: string): Parsed {
  const digits = typedDigits(input)
  if (digits === undefined) return refused('identity.iin.digits')
  if (digits.length !== 12) return refused('identity.iin.length')
  const checked = hasCheckDigit(digits)
  if (checked && looksLikeBin(digits)) return refused('identity.iin.isBin')
  if (!looksLikeIin(digits)) return refused('identity.iin.date')
  return checked ? accepted(digits) : refused('identity.iin.checksum')
}
