import { z } from 'zod'
import type { Instant, LocalDay } from './conversation/instant.ts'
import {
  declineReasons,
  type Outcome,
  type PassedTo,
  passedToSides,
  postponeReasons,
} from './conversation/outcome.ts'
import type { PreparedWords } from './conversation/preparedWords.ts'
import type { CameBy } from './conversation/state.ts'
import { type Channel, type Level, type Metric, type Priority, priorities } from './desk.ts'
import type { Language } from './language.ts'
import type { Presence, PresenceChoice } from './presence.ts'
import type { WireAck, WireField, WireFile, WireMarks, WireMessage, WireRefusal, WireRow } from './wire.ts'
import type { Role } from './wireAccess.ts'
import type { WireContract, WireDeskContracts } from './wireContracts.ts'
import type { WireAlert } from './wireEscalation.ts'
import { anyText, colleagueText, eventId, messageText } from './wireFields.ts'

/* The console's socket: namespace /console (the session cookie signs in). */

export type WireOperator = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly desks: readonly string[]
  readonly languages: readonly Language[]
  readonly active: boolean
  /** How many conversations at a time they are given; null: as many as the desk says. */
  readonly capacity: number | null
  readonly presence: Presence
}

/** A line of the queue: one conversation that has a ticket. */
export type QueueRow = {
  readonly conversationId: string
  readonly desk: string
  readonly channel: Channel
  /** A conversation that was ended for insults is `resolved` too; `outcome` tells. */
  readonly stage: 'waiting' | 'live' | 'resolved'
  /** How the request came to its end, where that is known. */
  readonly outcome: Outcome | null
  readonly language: Language
  readonly ticketNumber: number
  readonly level: Level
  readonly priority: Priority
  /** The visitor's name; of who is written to by e-mail and told none, the address, masked; else null. */
  readonly name: string | null
  /** What it is about: the description's beginning. */
  readonly subject: string
  readonly lastText: string
  readonly lastAt: Instant
  readonly registeredAt: Instant
  readonly operator: { readonly id: string; readonly name: string } | null
  readonly visitorOnline: boolean
  /** The place of its contract's type among the desk's; null without a contract, or where the desk has no types. */
  readonly contractRank: number | null
  /** The operator assigned to the visitor's organisation by its contract. */
  readonly dedicated: { readonly id: string; readonly name: string } | null
  /** How it came to the operator who has it, or back to the queue; `by` and `from` are operators' ids. */
  readonly cameBy: {
    readonly how: CameBy['how']
    readonly by: string | null
    readonly from: string | null
  } | null
  /** It waited while nobody was there. */
  readonly unattended: boolean
  /** It came back from an operator who said nothing, or was gone; since when. */
  readonly returnedAt: Instant | null
  /** Visitor's messages no operator has read. */
  readonly unread: number
  readonly waitingForVisitor: boolean
  readonly postponed: { readonly until: LocalDay | null } | null
  readonly passedOn: { readonly to: PassedTo; readonly dueOn: LocalDay | null } | null
  /** An operator has warned the visitor for insulting language. */
  readonly warned: boolean
  /** The visitor was silent for as long as the desk waits: the request may be closed. */
  readonly silenceOver: boolean
  /** The first-response promise; null once it has been kept or broken and answered. */
  readonly firstResponse: WirePromise | null
  /** The answer that is owed to what the visitor was asked for; null while none is. */
  readonly nextResponse: WirePromise | null
  /** The end of the request; null where the desk promises none, and when it is over. */
  readonly resolution: (WirePromise & { readonly paused: boolean }) | null
}

/** A promise that is still open. */
export type WirePromise = {
  readonly dueAt: Instant
  readonly warned: number
  readonly breached: boolean
}

/** How one of a ticket's promises stands, or was kept. */
export type WireClock = {
  readonly metric: Metric
  readonly dueAt: Instant
  readonly stoppedAt: Instant | null
  readonly paused: boolean
  readonly breached: boolean
}

/** All an operator sees of a conversation they opened. */
export type ConversationDetail = {
  readonly row: QueueRow
  /** The e-mail address, masked, that what is said to the visitor goes to; null: it goes nowhere by e-mail. */
  readonly mailedTo: string | null
  /** How each promise stands or was kept. */
  readonly clocks: readonly WireClock[]
  /** The contract it is served by, as it is now. */
  readonly contract: WireContract | null
  readonly identity: readonly (WireRow & {
    /** Masked: the whole value is asked for by `reveal`. */
    readonly masked: boolean
  })[]
  readonly identityRefused: boolean
  readonly request: readonly WireRow[]
  /** What its desk requires and nobody has told: `prepared.missing` asks for it. */
  readonly missing: readonly Pick<WireField, 'id' | 'label'>[]
  readonly files: readonly WireFile[]
  readonly articlesSeen: readonly { readonly id: string; readonly title: string }[]
  readonly marks: WireMarks
  readonly rating: number | null
  /** What the visitor wrote with the rating. */
  readonly comment: string | null
  readonly prepared: PreparedWords
  readonly messages: readonly WireMessage[]
  readonly hasEarlier: boolean
}

const conversationId = z.uuid()
const operatorBase = { id: eventId, conversationId }

/** What an operator does to a conversation. */
export const operatorActionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('took'), ...operatorBase }),
  z.object({ type: z.literal('released'), ...operatorBase }),
  z.object({ type: z.literal('replied'), ...operatorBase, text: messageText }),
  z.object({ type: z.literal('attached'), ...operatorBase, fileId: z.uuid(), text: messageText.optional() }),
  z.object({
    type: z.literal('sharedArticle'),
    ...operatorBase,
    article: z.string().max(120),
    /** The visitor's words that it answers. */
    question: anyText.optional(),
  }),
  z.object({ type: z.literal('noted'), ...operatorBase, text: messageText }),
  z.object({
    type: z.literal('transferred'),
    ...operatorBase,
    to: z.uuid(),
    reason: colleagueText.optional(),
  }),
  z.object({ type: z.literal('tookOver'), ...operatorBase }),
  z.object({
    type: z.literal('movedToDesk'),
    ...operatorBase,
    desk: z.string().max(32),
    reason: colleagueText.optional(),
  }),
  z.object({ type: z.literal('askedForInformation'), ...operatorBase, text: messageText }),
  z.object({ type: z.literal('offeredSolution'), ...operatorBase, text: messageText }),
  z.object({ type: z.literal('closedUnanswered'), ...operatorBase, text: messageText }),
  z.object({ type: z.literal('prioritised'), ...operatorBase, priority: z.enum(priorities) }),
  z.object({ type: z.literal('resolved'), ...operatorBase, text: messageText.optional() }),
  z.object({
    type: z.literal('declined'),
    ...operatorBase,
    text: messageText,
    reason: z.enum(declineReasons),
    scope: z.string().max(40).optional(),
  }),
  z.object({
    type: z.literal('postponed'),
    ...operatorBase,
    text: messageText,
    reason: z.enum(postponeReasons),
    until: z.iso.date().optional(),
  }),
  z.object({
    type: z.literal('passedOn'),
    ...operatorBase,
    to: z.enum(passedToSides),
    dueOn: z.iso.date().optional(),
    note: colleagueText.optional(),
  }),
  z.object({ type: z.literal('warned'), ...operatorBase, text: messageText }),
  /** The contract of a request, or null to take it off. */
  z.object({ type: z.literal('recognised'), ...operatorBase, contract: z.uuid().nullable() }),
  z.object({ type: z.literal('ended'), ...operatorBase, text: messageText.optional() }),
])
export type OperatorAction = z.infer<typeof operatorActionSchema>

/** What a desk asks for, to be put down by an operator. */
export type WireDeskForm = {
  readonly identification: readonly WireField[]
  readonly request: readonly WireField[]
  readonly files: { readonly types: readonly string[]; readonly maxBytes: number }
}

/** A desk as the console knows it; `contracts`: null where everybody is served alike. */
export type WireDesk = {
  readonly id: string
  readonly name: string
  /** What lists call it; null: its name without the words that all share. */
  readonly shortName: string | null
  readonly zone: string
  readonly contracts: WireDeskContracts | null
  readonly form: WireDeskForm
}

export type ConsoleHello = {
  readonly me: WireOperator
  readonly operators: readonly WireOperator[]
  readonly desks: readonly WireDesk[]
  /** Every desk there is: a request may be passed to any. */
  readonly allDesks: readonly { readonly id: string; readonly name: string }[]
  readonly rows: readonly QueueRow[]
  /** What this operator was alerted of lately, newest first. */
  readonly alerts: readonly WireAlert[]
  /** Up to when they have seen it; null: never. */
  readonly alertsSeenAt: Instant | null
  /** The server's clock, to tick down against. */
  readonly now: Instant
  readonly maxFileBytes: number
  /** Whether people can be answered by e-mail. */
  readonly sendsMail: boolean
}

export type ConsoleClientEvents = {
  act: (action: OperatorAction, ack: (answer: WireAck) => void) => void
  /** Opens a conversation (joins its live updates); only one is open per socket. */
  open: (
    conversationId: string,
    ack: (answer: { ok: true; detail: ConversationDetail } | { ok: false; refusal: WireRefusal }) => void,
  ) => void
  close: () => void
  typing: (conversationId: string) => void
  read: (conversationId: string, seq: number) => void
  earlier: (
    conversationId: string,
    seq: number,
    ack: (answer: { messages: readonly WireMessage[]; hasEarlier: boolean }) => void,
  ) => void
  after: (
    conversationId: string,
    seq: number,
    ack: (answer: { messages: readonly WireMessage[] }) => void,
  ) => void
  /** A masked value in full; the history records who looked. */
  reveal: (
    conversationId: string,
    field: string,
    ack: (answer: { ok: true; value: string } | { ok: false; refusal: WireRefusal }) => void,
  ) => void
  /** Whether this operator is to be given conversations; answered once it is stored. */
  presence: (
    choice: PresenceChoice,
    ack: (answer: { ok: true } | { ok: false; refusal: WireRefusal }) => void,
  ) => void
  /** Alerts up to then have been seen. */
  alertsSeen: (at: Instant) => void
  /** The language of the console's screen, for what the server words. */
  language: (language: Language) => void
}

export type ConsoleServerEvents = {
  hello: (hello: ConsoleHello) => void
  /** New or changed lines of the queue. */
  rows: (rows: readonly QueueRow[]) => void
  /** Lines that left the queue; `toOtherDesk`: they belong to a desk that this operator does not serve. */
  gone: (conversationIds: readonly string[], toOtherDesk?: boolean) => void
  operators: (operators: readonly WireOperator[]) => void
  messages: (conversationId: string, messages: readonly WireMessage[]) => void
  /** The opened conversation's detail changed other than by messages. */
  detail: (detail: Omit<ConversationDetail, 'messages' | 'hasEarlier'>) => void
  marks: (conversationId: string, marks: WireMarks) => void
  typing: (conversationId: string) => void
  /** What this operator is to look at, newest last. */
  alerts: (alerts: readonly WireAlert[]) => void
  /** Alerts up to then were seen, here or at another screen of theirs. */
  alertsSeen: (at: Instant) => void
  /** The session ended (signed out elsewhere, deactivated). */
  signedOut: () => void
}
