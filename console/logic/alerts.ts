import type { QueueRow } from '../../engine/wire.ts'

export type Alert = { readonly kind: 'arrived' | 'warned' | 'breached' | 'wrote'; readonly row: QueueRow }

/**
 * What is worth telling about a row that changed from `before` to `after`: it began to wait for an operator, its
 * promise was warned about or broken, or the visitor wrote. At most one thing, the gravest.
 */
export function alertOf(before: QueueRow | undefined, after: QueueRow): Alert | undefined {
  const waits = (row: QueueRow) => row.stage === 'waiting' && row.operator === null
  const was = before?.firstResponse
  const is = after.firstResponse
  if (is?.breached && was && !was.breached) return { kind: 'breached', row: after }
  if (is && was && is.warned > was.warned) return { kind: 'warned', row: after }
  if (waits(after) && !(before && waits(before))) return { kind: 'arrived', row: after }
  if (before && after.operator && after.unread > before.unread) return { kind: 'wrote', row: after }
  return undefined
}
