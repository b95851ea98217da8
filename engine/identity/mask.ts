import type { IdentityField } from './parsed.ts'
import { findTwelveDigits } from './twelveDigits.ts'

const dots = (count: number) => '•'.repeat(Math.max(0, count))

/**
 * A value in its normal form as it may be shown to others: numbers keep the last four digits (a phone its
 * country too), an address its first letter and domain, a name its initials. An organisation is not hidden.
 */
export function maskField(field: IdentityField, value: string): string {
  switch (field) {
    case 'iin':
    case 'bin':
      return dots(value.length - 4) + value.slice(-4)
    case 'phone':
      return value.slice(0, 2) + dots(value.length - 6) + value.slice(-4)
    case 'email': {
      const at = value.lastIndexOf('@')
      return value.slice(0, 1) + dots(3) + value.slice(at)
    }
    case 'fullName':
      return value.replace(
        /(\p{L})([\p{L}'-]*)/gu,
        (_, initial: string, rest: string) => initial + dots(rest.length),
      )
    case 'organisation':
      return value
  }
}

/** Hides all but the last four digits of every IIN and BIN in a text, and leaves the rest exactly as it is. */
export function maskPersonalData(text: string): string {
  let masked = ''
  let done = 0
  for (const { start, end } of findTwelveDigits(text)) {
    let hidden = 0
    masked +=
      text.slice(done, start) + text.slice(start, end).replace(/\d/g, (digit) => (hidden++ < 8 ? '•' : digit))
    done = end
  }
  return masked + text.slice(done)
}
