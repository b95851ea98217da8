import type { OperatorAction, QueueRow, WireOperator } from '../../engine/wire.ts'

export type Act = OperatorAction['type']

/** What `me` may do to a conversation as its row stands; the server has the last word. */
export function permitted(row: QueueRow, me: WireOperator): ReadonlySet<Act> {
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
    acts.add('prioritised')
  if (me.role !== 'operator' && row.stage !== 'resolved') acts.add('transferred')
  if (me.role !== 'operator' && row.stage === 'live') acts.add('released')
  if (row.stage === 'resolved' && mine) for (const act of ['replied', 'attached'] as const) acts.add(act)
  return acts
}
