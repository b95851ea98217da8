import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { accepted, type Parsed, refused } from './parsed.ts'
import { onOneLine, withoutLabel } from './typed.ts'

const label =
  '(?:мой |менің |ұялы )?(?:номер мой|номер телефона|контактный телефон|телефон нөмірім?|телефоным?|телефон|номер|нөмірім|нөмір|тел\\.?|моб\\.?|сот\\.?|ұялы|phone|tel\\.?|whatsapp|ватсап|вотсап)'

/** What people write for +7: a plus before the 8, or two zeros before the country. */
const withPlus = (text: string) => text.replace(/^\+\s*8(?=[\s(-]*7\d)/, '+7').replace(/^00\s*(?=[1-9])/, '+')

/**
 * Reads a phone number, Kazakhstan's unless it begins with a + and another country's code. The normal form is
 * E.164; an extension is left out of it.
 */
export function parsePhone(input: string): Parsed {
  const typed = onOneLine(input.normalize('NFKC'))
  const text = withPlus(
    withoutLabel(
      typed
        .replace(/\(((?:доб|вн|ішкі|ext)\.?\s*\d{1,6})\)$/iu, '$1')
        .replace(/^(\p{L}{3})\.(?=[\d+(])/u, '$1. '),
      label,
    ).replace(/[\s.,;]+$/, ''),
  )
  const digits = text.replace(/\D/g, '').length
  if (/[\p{L}@]/u.test(text.replace(/(?:доб|вн|ішкі|ext)\.?\s*\d{1,6}$/iu, ''))) {
    return refused('identity.phone.digits')
  }
  if (digits < 10) return refused('identity.phone.tooShort')
  const phone = parsePhoneNumberFromString(text.replace(/(?:доб|вн|ішкі)\.?/iu, 'ext'), 'KZ')
  if (phone?.isValid()) return accepted(phone.number)
  return refused(digits > 15 ? 'identity.phone.tooLong' : 'identity.phone.unknown')
}
