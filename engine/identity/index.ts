import { parseBin } from './bin.ts'
import { parseEmail } from './email.ts'
import { parseFullName } from './fullName.ts'
import { parseIin } from './iin.ts'
import { parseOrganisation } from './organisation.ts'
import type { IdentityField, Parsed } from './parsed.ts'
import { parsePhone } from './phone.ts'

export { withoutTag } from './email.ts'
export { extractFields } from './extractFields.ts'
export { maskField, maskPersonalData } from './mask.ts'
export type { IdentityField, Parsed } from './parsed.ts'

const parsers: Readonly<Record<IdentityField, (input: string) => Parsed>> = {
  iin: parseIin,
  bin: parseBin,
  phone: parsePhone,
  fullName: parseFullName,
  organisation: parseOrganisation,
  email: parseEmail,
}

/**
 * Reads what a person typed for a field: the one normal form, which parses to itself, or the message key that
 * says what is wrong and how it should look.
 */
export const parseField = (field: IdentityField, input: string): Parsed => parsers[field](input)
