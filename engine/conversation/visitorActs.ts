import type { Desk } from '../desk.ts'
import type { Content } from './content.ts'
import type { Open } from './deadline.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent, VisitorEvent } from './event.ts'
import { refuse, speak, visitorPosts } from './say.ts'
import { visitorAnswered } from './silence.ts'
import { judgeSolution } from './solving.ts'
import type { Step } from './step.ts'

/** What the visitor adds to an open request: it wakes one that waits for them. */
function visitorSpoke(
  desk: Desk,
  state: Open,
  event: Extract<VisitorEvent, { type: 'visitor.wrote' | 'visitor.attached' }>,
): Step {
  const content: Content =
    event.type === 'visitor.wrote'
      ? { kind: 'text', text: event.text }
      : { kind: 'file', file: event.file, ...(event.text && { text: event.text }) }
  const [ticket, effects] = visitorAnswered(desk, state.channel, state.ticket, event.at)
  return [{ ...state, ticket }, [visitorPosts(content), ...effects]]
}

/**
 * What the visitor of an open request does, whoever has it; undefined: it is not the visitor who acts. `standing` says
 * how the request stands, to whoever asks or comes back.
 */
export function visitorActs(
  desk: Desk,
  state: Open,
  event: ConversationEvent,
  standing: Effect,
): Step | undefined {
  switch (event.type) {
    case 'visitor.wrote':
    case 'visitor.attached':
      return visitorSpoke(desk, state, event)
    case 'visitor.chose': {
      const one = speak({ key: 'waiting.one', params: { number: state.ticket.number } })
      return (
        judgeSolution(desk, state, event.choice, event.at) ?? [
          state,
          [event.choice === 'new' ? one : standing],
        ]
      )
    }
    case 'visitor.started':
      return [state, [standing]]
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    default:
      return undefined
  }
}
