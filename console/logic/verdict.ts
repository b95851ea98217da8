import type { ConversationDetail } from '../../engine/wire.ts'

export type ShownVerdict = 'running' | 'overdue' | 'answered' | 'answeredLate'

/** How the first-response promise stands at `now`, in milliseconds, or how it ended. */
export function shownVerdict(
  { dueAt, respondedAt, breached }: ConversationDetail['firstResponse'],
  now: number,
): ShownVerdict {
  if (respondedAt !== null) return breached ? 'answeredLate' : 'answered'
  return breached || now > Date.parse(dueAt) ? 'overdue' : 'running'
}
