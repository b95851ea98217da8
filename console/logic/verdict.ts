import type { WireClock } from '../../engine/wireConsole.ts'

export type ShownVerdict = 'running' | 'paused' | 'overdue' | 'kept' | 'keptLate'

/** How a promise stands at `now`, in milliseconds, or how it ended. */
export function shownVerdict({ dueAt, stoppedAt, paused, breached }: WireClock, now: number): ShownVerdict {
  if (stoppedAt !== null) return breached ? 'keptLate' : 'kept'
  if (breached) return 'overdue'
  if (paused) return 'paused'
  return now > Date.parse(dueAt) ? 'overdue' : 'running'
}
