import type { AlertKind } from '../../engine/alert.ts'
import type { QueueRow } from '../../engine/wireConsole.ts'
import type { WireAlert } from '../../engine/wireEscalation.ts'
import type { Words } from '../words.ts'

export type RowNews = {
  readonly kind: 'arrived' | 'returned' | 'assigned' | 'received' | 'takenAway' | 'lost' | 'wrote'
  readonly row: QueueRow
}

/** News that is told to the operator it is about, whoever has the conversation now. */
export const personal: ReadonlySet<RowNews['kind']> = new Set(['assigned', 'received', 'takenAway', 'lost'])

const waits = (row: QueueRow | undefined) => row?.stage === 'waiting' && row.operator === null
const isWith = (row: QueueRow | undefined, me: string) => row?.stage === 'live' && row.operator?.id === me

/** What others, or the desk's rules, did to what `me` has. */
function handed(before: QueueRow | undefined, after: QueueRow, me: string): RowNews['kind'] | undefined {
  const { cameBy } = after
  if (cameBy === null || cameBy.by === me) return undefined
  const [had, has] = [isWith(before, me), isWith(after, me)]
  if (has && !had) return cameBy.how === 'assigned' ? 'assigned' : 'received'
  if (!had || has || after.stage === 'resolved') return undefined
  return cameBy.how === 'silent' || cameBy.how === 'away' ? 'lost' : 'takenAway'
}

/**
 * What is worth telling `me` about a row that changed from `before` to `after`: it was given to me or taken from me, it
 * began to wait for an operator, or the visitor wrote. What needs more than that the server alerts of.
 */
export function newsOf(before: QueueRow | undefined, after: QueueRow, me: string): RowNews | undefined {
  const tell = (kind: RowNews['kind']): RowNews => ({ kind, row: after })
  const passed = handed(before, after, me)
  if (passed) return tell(passed)
  if (waits(after) && !waits(before) && !isWith(before, me))
    return tell(after.returnedAt === null ? 'arrived' : 'returned')
  if (before && after.operator && after.unread > before.unread) return tell('wrote')
  return undefined
}

const grave: ReadonlySet<AlertKind> = new Set(['breach', 'endedForInsult', 'unattended'])

export const toneOfAlert = (kind: AlertKind): 'danger' | 'warning' | 'plain' =>
  grave.has(kind) ? 'danger' : kind === 'reopened' || kind === 'postponementOver' ? 'plain' : 'warning'

/** Whether an alert is news to `me`: what I did myself is none. */
export const isNewsTo = ({ kind, operatorId }: WireAlert, me: string): boolean =>
  !(operatorId === me && (kind === 'warnedForInsult' || kind === 'endedForInsult'))

/** An alert in words, about the conversation that `title` names. */
export function alertText({ kind, metric, number }: WireAlert, title: string, words: Words): string {
  if (kind === 'warning' || kind === 'breach')
    return words(`alert.${kind}.${metric ?? 'firstResponse'}`, { title })
  if (number === null) return words('alert.endedUnregistered')
  return words(`alert.${kind}`, { title })
}

/** Old and new alerts together, newest first, each once. */
export function mergedAlerts(
  known: readonly WireAlert[],
  more: readonly WireAlert[],
  most: number,
): readonly WireAlert[] {
  const byId = new Map([...known, ...more].map((alert) => [alert.id, alert]))
  return [...byId.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, most)
}
