import type { QueueRow } from '../../engine/wire.ts'

export type Alert = {
  readonly kind:
    | 'arrived'
    | 'returned'
    | 'assigned'
    | 'received'
    | 'takenAway'
    | 'lost'
    | 'warned'
    | 'breached'
    | 'wrote'
    | 'insulted'
    | 'ended'
    | 'unattended'
  readonly row: QueueRow
}

/** Those that are told to the operator they are about, whoever has the conversation now. */
export const personal: ReadonlySet<Alert['kind']> = new Set(['assigned', 'received', 'takenAway', 'lost'])

/** Those that are told to supervisors only. */
export const forSupervisors: ReadonlySet<Alert['kind']> = new Set(['insulted', 'ended', 'unattended'])

const waits = (row: QueueRow | undefined) => row?.stage === 'waiting' && row.operator === null
const isWith = (row: QueueRow | undefined, me: string) => row?.stage === 'live' && row.operator?.id === me

/** What others, or the desk's rules, did to what `me` has. */
function handed(before: QueueRow | undefined, after: QueueRow, me: string): Alert['kind'] | undefined {
  const { cameBy } = after
  if (cameBy === null || cameBy.by === me) return undefined
  const [had, has] = [isWith(before, me), isWith(after, me)]
  if (has && !had) return cameBy.how === 'assigned' ? 'assigned' : 'received'
  if (!had || has || after.stage === 'resolved') return undefined
  return cameBy.how === 'silent' || cameBy.how === 'away' ? 'lost' : 'takenAway'
}

/**
 * What is worth telling `me` about a row that changed from `before` to `after`: its promise was broken or warned
 * about, it waits while nobody is there, it was given to me or taken from me, it began to wait for an operator, or the
 * visitor wrote. At most one thing, the gravest. Insulting language, warned about or ended for, is told to supervisors
 * (edoc regulation, §16).
 */
export function alertOf(before: QueueRow | undefined, after: QueueRow, me: string): Alert | undefined {
  const tell = (kind: Alert['kind']): Alert => ({ kind, row: after })
  const was = before?.firstResponse
  const is = after.firstResponse
  if (before && before.outcome !== 'ended' && after.outcome === 'ended') return tell('ended')
  if (is?.breached && was && !was.breached) return tell('breached')
  if (is && was && is.warned > was.warned) return tell('warned')
  if (before && !before.warned && after.warned) return tell('insulted')
  if (after.unattended && !before?.unattended) return tell('unattended')
  const passed = handed(before, after, me)
  if (passed) return tell(passed)
  if (waits(after) && !waits(before) && !isWith(before, me))
    return tell(after.returnedAt === null ? 'arrived' : 'returned')
  if (before && after.operator && after.unread > before.unread) return tell('wrote')
  return undefined
}
