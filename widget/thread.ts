import type { Author } from '../engine/conversation/content.ts'
import type { WireContent, WireMarks, WireMessage } from '../engine/wire.ts'
import type { Entry, Refused } from './outbox.ts'

/** How far the visitor's own message has got. */
export type Progress = 'waiting' | 'stored' | 'read' | 'refused'

/** One message as it stands in the thread, stored or still on its way. */
export type Bubble = {
  readonly key: string
  readonly author: Author
  readonly at: string
  readonly content: WireContent
  readonly seq?: number
  readonly progress?: Progress
  readonly refused?: Refused
}

/** The thread in order: a day's beginning, an activity line, or the messages one author sent in a row. */
export type Section =
  | { readonly type: 'day'; readonly key: string; readonly at: string }
  | { readonly type: 'activity'; readonly key: string; readonly bubble: Bubble }
  | {
      readonly type: 'group'
      readonly key: string
      readonly author: Author
      readonly bubbles: readonly Bubble[]
    }

const visitor: Author = { kind: 'visitor' }
const pauseThatSplits = 5 * 60_000

/** Joins messages into a thread, by sequence number; one that comes again replaces its older copy. */
export function mergeMessages(
  thread: readonly WireMessage[],
  incoming: readonly WireMessage[],
): readonly WireMessage[] {
  const last = thread.at(-1)?.seq ?? -1
  if (incoming.every((message, i) => message.seq > (incoming[i - 1]?.seq ?? last)))
    return [...thread, ...incoming]
  const bySeq = new Map(thread.map((message) => [message.seq, message]))
  for (const message of incoming) bySeq.set(message.seq, message)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** Everything to show: the stored messages, then what is on its way or was refused, without doubles. */
export function bubblesOf(
  messages: readonly WireMessage[],
  waiting: readonly Entry[],
  refused: readonly Refused[],
  marks: WireMarks,
): readonly Bubble[] {
  const stored = messages.map(
    (message): Bubble => ({
      key: `${message.seq}`,
      author: message.author,
      at: message.at,
      content: message.content,
      seq: message.seq,
      ...(message.author.kind === 'visitor' && {
        progress: message.seq <= marks.operatorRead ? ('read' as const) : ('stored' as const),
      }),
    }),
  )
  const own = new Set(
    messages.filter(({ author }) => author.kind === 'visitor').map(({ eventId }) => eventId),
  )
  const onTheWay = [...refused, ...waiting].flatMap((entry): Bubble[] =>
    entry.shown && !own.has(entry.action.id)
      ? [
          {
            key: entry.action.id,
            author: visitor,
            at: entry.at,
            content: entry.shown,
            ...('refusal' in entry
              ? { progress: 'refused' as const, refused: entry as Refused }
              : { progress: 'waiting' as const }),
          },
        ]
      : [],
  )
  return [...stored, ...onTheWay]
}

const sameAuthor = (a: Author, b: Author) =>
  a.kind === b.kind && (a.kind !== 'operator' || b.kind !== 'operator' || a.id === b.id)

/**
 * Groups a thread for reading: a separator where a day begins (`dayOf` names an instant's day), and one author's
 * messages together unless five minutes lie between two of them.
 */
export function sectionsOf(bubbles: readonly Bubble[], dayOf: (at: string) => string): readonly Section[] {
  const sections: Section[] = []
  let day = ''
  for (const bubble of bubbles) {
    const today = dayOf(bubble.at)
    if (today !== day) sections.push({ type: 'day', key: `day ${today}`, at: bubble.at })
    day = today
    const previous = sections.at(-1)
    if (bubble.content.kind === 'activity') sections.push({ type: 'activity', key: bubble.key, bubble })
    else if (
      previous?.type === 'group' &&
      sameAuthor(previous.author, bubble.author) &&
      Date.parse(bubble.at) - Date.parse(previous.bubbles.at(-1)!.at) < pauseThatSplits
    )
      sections[sections.length - 1] = { ...previous, bubbles: [...previous.bubbles, bubble] }
    else sections.push({ type: 'group', key: `from ${bubble.key}`, author: bubble.author, bubbles: [bubble] })
  }
  return sections
}

/**
 * The sequence number of the one message whose form, buttons or rating still count: the assistant's newest that has
 * any. One that has been used counts no more: a form that was answered, a button that was pressed (its words stand
 * in the thread as the visitor's own), anything before a registered request.
 */
export function activeSeq(messages: readonly WireMessage[]): number | undefined {
  const said = new Set<string>()
  for (const { seq, author, content } of [...messages].reverse()) {
    if (content.kind === 'answers') return undefined
    if (author.kind === 'visitor' && content.kind === 'text') said.add(content.text)
    if (content.kind !== 'said') continue
    const { choices = [], articles = [], form, rating, summary, ticket } = content
    const buttons = [...choices.map(({ label }) => label), ...articles.map(({ title }) => title)]
    if (form || rating || summary || buttons.length)
      return buttons.some((label) => said.has(label)) ? undefined : seq
    if (ticket) return undefined
  }
  return undefined
}

/** How many words from the desk lie beyond what the visitor has seen. */
export const unreadCount = (messages: readonly WireMessage[], readSeq: number): number =>
  messages.filter(
    ({ seq, author, content }) => seq > readSeq && author.kind !== 'visitor' && content.kind !== 'activity',
  ).length
