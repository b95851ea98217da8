import type words from '../../locales/ru/identity.json'

/** What a person can be asked about who they are, and what we know how to read. */
export type IdentityField = 'iin' | 'bin' | 'phone' | 'fullName' | 'organisation' | 'email'

/** The key of the message that says what is wrong and how it should look. */
export type IdentityRefusal = keyof typeof words

/** The one normal form of what a person typed, or why it was not taken. */
export type Parsed =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly refusal: IdentityRefusal }

export const accepted = (value: string): Parsed => ({ ok: true, value })
export const refused = (refusal: IdentityRefusal): Parsed => ({ ok: false, refusal })
