import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Whether the header `X-Telegram-Bot-Api-Secret-Token` of a webhook request is the secret we gave to Telegram;
 * takes the same time whatever was sent.
 */
export const isWebhookSecret = (header: string | readonly string[] | undefined, secret: string): boolean =>
  timingSafeEqual(digest(typeof header === 'string' ? header : ''), digest(secret)) && secret !== ''
