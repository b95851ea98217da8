import type { Alert } from './alert.ts'
import type { Instant } from './conversation/instant.ts'
import type { Language } from './language.ts'
import type { Letter } from './letter.ts'

/** One line of what supervisors are told. */
export type Told = Pick<Alert, 'kind' | 'number' | 'metric' | 'minutes' | 'dueAt' | 'at'> & {
  readonly conversationId: string
}

/** What is pushed besides the messages of a conversation: facts, worded when they are delivered. */
export type Notice =
  | ({ readonly type: 'letter'; readonly desk: string } & Omit<Letter, 'address'>)
  | {
      readonly type: 'escalation'
      /** Told apart by it, when it is delivered again. */
      readonly key: string
      readonly desk: string
      /** Null: in all languages, since it is not known who reads. */
      readonly language: Language | null
      readonly told: readonly Told[]
      /** So many more than are told one by one. */
      readonly more: number
      readonly at: Instant
    }
  /** A supervisor wants to see that it arrives. */
  | {
      readonly type: 'trial'
      readonly key: string
      readonly desk: string
      readonly language: Language | null
      readonly at: Instant
    }
