import type { Desk } from '../desk.ts'
import type { Content } from './content.ts'
import type { Open } from './deadline.ts'
import type { VisitorEvent } from './event.ts'
import { visitorPosts } from './say.ts'
import { visitorAnswered } from './silence.ts'
import type { Step } from './step.ts'

/** What the visitor adds to an open request: it wakes one that waits for them. */
export function visitorSpoke(
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
