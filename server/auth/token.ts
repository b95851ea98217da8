import { createHash, randomBytes } from 'node:crypto'

/** A secret of 32 random bytes, fit for a cookie and for a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token: its SHA-256 in hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
