import type { Instant } from './conversation/instant.ts'
import type { Language } from './language.ts'
import { type InTurn, inTurn } from './queueOrder.ts'

/** An operator who is online, with what they have in hand. */
export type Assignee = {
  readonly id: string
  readonly desks: readonly string[]
  readonly languages: readonly Language[]
  /** How many conversations at a time; null: as many as the desk of the conversation says. */
  readonly capacity: number | null
  readonly load: number
  /** When they were given one last. */
  readonly assignedAt: Instant | null
}

/** A conversation that waits to be given to somebody. */
export type Assignable = InTurn & {
  readonly conversationId: string
  readonly desk: string
  readonly language: Language
  /** What the desk says of an operator's capacity. */
  readonly capacity: number
  /** The operator who belongs to the visitor's organisation (edoc regulation, VIP: a dedicated employee). */
  readonly dedicated: string | null
  /** From whom it came back unanswered. */
  readonly returnedFrom: string | null
  /** Part of the promise is gone already: it waits for nobody's free hands any longer. */
  readonly hurried: boolean
}

export type Assignment = { readonly conversationId: string; readonly operatorId: string }

/** Whether a conversation takes a part of its operator's capacity: not while it waits for somebody else. */
export const occupies = (row: {
  readonly stage: string
  readonly waitingForVisitor: boolean
  readonly postponed: unknown
  readonly passedOn: unknown
}): boolean =>
  row.stage === 'live' && !row.waitingForVisitor && row.postponed === null && row.passedOn === null

const capacityFor = ({ capacity }: Assignee, one: Assignable): number => capacity ?? one.capacity
const hasRoom = (operator: Assignee, one: Assignable): boolean => operator.load < capacityFor(operator, one)

/**
 * Who may be given a conversation, of those at its desk: who speaks its language, while one of them has room. When all
 * who speak it have their hands full it waits for them, until the promise is at risk or none of them is here.
 */
export function eligible(one: Assignable, online: readonly Assignee[]): readonly Assignee[] {
  const atDesk = online.filter(({ desks }) => desks.includes(one.desk))
  const speakers = atDesk.filter(({ languages }) => languages.includes(one.language))
  const free = speakers.filter((operator) => hasRoom(operator, one))
  if (free.length > 0) return free
  if (speakers.length > 0 && !one.hurried) return []
  return atDesk.filter((operator) => hasRoom(operator, one))
}

/**
 * The best of those who may have it: not who has just left it unanswered, while there is anybody else; then the
 * operator who belongs to the visitor; then the smallest part of their capacity taken, the longest without a new one.
 */
function best(one: Assignable, candidates: readonly Assignee[]): Assignee | undefined {
  const share = (operator: Assignee) => operator.load / capacityFor(operator, one)
  const before = (a: Assignee, b: Assignee): number =>
    Number(a.id === one.returnedFrom) - Number(b.id === one.returnedFrom) ||
    Number(b.id === one.dedicated) - Number(a.id === one.dedicated) ||
    share(a) - share(b) ||
    (a.assignedAt ?? '').localeCompare(b.assignedAt ?? '') ||
    a.id.localeCompare(b.id)
  return [...candidates].sort(before)[0]
}

/**
 * Who gets which of the conversations that wait, in the order of work. Nobody gets more than their capacity, and
 * nobody a language they do not work in while another can. What nobody can have now is left waiting and holds up
 * nobody behind it. The same facts give the same assignments, whatever order they come in.
 */
export function assign(waiting: readonly Assignable[], online: readonly Assignee[]): readonly Assignment[] {
  const operators = new Map(online.map((operator) => [operator.id, operator]))
  const made: Assignment[] = []
  for (const one of inTurn(waiting)) {
    const chosen = best(one, eligible(one, [...operators.values()]))
    if (!chosen) continue
    operators.set(chosen.id, { ...chosen, load: chosen.load + 1 })
    made.push({ conversationId: one.conversationId, operatorId: chosen.id })
  }
  return made
}
