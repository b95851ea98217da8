import type { Refusal } from '../../engine/conversation/effect.ts'

/** An expected refusal: words by key, and the HTTP status that fits. */
export type Refused = {
  readonly ok: false
  readonly status: 400 | 401 | 404 | 409 | 429
  readonly refusal: Refusal
}

export type Outcome<T> = ({ readonly ok: true } & T) | Refused

export const refused = (
  status: Refused['status'],
  key: Refusal['key'],
  more: Omit<Refusal, 'key'> = {},
): Refused => ({ ok: false, status, refusal: { key, ...more } })
