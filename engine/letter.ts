import type { Activity } from './conversation/content.ts'
import type { Instant } from './conversation/instant.ts'
import type { StoredMessage } from './conversation/render.ts'
import type { Conversation, Ticket } from './conversation/state.ts'
import { type Desk, isMailed, type LetterOccasion } from './desk.ts'
import { parseField } from './identity/index.ts'
import type { Language } from './language.ts'

/** An e-mail to the visitor on what has become of their request; it says nothing of what is in it. */
export type Letter = {
  /** Of the first message of the event it tells of. */
  readonly seq: number
  readonly address: string
  readonly language: Language
  readonly occasion: LetterOccasion
  readonly number: number
  /** On registration: when the first answer is promised. */
  readonly dueAt: Instant | null
  readonly at: Instant
}

/** By the activity that says so, the gravest first: an event leads to one letter at most. */
const occasionByActivity: Partial<Record<Activity['type'], LetterOccasion>> = {
  registered: 'registered',
  declined: 'declined',
  closedUnanswered: 'closedUnanswered',
  closedUnansweredBy: 'closedUnanswered',
  resolved: 'closed',
  solutionConfirmed: 'closed',
  endedBy: 'closed',
  offeredSolution: 'solutionOffered',
  postponed: 'postponed',
  askedForInformation: 'asked',
  passedOn: 'passedOn',
  reopened: 'reopened',
  reminded: 'reminded',
}
const order = Object.keys(occasionByActivity)

function occasionOf(
  before: Conversation,
  after: Conversation,
  messages: readonly StoredMessage[],
): LetterOccasion | undefined {
  const types = messages.flatMap(({ content }) =>
    content.kind === 'activity' ? [content.activity.type] : [],
  )
  const [gravest] = types
    .filter((type) => occasionByActivity[type])
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
  if (gravest) return occasionByActivity[gravest]
  return after.stage === 'live' && before.stage !== 'live' ? 'taken' : undefined
}

/** Where the desk says that the visitor's e-mail is; a contact counts when it is an address. */
export function noticeAddressOf(desk: Desk, { values }: Ticket): string | undefined {
  const field = desk.notices?.email?.field
  const value = field && values[field]
  const parsed = value?.includes('@') ? parseField('email', value) : undefined
  return parsed?.ok ? parsed.value : undefined
}

/**
 * The letter that one event leads to, if the desk sends one (court rules, "Terms": acknowledged within an hour;
 * cryptopro guide, §5: all changes of status). Who writes by e-mail is answered there anyway.
 */
export function letterOf(
  desk: Desk,
  before: Conversation,
  after: Conversation,
  messages: readonly StoredMessage[],
): Letter | undefined {
  const [first] = messages
  const ticket = 'ticket' in after ? after.ticket : undefined
  const sent = desk.notices?.email?.on
  if (!sent || !first || !ticket || isMailed(after.channel)) return undefined
  const occasion = occasionOf(before, after, messages)
  const address = noticeAddressOf(desk, ticket)
  if (!occasion || !address || !sent.includes(occasion)) return undefined
  return {
    seq: first.seq,
    address,
    language: after.language,
    occasion,
    number: ticket.number,
    dueAt: occasion === 'registered' ? ticket.clocks.firstResponse.dueAt : null,
    at: first.at,
  }
}
