import { z } from 'zod'
import type { Audience, Author, ChoiceId } from './conversation/content.ts'
import type { Instant, LocalDay } from './conversation/instant.ts'
import {
  declineReasons,
  type Outcome,
  type PassedTo,
  passedToSides,
  postponeReasons,
} from './conversation/outcome.ts'
import type { PreparedWords } from './conversation/preparedWords.ts'
import type { CameBy, StageName } from './conversation/state.ts'
import { type Channel, channels, type Level, levels, type Metric, type Priority, priorities } from './desk.ts'
import { type Language, languages } from './language.ts'
import type { Presence, PresenceChoice } from './presence.ts'
import type { RichText } from './richText.ts'
import type { WireContract, WireDeskContracts } from './wireContracts.ts'
import type { WireAlert } from './wireEscalation.ts'

/* ───────────── shared by visitors and operators ───────────── */

/** The longest text one message may carry. */
export const maxTextLength = 4_000

export type WireFile = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  /** Path on this server; asks for the visitor's token (Authorization: Bearer …) or the console's cookie. */
  readonly path: string
  /** Whether it may be shown as a picture. */
  readonly image: boolean
}

export type WireChoice = { readonly id: ChoiceId; readonly label: string; readonly primary: boolean }

export type WireField = {
  readonly id: string
  readonly kind:
    | 'iin'
    | 'bin'
    | 'fullName'
    | 'organisation'
    | 'phone'
    | 'email'
    | 'contact'
    | 'text'
    | 'longText'
    | 'choice'
    | 'files'
  readonly label: string
  readonly question: string
  readonly example?: string
  readonly required: boolean
  readonly onlyWith?: string
  readonly skipLabel?: string
  readonly options?: readonly { readonly id: string; readonly label: string }[]
  readonly maxLength: number
  readonly value?: string
}

export type WireRow = { readonly field: string; readonly label: string; readonly value: string }

/** A message's content as a person reads it: words are rendered by the server in the reader's language. */
export type WireContent =
  | { readonly kind: 'text'; readonly text: string; readonly edited?: boolean }
  | { readonly kind: 'file'; readonly file: WireFile; readonly text?: string }
  | { readonly kind: 'answers'; readonly rows: readonly WireRow[] }
  | {
      readonly kind: 'activity'
      readonly text: string
      readonly tone: 'plain' | 'warning' | 'breach' | 'good'
    }
  | {
      readonly kind: 'said'
      readonly text: string
      /** Asked after everything else that is shown, right above the buttons. */
      readonly ask?: string
      readonly choices?: readonly WireChoice[]
      /** Widget: shown inline until the conversation has gone on. */
      readonly form?: {
        readonly fields: readonly WireField[]
        /** The field that a plain text message answers. */
        readonly asking: string
        readonly submitLabel: string
      }
      readonly articles?: readonly {
        readonly id: string
        readonly title: string
        readonly choice: ChoiceId
      }[]
      readonly article?: { readonly id: string; readonly title: string; readonly body: RichText }
      /** Each row can be changed by the choice `edit:<field>`. */
      readonly summary?: { readonly rows: readonly WireRow[]; readonly files: readonly WireFile[] }
      readonly ticket?: {
        readonly number: number
        readonly dueAt: Instant
        readonly dueText: string
        readonly ahead: number
        readonly aheadText: string
      }
      readonly rating?: boolean
    }

export type WireMessage = {
  readonly seq: number
  /** The id of the event that caused it: a client's own id comes back here. */
  readonly eventId: string
  readonly at: Instant
  readonly author: Author
  readonly audience: Audience
  readonly content: WireContent
}

/** How far each side has got, by sequence number. */
export type WireMarks = {
  readonly visitorDelivered: number
  readonly visitorRead: number
  readonly operatorRead: number
}

/** An expected refusal, already in the reader's words. `fields`: what is wrong, by field of a form. */
export type WireRefusal = {
  readonly key: string
  readonly text: string
  readonly fields?: Readonly<Record<string, string>>
}

/** Acknowledgement: given only after the commit. `seq` is the last sequence number the event led to. */
export type WireAck =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly refusal: WireRefusal }

const eventId = z.uuid()
/** Text as it can be stored: no NUL, no half of a surrogate pair. */
const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed().trim()
const messageText = z.string().max(maxTextLength).transform(clean).pipe(z.string().min(1))
const language = z.enum(languages)
const seq = z.number().int().nonnegative()

/* ───────────── the visitor's socket: namespace /visitor ───────────── */

/** Handshake `auth`. Without a token (or with an unknown one) a new conversation begins and a token is given. */
export const visitorAuthSchema = z.object({
  desk: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  token: z.string().max(100).optional(),
  /** The portal page's language, or the browser's: a hint until the visitor chooses. */
  language: language.optional(),
  /** The last sequence number this client has: it is sent everything after it. */
  after: seq.optional(),
})
export type VisitorAuth = z.infer<typeof visitorAuthSchema>

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
    values: z.record(z.string().max(40), z.string().max(maxTextLength).transform(clean)),
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
  marks: (marks: WireMarks) => void
  /** An operator is typing; lasts 4 seconds unless repeated. */
  typing: () => void
}

/* ───────────── the console's socket: namespace /console (the session cookie signs in) ───────────── */

export const roles = ['operator', 'supervisor', 'administrator'] as const
export type Role = (typeof roles)[number]

/** The most conversations at a time that an operator may be given. */
export const mostCapacity = 50

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
  /** The visitor's name, or null when they refused to say. */
  readonly name: string | null
  /** What it is about: the description's beginning. */
  readonly subject: string
  readonly lastText: string
  readonly lastAt: Instant
  readonly registeredAt: Instant
  readonly operator: { readonly id: string; readonly name: string } | null
  readonly visitorOnline: boolean
  /** The place of its contract's type among the desk's; null without one. */
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
    question: z.string().max(maxTextLength).transform(clean).optional(),
  }),
  z.object({ type: z.literal('noted'), ...operatorBase, text: messageText }),
  z.object({
    type: z.literal('transferred'),
    ...operatorBase,
    to: z.uuid(),
    reason: z.string().max(500).transform(clean).optional(),
  }),
  z.object({ type: z.literal('tookOver'), ...operatorBase }),
  z.object({
    type: z.literal('movedToDesk'),
    ...operatorBase,
    desk: z.string().max(32),
    reason: z.string().max(500).transform(clean).optional(),
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
    note: z.string().max(500).transform(clean).optional(),
  }),
  z.object({ type: z.literal('warned'), ...operatorBase, text: messageText }),
  /** The contract of a request, or null to take it off. */
  z.object({ type: z.literal('recognised'), ...operatorBase, contract: z.uuid().nullable() }),
  z.object({ type: z.literal('ended'), ...operatorBase, text: messageText.optional() }),
])
export type OperatorAction = z.infer<typeof operatorActionSchema>

/** A desk as the console knows it; `contracts`: null where everybody is served alike. */
export type WireDesk = {
  readonly id: string
  readonly name: string
  /** What lists call it; null: its name without the words that all share. */
  readonly shortName: string | null
  readonly zone: string
  readonly contracts: WireDeskContracts | null
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

/* ───────────── HTTP bodies ───────────── */

export const loginSchema = z.object({ email: z.string().max(254), password: z.string().max(200) })
const password = z.string().min(10).max(200)
const personName = z.string().trim().min(2).max(120)

export const invitationSchema = z.object({
  email: z.email().max(254),
  role: z.enum(roles),
  desks: z.array(z.string().max(32)).min(1),
  languages: z.array(language).min(1),
})
export type InvitationRequest = z.infer<typeof invitationSchema>

/** Takes up an invitation, or the one-time link that makes the first administrator. */
export const acceptInvitationSchema = z.object({
  token: z.string().min(20).max(100),
  name: personName,
  /** Needed for the first administrator only; an invitation knows its address. */
  email: z.email().max(254).optional(),
  password,
})
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>

export const faqQuerySchema = z.object({
  q: z.string().trim().min(1).max(1_000),
  lang: language.optional(),
  limit: z.coerce.number().int().min(1).max(10).default(3),
})

/* ───────────── the supervisor's report ───────────── */

/** The longest period one report covers, in local days. */
export const maxReportDays = 370

const reportDay = z.iso.date().regex(/^20/)
const unset = z.literal('').transform(() => undefined)

/** A report's period, first and last local day, and what it is narrowed to; an empty filter is none. */
export const reportQuerySchema = z
  .object({
    from: reportDay,
    to: reportDay,
    desk: z.union([unset, z.string().max(32)]).optional(),
    channel: z.union([unset, z.enum(channels)]).optional(),
    operator: z.union([unset, z.uuid()]).optional(),
    level: z.union([unset, z.enum(levels)]).optional(),
  })
  .refine(
    ({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < maxReportDays * 24 * 60 * 60 * 1_000,
  )
export type ReportQuery = z.infer<typeof reportQuerySchema>

/** Tickets by how a promise went; one that is overdue counts as breached, kept or not. */
export type PromiseCounts = {
  readonly met: number
  readonly breached: number
  /** Not answered, and there is still time. */
  readonly open: number
}

/** Within this amount at least half, and at least nine tenths, of what was measured came; null: nothing was. */
export type Spread = { readonly median: number | null; readonly p90: number | null }

/** The tickets that were registered on one local day, and how many of them are resolved by now. */
export type ReportDay = PromiseCounts & {
  readonly on: string
  readonly registered: number
  readonly resolved: number
}

/** Of the conversations that began in the period: those in which the visitor did anything. */
export type Deflection = {
  readonly begun: number
  readonly withArticle: number
  readonly articlesShown: number
  readonly helped: number
  readonly toPerson: number
  /** Of the questions that were put to the assistant in the period. */
  readonly questions: QuestionCounts
  /** Every article that was offered, the most often first. */
  readonly articles: readonly ArticleUse[]
}

/** What came of questions: an article was offered for them, opened, helped; a person was asked for anyway. */
export type QuestionCounts = {
  readonly asked: number
  readonly offered: number
  readonly opened: number
  readonly helped: number
  readonly toPerson: number
}

/** For how many questions an article was offered, opened, and what came then. */
export type ArticleUse = {
  readonly desk: string
  readonly id: string
  /** Null in a language that it is not written in. */
  readonly titles: Readonly<Record<Language, string | null>>
  readonly offered: number
  readonly opened: number
  readonly helped: number
  readonly notHelped: number
  readonly toPerson: number
}

/** What became of the tickets that were registered in a period. */
export type Report = {
  readonly from: string
  readonly to: string
  readonly registered: number
  readonly firstResponse: PromiseCounts & { readonly workingMinutes: Spread }
  /** The promise of the end, of the tickets whose desk makes one; `resolved` counts them all. */
  readonly resolution: PromiseCounts & { readonly resolved: number; readonly workingHours: Spread }
  readonly satisfaction: {
    /** Tickets whose visitor was asked to rate. */
    readonly asked: number
    readonly rated: number
    readonly average: number | null
    /** How many gave one star, two, … five. */
    readonly stars: readonly number[]
  }
  readonly days: readonly ReportDay[]
  /** Registrations by local time: seven days, Monday first, of 24 hours. */
  readonly hours: readonly (readonly number[])[]
  /** Null when the report is narrowed to an operator or a level: the assistant's conversations have neither. */
  readonly deflection: Deflection | null
}

export { channels }
