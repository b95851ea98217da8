import type { Said } from '../../engine/conversation/content.ts'

/** An expected refusal: words by key, and the HTTP status that fits. */
export type Refused = {
  readonly ok: false
  readonly status: 400 | 401 | 404 | 409 | 429
  readonly refusal: Said
}

export type Outcome<T> = ({ readonly ok: true } & T) | Refused

export const refused = (
  status: Refused['status'],
  key: Said['key'],
  params?: NonNullable<Said['params']>,
): Refused => ({ ok: false, status, refusal: params ? { key, params } : { key } })
