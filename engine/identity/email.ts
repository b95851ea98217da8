import { accepted, type Parsed, refused } from './parsed.ts'
import { withoutLabel } from './typed.ts'

const label =
  '(?:моя |мой |менің |электронная |электрондық )?(?:почта|поштам|пошта|эл\\.? ?почта|эл\\.? ?пошта|э/п|e-?mail|имейл|емейл|mailto|mail)'

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * Reads one e-mail address of at most 254 characters. The normal form has a lower-case domain; the part before
 * the @ stays as typed. Line breaks, lists and display names are refused: they have no place in a header.
 */
export function parseEmail(input: string): Parsed {
  const bare = input.replace(/[\u200b-\u200f\u2060\ufeff]/g, '').trim()
  const text = withoutLabel(bare, label)
    .replace(/^<([^<>]*)>$/, '$1')
    .replace(/[.;,]$/, '')
    .trim()
  if (text.length > 254) return refused('identity.email.tooLong')
  if (/[\p{Cc},;<>"()[\]\\:]/u.test(text)) return refused('identity.email.characters')
  if (/\s/u.test(text)) return refused('identity.email.spaces')
  if (/[^\p{ASCII}]/u.test(text)) return refused('identity.email.latin')
  const [before = '', after = '', ...more] = text.split('@')
  if (more.length > 0 || before === '' || after === '') return refused('identity.email.at')
  const host = after.toLowerCase()
  if (!domain.test(host)) return refused('identity.email.domain')
  if (before.length > 64 || !local.test(before)) return refused('identity.email.characters')
  return accepted(`${before}@${host}`)
}

/** The mailbox of an address with a tag: `help+anything@…` is `help@…`. */
export const withoutTag = (address: string): string => address.replace(/\+[^@]*@/, '@')
