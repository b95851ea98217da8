import type { ContractKeys, Verdict } from '../contract.ts'
import type { Awaited, Channel, Level, Priority } from '../desk.ts'
import type { Language } from '../language.ts'
import type { Clock } from '../sla.ts'
import type { StoredFile } from './content.ts'
import type { OperatorRef } from './event.ts'
import type { Instant, LocalDay } from './instant.ts'
import type { DeclineReason, Outcome, PassedTo, PostponeReason } from './outcome.ts'

/** What has been gathered of a request that is not yet registered. */
export type Draft = {
  readonly consent?: 'given' | 'refused'
  /** Normal forms by field id. */
  readonly values: Readonly<Record<string, string>>
  /** Optional fields that the visitor chose to leave empty. */
  readonly skipped: readonly string[]
  readonly files: readonly StoredFile[]
  /** The question in the visitor's own words, offered as the description. */
  readonly question?: string
  /** What was found out about the contract that the visitor named. */
  readonly contract?: Recognition
}

/** What the visitor may know of the contract they named. Nothing that only the record knows is in it. */
export type Recognition = {
  readonly keys: ContractKeys
  readonly verdict: Verdict | 'notFound' | 'tooOften'
  readonly vip?: true
  /** Until when, or since when: told to those who know the paper. */
  readonly day?: LocalDay
  /** How many of its requests are open, and which of them are the same person's. */
  readonly open?: number
  /** How many may be. */
  readonly limit?: number
  readonly own?: readonly number[]
  /** The visitor goes on without it. */
  readonly without?: true
}

/** The promises of a ticket. The first answer is promised to everybody, the others where the desk states them. */
export type Clocks = {
  readonly firstResponse: Clock
  readonly nextResponse?: Clock
  readonly resolution?: Clock
}

/** The desk waits for the visitor: since when, and until when where the desk has a rule of silence. */
export type WaitingFor = {
  readonly what: Awaited
  readonly since: Instant
  /** Who asked, and answers for the request when it closes by itself. */
  readonly by: OperatorRef
  readonly silence?: { readonly remindAt: Instant; readonly endsAt: Instant }
  readonly reminded?: true
  /** The visitor has been silent for as long as the desk's rule says. */
  readonly over?: true
}

/** What operators have done for a request: listed when it closes without the visitor's answer (edoc regulation, §15). */
export type Done = {
  readonly at: Instant
  readonly what: 'took' | 'answered' | 'asked' | 'offeredSolution' | 'postponed' | 'passedOn' | 'reminded'
}

/** How a conversation came to the operator who has it, or back to the queue; `by` and `from` are operators' ids. */
export type CameBy = {
  readonly how:
    | 'took'
    | 'tookOver'
    | 'transferred'
    | 'assigned'
    | 'released'
    | 'movedToDesk'
    /** Its operator said nothing, or was gone. */
    | 'silent'
    | 'away'
  readonly at: Instant
  readonly by?: string
  readonly from?: string
}

/** The contract of a ticket; `operatorId`: who is assigned to its organisation. */
export type TicketContract = { readonly id: string; readonly type?: string; readonly operatorId?: string }

/** The registered request. */
export type Ticket = {
  readonly number: number
  readonly registeredAt: Instant
  readonly level: Level
  readonly priority: Priority
  readonly values: Readonly<Record<string, string>>
  readonly files: readonly StoredFile[]
  readonly identityRefused: boolean
  /** By which contract it is served. */
  readonly contract?: TicketContract
  readonly clocks: Clocks
  /** Set while the desk waits for the visitor's answer. */
  readonly waitingFor?: WaitingFor
  /** Put off by the operator; the visitor's next word ends it, and so does the day it was put off to. */
  readonly postponed?: {
    readonly reason: PostponeReason
    readonly until?: LocalDay
    readonly endsAt?: Instant
  }
  /** Others work on it; the operator still answers for it. */
  readonly passedOn?: {
    readonly to: PassedTo
    readonly dueOn?: LocalDay
    readonly dueAt?: Instant
    /** The day has come, and the operator was told. */
    readonly due?: true
  }
  readonly done: readonly Done[]
  /** The visitor was warned by an operator for insulting language. */
  readonly warnedAt?: Instant
  readonly resolvedAt?: Instant
  readonly outcome?: Outcome
  readonly declined?: { readonly reason: DeclineReason; readonly scope?: string }
  readonly rating?: number
  readonly comment?: string
  /** Left out while the visitor's own way led it where it is. */
  readonly cameBy?: CameBy
  /** The first word of the visitor that no operator's has followed. */
  readonly unansweredSince?: Instant
  /** Its operator is waited for from one moment to the other, then it goes back to the queue. */
  readonly returns?: { readonly from: Instant; readonly at: Instant }
  /** It waited while nobody was there; supervisors and the visitor know. */
  readonly unattendedAt?: Instant
}

type Stage =
  | {
      readonly stage: 'asking'
      readonly question?: string
      /** The id under which the last question was noted. */
      readonly asked?: string
      readonly suggested: readonly string[]
      readonly reading?: string
    }
  | { readonly stage: 'identifying'; readonly draft: Draft; readonly asking: string; readonly offered?: true }
  | { readonly stage: 'describing'; readonly draft: Draft; readonly asking: string; readonly offered?: true }
  | { readonly stage: 'reviewing'; readonly draft: Draft; readonly editing?: string }
  | { readonly stage: 'waiting'; readonly ticket: Ticket }
  | { readonly stage: 'live'; readonly ticket: Ticket; readonly operator: OperatorRef }
  | {
      readonly stage: 'resolved'
      readonly ticket: Ticket
      readonly operator: OperatorRef
      readonly unsent?: string
      /** The visitor has rated, and their next words are about that. */
      readonly commenting?: true
    }
  | { readonly stage: 'ended' }
  | { readonly stage: 'ended'; readonly ticket: Ticket; readonly operator: OperatorRef }

/** By what mail programs keep letters together. */
export type MailThread = {
  /** Of the first letter. */
  readonly subject: string
  /** The Message-ID of the visitor's last letter. */
  readonly lastId: string
  /** The address of ours that they write to. */
  readonly to: string
}

/** A person's thread on one channel. */
export type Conversation = {
  /** The version of this shape: persisted states are brought up to it when loaded. */
  readonly version: 2
  readonly channel: Channel
  readonly language: Language
  /** The visitor chose the language themselves; what they write no longer changes it. */
  readonly languageChosen: boolean
  /** Identification fields known from an earlier request of this conversation. */
  readonly known: Readonly<Record<string, string>>
  /** FAQ articles the visitor has opened, oldest first. */
  readonly articlesSeen: readonly string[]
  readonly insults: number
  /** The desk it was begun at, while its request is at another: what is asked next is asked there again. */
  readonly home?: string
  /** The letters of the thread, where it goes by e-mail. */
  readonly mail?: MailThread
} & Stage

export type StageName = Stage['stage']
export type At<S extends StageName> = Extract<Conversation, { stage: S }>
