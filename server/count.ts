import type { Conversation } from '../engine/conversation/state.ts'
import type { Committed } from './conversations/accept.ts'
import type { Metrics } from './metrics.ts'

const respondedAt = (state: Conversation) =>
  'ticket' in state ? state.ticket.clocks.firstResponse.stoppedAt : undefined

/** Counts what was committed: messages, tickets, and how the first-response promise was kept. */
export function countCommitted(metrics: Metrics, changes: readonly Committed[]): void {
  for (const { before, after, messages } of changes) {
    const { desk } = after
    if (respondedAt(after.state) && !respondedAt(before.state)) {
      const late = 'ticket' in after.state && after.state.ticket.clocks.firstResponse.breachedAt !== undefined
      metrics.firstResponses.inc({ desk, verdict: late ? 'breached' : 'met' })
    }
    for (const { author, content } of messages) {
      if (content.kind !== 'activity') {
        metrics.messages.inc({ author: author.kind, channel: after.channel })
        continue
      }
      switch (content.activity.type) {
        case 'registered':
          metrics.tickets.inc({ desk })
          break
        case 'unattended':
          metrics.unattended.inc({ desk })
          break
        case 'assigned':
          metrics.assigned.inc({ desk })
          break
        case 'returnedSilent':
        case 'returnedAway':
        case 'returnedLeft':
          metrics.returned.inc({ desk, reason: content.activity.type.slice('returned'.length).toLowerCase() })
          break
        case 'firstResponseWarning':
          metrics.firstResponseWarnings.inc({ desk })
          break
        case 'firstResponseBreached':
          metrics.firstResponseBreaches.inc({ desk })
      }
    }
  }
}
