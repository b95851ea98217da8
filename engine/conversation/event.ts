import type { FoundContract } from '../contract.ts'
import type { Desk, Priority } from '../desk.ts'
import type { Language } from '../language.ts'
import type { ChoiceId, StoredFile, Unsupported } from './content.ts'
import type { TimerName } from './effect.ts'
import type { Instant, LocalDay } from './instant.ts'
import type { DeclineReason, PassedTo, PostponeReason } from './outcome.ts'

/** An operator as the conversation knows one. */
export type OperatorRef = { readonly id: string; readonly name: string }

/** What only the storage can know at the moment of registration. */
export type Registration = {
  readonly number: number
  readonly ahead: number
  /** Those that the draft's BIN or number leads to; a place is held for one more request of the one that is used. */
  readonly contracts?: readonly FoundContract[]
}

/** A letter by e-mail, as far as the conversation is concerned. */
export type Mail = {
  /** Its Message-ID, with the angle brackets. */
  readonly id: string
  readonly from: { readonly address: string; readonly name?: string }
  /** The address of ours that it was sent to. */
  readonly to: string
  /** Empty when it has none; without "Re:" and the like. */
  readonly subject: string
  /** The sender's own words, without what they quote; empty when there are none. */
  readonly text: string
  readonly files: readonly StoredFile[]
  /** It names a letter of ours as the one it answers: only who got that knows how it is called. */
  readonly answersOurs?: true
  /** What of its files is not kept, and why. */
  readonly refused: readonly Extract<Unsupported, 'tooLarge' | 'tooMany' | 'refusedFile'>[]
  /** The request that it speaks of, whose visitor has another address. */
  readonly namesRequest?: number
  /** A program may have written it in answer to ours: the assistant says nothing to it. */
  readonly quiet?: true
}

type By<T extends string, Payload = unknown> = {
  readonly type: T
  /** Made by whoever acts; an id that the conversation has seen is dropped. */
  readonly id: string
  readonly at: Instant
  /** Given by the server when a step asked for it (effect `needRegistration`). */
  readonly registration?: Registration
  /** Given by the server when a step asked for them (effect `needContracts`). */
  readonly contracts?: readonly FoundContract[] | 'tooOften'
} & Payload

/** Everything that can happen to a conversation, in the past tense, with its actor. */
export type ConversationEvent =
  | By<'visitor.started', { readonly language?: Language }>
  | By<'visitor.wrote', { readonly text: string }>
  | By<'visitor.attached', { readonly file: StoredFile; readonly text?: string }>
  /** A letter came; on any channel, since those who are told of their request by e-mail may answer there. */
  | By<'visitor.mailed', { readonly mail: Mail }>
  | By<'visitor.chose', { readonly choice: ChoiceId }>
  | By<'visitor.filled', { readonly values: Readonly<Record<string, string>> }>
  | By<'visitor.edited', { readonly of: string; readonly text: string }>
  | By<'visitor.switchedLanguage', { readonly language: Language }>
  | By<'visitor.sentUnsupported', { readonly what: Unsupported }>
  /** A request that came by telephone or on paper, as the operator put it down. */
  | By<
      'operator.registered',
      {
        readonly operator: OperatorRef
        /** As typed, by field of the identification and the request. */
        readonly values: Readonly<Record<string, string>>
        readonly files: readonly StoredFile[]
        readonly priority?: Priority
        /** The operator keeps it; left out: it waits in the queue. */
        readonly takes?: true
      }
    >
  | By<'operator.took', { readonly operator: OperatorRef }>
  | By<'operator.released', { readonly operator: OperatorRef; readonly supervises?: true }>
  | By<'operator.replied', { readonly operator: OperatorRef; readonly text: string }>
  | By<
      'operator.attached',
      { readonly operator: OperatorRef; readonly file: StoredFile; readonly text?: string }
    >
  | By<
      'operator.sharedArticle',
      {
        readonly operator: OperatorRef
        readonly article: string
        /** The visitor's words that it answers: a lesson for the assistant. */
        readonly question?: string
      }
    >
  | By<'operator.noted', { readonly operator: OperatorRef; readonly text: string }>
  | By<
      'operator.transferred',
      {
        readonly operator: OperatorRef
        readonly to: OperatorRef
        readonly reason?: string
        /** A supervisor may move what another operator has, or nobody yet. */
        readonly supervises?: true
      }
    >
  | By<'operator.askedForInformation', { readonly operator: OperatorRef; readonly text: string }>
  /** The visitor is to say whether it helped. */
  | By<'operator.offeredSolution', { readonly operator: OperatorRef; readonly text: string }>
  /** The visitor has been silent for as long as the desk waits (edoc regulation, §15). */
  | By<'operator.closedUnanswered', { readonly operator: OperatorRef; readonly text: string }>
  | By<
      'operator.prioritised',
      { readonly operator: OperatorRef; readonly priority: Priority; readonly supervises?: true }
    >
  | By<'operator.resolved', { readonly operator: OperatorRef; readonly text?: string }>
  | By<
      'operator.declined',
      {
        readonly operator: OperatorRef
        readonly text: string
        readonly reason: DeclineReason
        /** Which of the desk's `outOfScope` it is. */
        readonly scope?: string
      }
    >
  | By<
      'operator.postponed',
      {
        readonly operator: OperatorRef
        readonly text: string
        readonly reason: PostponeReason
        readonly until?: LocalDay
      }
    >
  | By<
      'operator.passedOn',
      {
        readonly operator: OperatorRef
        readonly to: PassedTo
        readonly dueOn?: LocalDay
        /** For colleagues alone. */
        readonly note?: string
      }
    >
  | By<'operator.warned', { readonly operator: OperatorRef; readonly text: string }>
  | By<'operator.ended', { readonly operator: OperatorRef; readonly text?: string }>
  /** An operator has found the contract that the visitor did not name, or (null) that it is not theirs. */
  | By<
      'operator.recognised',
      { readonly operator: OperatorRef; readonly found: FoundContract | null; readonly supervises?: true }
    >
  | By<'operator.revealed', { readonly operator: OperatorRef; readonly field: string }>
  /** A supervisor takes what a colleague has. */
  | By<'operator.tookOver', { readonly operator: OperatorRef; readonly supervises?: true }>
  | By<
      'operator.movedToDesk',
      {
        readonly operator: OperatorRef
        readonly to: Desk
        /** For colleagues alone. */
        readonly reason?: string
        readonly supervises?: true
      }
    >
  /** The desk's rules give a conversation that waits to an operator. */
  | By<'assignment.made', { readonly operator: OperatorRef }>
  /** The operator of a conversation is gone; `left`: they work there no longer. */
  | By<'assignee.away', { readonly operatorId: string; readonly left?: true }>
  /** Nobody is online at the desk within its hours, while this one waits. */
  | By<'desk.unattended'>
  | By<'timer.fired', { readonly timer: TimerName; readonly dueAt: Instant }>
  /** Holidays or hours were edited: open promises are planned anew. */
  | By<'calendar.changed'>
  | By<'channel.failed', { readonly reason: 'blocked' | 'refused' | 'email' }>

export type VisitorEvent = Extract<ConversationEvent, { type: `visitor.${string}` }>
export type OperatorEvent = Extract<ConversationEvent, { type: `operator.${string}` }>
