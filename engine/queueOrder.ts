import type { Instant } from './conversation/instant.ts'
import type { PassedTo } from './conversation/outcome.ts'
import type { Level, Priority } from './desk.ts'

/** What the order of work depends on; a line of the queue has it. */
export type InTurn = {
  readonly ticketNumber: number
  readonly level: Level
  readonly priority: Priority
  readonly lastAt: Instant
  /** Visitor's messages no operator has read. */
  readonly unread: number
  readonly waitingForVisitor: boolean
  readonly passedOn: { readonly to: PassedTo } | null
  /** The place of its contract's type among the desk's; null without a contract, or where the desk has no types. */
  readonly contractRank: number | null
  /** It came back from an operator who said nothing, or was gone; since when. */
  readonly returnedAt: Instant | null
  readonly firstResponse: Promised | null
  /** The answer that is owed to what the visitor was asked for. */
  readonly nextResponse: Promised | null
}

type Promised = { readonly dueAt: Instant; readonly breached: boolean }

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const promiseOf = ({ firstResponse, nextResponse }: InTurn): Promised | null => firstResponse ?? nextResponse

/** First those who were promised an answer, then visitors with unread words, then the rest; who owes us an answer is last. */
const owed = (one: InTurn): number =>
  promiseOf(one) ? 0 : one.unread > 0 ? 1 : one.waitingForVisitor ? 3 : 2

/** Critical ones, and urgent ones that need the developers, are worked on out of turn (edoc regulation, §22). */
const jumps = ({ priority, passedOn }: InTurn): boolean =>
  priority === 'immediate' || (priority === 'urgent' && passedOn?.to === 'development')

/** What came without the contract its desk asks for is worked on when nothing else is (cryptopro guide, §5). */
const isLast = ({ priority }: InTurn): boolean => priority === 'low'

/** What no certificate ranks stands beside the best of them: it may be of a desk that has none. */
const rank = ({ contractRank }: InTurn): number => contractRank ?? 0

const late = (one: InTurn): boolean => promiseOf(one)?.breached ?? false
const dueAt = (one: InTurn): Instant => promiseOf(one)?.dueAt ?? ''

// the desk's own lists would bring its schema into the browser
const levelRank: Readonly<Record<Level, number>> = { vip: 0, basic: 1 }
const priorityRank: Readonly<Record<Priority, number>> = { immediate: 0, urgent: 1, normal: 2, low: 3 }

/** Each tells two apart or leaves it to the next; negative: `a` first. */
const rules: readonly ((a: InTurn, b: InTurn) => number)[] = [
  // what an operator left unanswered has waited twice; the longest first
  (a, b) => Number(b.returnedAt !== null) - Number(a.returnedAt !== null),
  (a, b) => (a.returnedAt !== null && b.returnedAt !== null ? byText(a.returnedAt, b.returnedAt) : 0),
  (a, b) => owed(a) - owed(b),
  (a, b) => Number(jumps(b)) - Number(jumps(a)),
  (a, b) => Number(isLast(a)) - Number(isLast(b)),
  // VIP before basic (edoc regulation, §21)
  (a, b) => levelRank[a.level] - levelRank[b.level],
  // the priority is set by the operator (edoc regulation, §20)
  (a, b) => priorityRank[a.priority] - priorityRank[b.priority],
  // where certificates have types, by theirs (product.md, cryptopro: order of work)
  (a, b) => rank(a) - rank(b),
  // late ones, then by the moment the answer is due: first come, first served where the promise is the same (§19)
  (a, b) => Number(late(b)) - Number(late(a)),
  (a, b) => byText(dueAt(a), dueAt(b)),
  // those already answered: the longest silence first
  (a, b) => (promiseOf(a) ? 0 : byText(a.lastAt, b.lastAt)),
  (a, b) => a.ticketNumber - b.ticketNumber,
]

/** Compares two by the order of work: negative when `a` is to be answered before `b`. Never 0 for different tickets. */
export function byTurn(a: InTurn, b: InTurn): number {
  for (const rule of rules) {
    const order = rule(a, b)
    if (order !== 0) return order
  }
  return 0
}

/** The one order of work, of the queue as operators see it and of the assignment. */
export const inTurn = <T extends InTurn>(waiting: Iterable<T>): T[] => [...waiting].sort(byTurn)
