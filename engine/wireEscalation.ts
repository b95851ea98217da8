import { z } from 'zod'
import { type AlertKind, type Occasion, occasions } from './alert.ts'
import type { Instant } from './conversation/instant.ts'
import type { Metric } from './desk.ts'
import { mostEscalationEmails } from './limits.ts'

/** Something an operator is to look at. */
export type WireAlert = {
  readonly id: string
  readonly kind: AlertKind
  readonly desk: string
  readonly conversationId: string
  /** Null: the conversation has no request, and cannot be opened. */
  readonly number: number | null
  readonly operatorId: string | null
  readonly metric: Metric | null
  readonly dueAt: Instant | null
  readonly at: Instant
}

export const escalationSchema = z.strictObject({
  occasions: z.array(z.enum(occasions)).max(occasions.length),
  emails: z.array(z.string().max(300)).max(mostEscalationEmails),
})
export type EscalationInput = z.infer<typeof escalationSchema>

/** Where a desk's supervisors are told, and of what. */
export type WireEscalation = {
  readonly desk: string
  readonly occasions: readonly Occasion[]
  readonly emails: readonly string[]
  readonly telegram: { readonly title: string } | null
  /** Addresses that did not take what they were sent. */
  readonly failures: readonly { readonly address: string; readonly at: Instant }[]
}

export type WireEscalations = {
  /** Whether the server can send e-mail. */
  readonly email: boolean
  /** Null: there is no bot. `username`: not known while Telegram does not answer. */
  readonly telegram: { readonly username: string | null } | null
  readonly desks: readonly WireEscalation[]
}

/** To be written in the Telegram chat that is to be connected. */
export type WireChatCode = {
  readonly command: string
  /** Adds the bot to a group and connects it, in one go. */
  readonly link: string | null
  readonly expiresAt: Instant
}
