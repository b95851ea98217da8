import type { QueueRow } from '../../engine/wire.ts'

export type Alert = {
  readonly kind: 'arrived' | 'received' | 'warned' | 'breached' | 'wrote' | 'insulted' | 'ended'
  readonly row: QueueRow
}

/**
 * What is worth telling `me` about a row that changed from `before` to `after`: its promise was broken or warned
 * about, it began to wait for an operator, a colleague handed it to me, or the visitor wrote. At most one thing, the
 * gravest. Insulting language, warned about or ended for, is told to supervisors (edoc regulation, §16).
 */
export function alertOf(before: QueueRow | undefined, after: QueueRow, me: string): Alert | undefined {
  const waits = (row: QueueRow) => row.stage === 'waiting' && row.operator === null
  const was = before?.firstResponse
  const is = after.firstResponse
  if (before && before.outcome !== 'ended' && after.outcome === 'ended') return { kind: 'ended', row: after }
  if (is?.breached && was && !was.breached) return { kind: 'breached', row: after }
  if (is && was && is.warned > was.warned) return { kind: 'warned', row: after }
  if (before && !before.warned && after.warned) return { kind: 'insulted', row: after }
  const releasedByMe = before?.stage === 'live' && before.operator?.id === me
  if (waits(after) && !(before && waits(before)) && !releasedByMe) return { kind: 'arrived', row: after }
  if (before?.operator && before.operator.id !== me && after.operator?.id === me && after.stage === 'live')
    return { kind: 'received', row: after }
  if (before && after.operator && after.unread > before.unread) return { kind: 'wrote', row: after }
  return undefined
}
