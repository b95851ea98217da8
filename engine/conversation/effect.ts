import type { AssistantKey } from '../../locales/index.ts'
import type { ContractKeys } from '../contract.ts'
import type { Metric } from '../desk.ts'
import type { AskedQuestion, QuestionOutcome } from '../faq/askedQuestion.ts'
import type { NewMessage } from './content.ts'
import type { Instant } from './instant.ts'
import type { Ticket } from './state.ts'

/** A deadline of a conversation; one of each name at most is set at a time. */
export type TimerName =
  | `${Metric}.warning.${number}`
  | `${Metric}.breach`
  | 'silence.reminder'
  | 'silence.end'
  | 'postponed.end'
  | 'passedOn.due'
  | 'assignee.silent'

/** Why an event was not taken: an expected refusal, said to whoever acted, in their language. */
export type Refusal = {
  readonly key: AssistantKey
  readonly params?: Readonly<Record<string, string | number>>
  /** By field of a form: what is wrong with it. */
  readonly fields?: Readonly<Record<string, AssistantKey>>
}

/** What is to be looked for: a contract, and which of its open requests were made by the person with these values. */
export type ContractWish = {
  readonly keys: ContractKeys
  readonly person: Readonly<Record<string, string>>
}

/** What a step asks the world to do. */
export type Effect =
  | { readonly type: 'post'; readonly message: NewMessage }
  | { readonly type: 'saveTicket'; readonly ticket: Ticket; readonly operator: string | null }
  | { readonly type: 'setTimer'; readonly timer: TimerName; readonly dueAt: Instant }
  | { readonly type: 'cancelTimers'; readonly timers: readonly TimerName[] }
  /** The conversation belongs to another desk from here on. */
  | { readonly type: 'moveToDesk'; readonly desk: string }
  | { readonly type: 'refuse'; readonly refusal: Refusal }
  /** A question to learn from. */
  | { readonly type: 'noteQuestion'; readonly question: AskedQuestion }
  /** What came of a question that was noted; `question` is its id. */
  | { readonly type: 'noteOutcome'; readonly question: string; readonly outcome: QuestionOutcome }
  /** Registration needs a number: the same event is to be given again with one. */
  | { readonly type: 'needRegistration'; readonly contract?: ContractWish }
  /** The contract that the visitor names is to be looked for: the same event is to be given again with what is found. */
  | { readonly type: 'needContracts'; readonly wish: ContractWish }
