import { z } from 'zod'
import { languages } from './language.ts'
import { maxReasonLength, maxTextLength } from './limits.ts'

/* What the schemas of the wire are made of. */

/** Made by the client, and sent again unchanged until it is acknowledged. */
export const eventId = z.uuid()
/** Text as it can be stored: no NUL, no half of a surrogate pair. */
const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed().trim()
export const anyText = z.string().max(maxTextLength).transform(clean)
/** What is said: not nothing. */
export const messageText = anyText.pipe(z.string().min(1))
/** What only colleagues read. */
export const colleagueText = z.string().max(maxReasonLength).transform(clean)
export const language = z.enum(languages)
export const seq = z.number().int().nonnegative()
