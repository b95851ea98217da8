import type { AssistantKey } from '../../locales/index.ts'
import type { Level, Metric, Priority } from '../desk.ts'
import type { Language } from '../language.ts'
import type { Instant, LocalDay } from './instant.ts'
import type { DeclineReason, PassedTo, PostponeReason } from './outcome.ts'
import type { Recognition } from './state.ts'

/** Words of the assistant: a message key and its parameters, never text. */
export type Said = {
  readonly key: AssistantKey
  readonly params?: Readonly<Record<string, string | number>>
  /** Said in this language, whatever the conversation's is. */
  readonly in?: Language
}

/** What a button says: the assistant's words, an article's title, or an option of a desk's field. */
export type Label =
  | Said
  | { readonly article: string }
  | { readonly field: string; readonly option: string }
  | { readonly skipping: string }
  | { readonly editing: string }

export type Choice = { readonly id: ChoiceId; readonly label: Label; readonly primary?: boolean }

/** Every button a visitor can press, on any channel. */
export type ChoiceId =
  | 'operator'
  | 'new'
  | 'back'
  | 'helped'
  | 'notHelped'
  | 'consent'
  | 'refuse'
  | 'confirm'
  | 'connectNow'
  | 'continue'
  | 'reopen'
  | 'resolved'
  | 'notResolved'
  | 'newFrom'
  | 'keep'
  | 'skip'
  | 'noFiles'
  | 'withoutContract'
  | `article:${string}`
  | `option:${string}`
  | `edit:${string}`
  | `rate:${1 | 2 | 3 | 4 | 5}`
  | `language:${'kk' | 'ru'}`

/** A stored file, known to the engine by its id and facts; its bytes are kept elsewhere. */
export type StoredFile = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
}

/** A form of several fields (identification or request); `asking` is the one a plain text answers. */
type Form = {
  readonly fields: readonly string[]
  readonly asking: string
  /** What is already known and may be corrected. */
  readonly values: Readonly<Record<string, string>>
}

/** Why a request is served without a contract. */
export type Unrecognised = Exclude<Recognition['verdict'], 'valid'> | 'none'

/** What the operators' history and the visitor's thread record besides words. */
export type Activity =
  | { readonly type: 'registered'; readonly number: number; readonly dueAt: Instant }
  | { readonly type: 'putDown'; readonly operator: string; readonly channel: 'phone' | 'letter' }
  | { readonly type: 'took'; readonly operator: string }
  | { readonly type: 'released'; readonly operator: string }
  | { readonly type: 'transferred'; readonly to: string }
  | { readonly type: 'transferredBy'; readonly from: string; readonly to: string; readonly reason?: string }
  | { readonly type: 'assigned'; readonly operator: string }
  | { readonly type: 'tookOver'; readonly operator: string; readonly from: string }
  | { readonly type: 'returnedSilent' | 'returnedAway' | 'returnedLeft'; readonly operator: string }
  | { readonly type: 'movedToDesk'; readonly to: string; readonly number: number }
  | {
      readonly type: 'movedToDeskBy'
      readonly operator: string
      readonly to: string
      readonly reason?: string
    }
  | { readonly type: 'unattended' }
  | { readonly type: 'askedForInformation'; readonly operator: string }
  | { readonly type: 'resolved'; readonly operator: string }
  | { readonly type: 'reopened' }
  /** The letter that began this speaks of a request whose visitor has another address. */
  | { readonly type: 'namesRequest'; readonly number: number }
  | {
      readonly type: 'declined'
      readonly operator: string
      readonly reason: DeclineReason
      readonly scope?: string
    }
  | { readonly type: 'postponed'; readonly until?: LocalDay }
  | { readonly type: 'postponedBy'; readonly operator: string; readonly reason: PostponeReason }
  | { readonly type: 'passedOn'; readonly dueOn?: LocalDay }
  | {
      readonly type: 'passedOnBy'
      readonly operator: string
      readonly to: PassedTo
      readonly note?: string
    }
  | { readonly type: 'warned'; readonly operator: string }
  | { readonly type: 'endedBy'; readonly operator: string }
  | { readonly type: 'rated'; readonly stars: number }
  | { readonly type: 'consent'; readonly given: boolean }
  | { readonly type: 'language'; readonly language: 'kk' | 'ru' }
  | { readonly type: `${Metric}Warning`; readonly minutes: number; readonly dueAt: Instant }
  | { readonly type: `${Metric}Breached`; readonly dueAt: Instant }
  | { readonly type: `${Metric}Met`; readonly dueAt: Instant }
  | { readonly type: 'nextResponseStarted'; readonly dueAt: Instant }
  | { readonly type: 'resolutionPaused' }
  | { readonly type: 'resolutionResumed'; readonly dueAt: Instant }
  | {
      readonly type: 'replanned'
      readonly metric: Metric | 'silence' | 'postponed' | 'passedOn'
      readonly dueAt: Instant
      readonly because: 'priority' | 'level' | 'calendar' | 'desk' | 'passedOn'
    }
  | {
      readonly type: 'recognised'
      readonly organisation: string
      readonly level: Level
      readonly until: LocalDay
      /** Who found it; left out: the engine did. */
      readonly operator?: string
    }
  | { readonly type: 'unrecognised'; readonly why: Unrecognised }
  | { readonly type: 'unrecognisedBy'; readonly operator: string }
  | { readonly type: 'prioritised'; readonly operator: string; readonly priority: Priority }
  | { readonly type: 'offeredSolution'; readonly operator: string }
  | { readonly type: 'solutionConfirmed' }
  | { readonly type: 'solutionFailed' }
  | { readonly type: 'reminded' }
  | { readonly type: 'silenceOver' }
  | { readonly type: 'closedUnanswered' }
  | { readonly type: 'closedUnansweredBy'; readonly operator: string }
  | { readonly type: 'postponementOver' }
  | { readonly type: 'passedOnDue' }
  | { readonly type: 'commented' }
  | { readonly type: 'insult' }
  | { readonly type: 'ended' }
  | { readonly type: 'articleShown'; readonly article: string }
  | { readonly type: 'revealed'; readonly operator: string; readonly field: string }
  | { readonly type: 'unreachable'; readonly reason: 'blocked' | 'refused' | 'email' }

/** What a channel can bring that the conversation cannot keep. */
export type Unsupported =
  | 'sticker'
  | 'voice'
  | 'video'
  | 'location'
  | 'tooLarge'
  | 'tooMany'
  | 'refusedFile'
  | 'other'

/** What a message holds. Typed, so that each channel shows its own best form of it. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: StoredFile; readonly text?: string }
  | { readonly kind: 'chose'; readonly choice: ChoiceId; readonly label: Label }
  | { readonly kind: 'answers'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'edit'; readonly of: string; readonly text: string }
  | { readonly kind: 'unsupported'; readonly what: Unsupported }
  | { readonly kind: 'activity'; readonly activity: Activity }
  | {
      readonly kind: 'said'
      readonly say: readonly Said[]
      /** Asked after everything else that is shown, right above the buttons. */
      readonly ask?: Said
      readonly choices?: readonly Choice[]
      readonly form?: Form
      readonly articles?: readonly string[]
      readonly article?: string
      readonly outOfScope?: string
      readonly summary?: {
        readonly fields: readonly string[]
        readonly values: Readonly<Record<string, string>>
        readonly files: readonly StoredFile[]
        readonly refused: boolean
      }
      readonly ticket?: { readonly number: number; readonly dueAt: Instant; readonly ahead: number }
      readonly rating?: true
    }

export type Author =
  | { readonly kind: 'visitor' }
  | { readonly kind: 'assistant' }
  | { readonly kind: 'operator'; readonly id: string; readonly name: string }

export type Audience = 'everyone' | 'operators'

/** A message about to be appended; storage gives it its sequence number. */
export type NewMessage = {
  readonly author: Author
  readonly audience: Audience
  readonly content: Content
}
