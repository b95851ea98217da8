import type { WireMessage } from '../../engine/wire.ts'
import type { OperatorAction, QueueRow } from '../../engine/wireConsole.ts'

/** Acts that put an operator's words before the visitor. */
const answering: ReadonlySet<OperatorAction['type']> = new Set([
  'replied',
  'sharedArticle',
  'attached',
  'askedForInformation',
  'offeredSolution',
  'postponed',
  'warned',
])

/**
 * Whether a request cannot be closed without a word: nobody has answered it, no answer is under way to the server
 * (`underWay`: acts that it has not refused), and none has come back that the row does not know of yet.
 */
export function owesAnswer(
  row: QueueRow,
  underWay: readonly OperatorAction[],
  messages: readonly WireMessage[],
): boolean {
  if (row.firstResponse === null) return false
  const answers = ({ conversationId, type }: OperatorAction) =>
    conversationId === row.conversationId && answering.has(type)
  const answered = ({ author, audience, content, at }: WireMessage) =>
    author.kind === 'operator' &&
    audience === 'everyone' &&
    content.kind !== 'activity' &&
    Date.parse(at) >= Date.parse(row.registeredAt)
  return !underWay.some(answers) && !messages.some(answered)
}
