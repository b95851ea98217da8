import type { OperatorAction, QueueRow, WireOperator } from '../../engine/wireConsole.ts'

export type Act = OperatorAction['type']

/** What is done seldom, and kept behind one button. */
export const rareActs = [
  'offeredSolution',
  'postponed',
  'passedOn',
  'movedToDesk',
  'declined',
  'warned',
  'ended',
] as const satisfies readonly Act[]

/** What `me` may do to a conversation as its row stands, where there are so many desks; the server has the last word. */
export function permitted(row: QueueRow, me: WireOperator, desks = 1): ReadonlySet<Act> {
  const acts = new Set<Act>(['noted'])
  if (row.outcome === 'ended') return acts
  const mine = row.operator?.id === me.id
  if (row.stage !== 'live' && (row.operator === null || row.stage === 'resolved')) acts.add('took')
  if (row.stage === 'live' && mine)
    for (const act of [
      'released',
      'replied',
      'sharedArticle',
      'attached',
      'transferred',
      'askedForInformation',
      'offeredSolution',
      'resolved',
      'declined',
      'postponed',
      'passedOn',
      'warned',
    ] as const)
      acts.add(act)
  if (row.stage === 'live' && mine && row.warned) acts.add('ended')
  if (row.stage === 'live' && mine && row.silenceOver) acts.add('closedUnanswered')
  if (row.stage === 'waiting' || (row.stage === 'live' && (mine || me.role !== 'operator')))
    for (const act of ['prioritised', 'recognised'] as const) acts.add(act)
  if (me.role !== 'operator' && row.stage !== 'resolved') acts.add('transferred')
  if (me.role !== 'operator' && row.stage === 'live') acts.add('released')
  if (me.role !== 'operator' && row.stage === 'live' && !mine) acts.add('tookOver')
  if (desks > 1 && acts.has('transferred')) acts.add('movedToDesk')
  if (row.stage === 'resolved' && mine) for (const act of ['replied', 'attached'] as const) acts.add(act)
  return acts
}
