import { z } from 'zod'
import type { ChoiceId } from './conversation/content.ts'
import type { StageName } from './conversation/state.ts'
import type { Language } from './language.ts'
import type { WireAck, WireMarks, WireMessage } from './wire.ts'
import { anyText, eventId, language, messageText, seq } from './wireFields.ts'

/* The visitor's socket: namespace /visitor. */

/** Handshake `auth`. Without a token (or with an unknown one) a new conversation begins and a token is given. */
export const visitorAuthSchema = z.object({
  desk: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  token: z.string().max(100).optional(),
  /** The portal page's language, or the browser's: a hint until the visitor chooses. */
  language: language.optional(),
  /** The last sequence number this client has: it is sent everything after it. */
  after: seq.optional(),
})
const choiceId = z
  .string()
  .max(120)
  .regex(/^[a-zA-Z]+(:[\w.-]+)?$/)
  .transform((value) => value as ChoiceId)

/** What a visitor does; `id` is made by the client and sent again unchanged until it is acknowledged. */
export const visitorActionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('wrote'), id: eventId, text: messageText }),
  z.object({ type: z.literal('chose'), id: eventId, choice: choiceId }),
  z.object({
    type: z.literal('filled'),
    id: eventId,
    values: z.record(z.string().max(40), anyText),
  }),
  z.object({ type: z.literal('attached'), id: eventId, fileId: z.uuid(), text: messageText.optional() }),
  z.object({ type: z.literal('switchedLanguage'), id: eventId, language }),
])
export type VisitorAction = z.infer<typeof visitorActionSchema>

export type VisitorState = {
  readonly conversationId: string
  readonly stage: StageName
  readonly language: Language
  readonly operator?: string
  /** Whether a person may be asked for right now (false once one is on the way or here). */
  readonly canAskOperator: boolean
  readonly ticketNumber?: number
}

export type VisitorDesk = {
  readonly id: string
  readonly name: string
  readonly assistant: string
  readonly maxFileBytes: number
  readonly fileTypes: readonly string[]
}

export type VisitorWelcome = {
  /** To be kept by the client: it is the key to the conversation. */
  readonly token: string
  readonly desk: VisitorDesk
  readonly state: VisitorState
  readonly marks: WireMarks
  /** Everything after `after`, oldest first (the newest 100 when `after` was not given). */
  readonly messages: readonly WireMessage[]
  readonly hasEarlier: boolean
}

export type VisitorClientEvents = {
  act: (action: VisitorAction, ack: (answer: WireAck) => void) => void
  typing: () => void
  /** Everything up to `seq` has reached the client / has been seen. */
  delivered: (seq: number) => void
  read: (seq: number) => void
  /** Up to 100 messages before `seq`, oldest first. */
  earlier: (
    seq: number,
    ack: (answer: { messages: readonly WireMessage[]; hasEarlier: boolean }) => void,
  ) => void
  /** Everything after `seq`, oldest first; asked when a gap is seen. */
  after: (seq: number, ack: (answer: { messages: readonly WireMessage[] }) => void) => void
  /** The whole thread again in the conversation's language (after a switch). */
  again: (ack: (answer: { messages: readonly WireMessage[]; hasEarlier: boolean }) => void) => void
}

export type VisitorServerEvents = {
  welcome: (welcome: VisitorWelcome) => void
  messages: (messages: readonly WireMessage[]) => void
  state: (state: VisitorState) => void
  /** The desk that serves it is another one now, or is named in another language. */
  desk: (desk: VisitorDesk) => void
  marks: (marks: WireMarks) => void
  /** An operator is typing; lasts 4 seconds unless repeated. */
  typing: () => void
}
