import type { Desk } from '../desk.ts'
import type { ConversationEvent } from './event.ts'
import { askAgain, greet } from './opening.ts'
import { choice, refuse, speak, visitorPosts } from './say.ts'
import type { At } from './state.ts'
import type { Step } from './step.ts'

const over = speak('ended.again', { choices: [choice('new', 'choice.new')] })

/** Ended for insults: the complaint route stays open, and so does a new conversation (edoc regulation, §16). */
export function whileEnded(_desk: Desk, state: At<'ended'>, event: ConversationEvent): Step {
  switch (event.type) {
    case 'visitor.started':
      return greet(state)
    case 'visitor.chose':
      return event.choice === 'new' || event.choice === 'operator' ? askAgain(state) : [state, [over]]
    case 'visitor.wrote':
      return [state, [visitorPosts({ kind: 'text', text: event.text }), over]]
    case 'visitor.attached':
      return [
        state,
        [visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) }), over],
      ]
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    case 'timer.fired':
      return [state, []]
    default:
      return [state, [refuse('ticket' in state ? 'refusal.finished' : 'refusal.noTicket')]]
  }
}
