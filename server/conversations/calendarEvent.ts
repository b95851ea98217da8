import type { Aggregate } from '../../db/queries/loadAggregates.ts'
import type { ConversationEvent } from '../../engine/conversation/event.ts'
import type { Desk } from '../../engine/desk.ts'

/**
 * What comes before anything else that happens to a request whose deadlines were worked out on an earlier calendar of
 * its desk: they are planned anew. So no deadline of the old calendar is raised, whatever still waits to be planned.
 * Once for each calendar: the conversation is kept with the version it was planned by.
 */
export const calendarEvent = (
  { calendarVersion }: Desk,
  { calendarVersion: planned, state, version }: Aggregate,
  next: ConversationEvent | undefined,
): ConversationEvent | undefined =>
  next && 'ticket' in state && planned < calendarVersion
    ? { type: 'calendar.changed', id: `calendar:${calendarVersion}:${version}`, at: next.at }
    : undefined
