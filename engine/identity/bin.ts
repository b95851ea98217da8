import { accepted, type Parsed, refused } from './parsed.ts'
import { hasCheckDigit, looksLikeBin, looksLikeIin, typedDigits } from './twelveDigits.ts'

/** Reads a business identification number; the normal form is its twelve digits. */
export function parseBin(input: string): Parsed {
  const digits = typedDigits(input)
  if (digits === undefined) return refused('identity.bin.digits')
  if (digits.length !== 12) return refused('identity.bin.length')
  const checked = hasCheckDigit(digits)
  if (checked && looksLikeIin(digits)) return refused('identity.bin.isIin')
  if (!looksLikeBin(digits)) return refused('identity.bin.structure')
  return checked ? accepted(digits) : refused('identity.bin.checksum')
}
