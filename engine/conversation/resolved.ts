import type { Desk } from '../desk.ts'
import { answer } from './asking.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { askAgain, startAsking } from './opening.ts'
import { choice, record, refuse, speak, visitorPosts } from './say.ts'
import type { At, Ticket } from './state.ts'
import { after, kept, type Step } from './step.ts'
import { opened, operatorWords } from './ticket.ts'

type Resolved = At<'resolved'>

const askReopenOrNew = (ticket: Ticket): Effect =>
  speak(
    { key: 'resolved.continue', params: { number: ticket.number } },
    { choices: [choice('reopen', 'choice.reopen', true), choice('new', 'choice.new')] },
  )

function reopen({ ticket, ...state }: Resolved): Step {
  const open = opened(ticket)
  return [
    { ...kept({ ...state, ticket }), stage: 'waiting', ticket: open },
    [
      { type: 'saveTicket', ticket: open },
      record({ type: 'reopened' }),
      speak({ key: 'reopened', params: { number: ticket.number } }),
    ],
  ]
}

/** Resolved: the visitor rates, confirms, reopens, or comes with something new. Reopening restarts no first response. */
export function whileResolved(desk: Desk, state: Resolved, event: ConversationEvent): Step {
  const { ticket } = state
  switch (event.type) {
    case 'visitor.chose': {
      const { choice: id } = event
      if (id.startsWith('rate:')) {
        const stars = Number(id.slice('rate:'.length))
        if (!Number.isInteger(stars) || stars < 1 || stars > 5) return [state, [refuse('refusal.invalid')]]
        const rated: Ticket = { ...ticket, rating: stars }
        return [
          { ...state, ticket: rated },
          [
            { type: 'saveTicket', ticket: rated },
            record({ type: 'rated', stars }),
            speak('resolved.thanks', { choices: [choice('new', 'choice.new')] }),
          ],
        ]
      }
      if (id === 'reopen' || id === 'operator') return reopen(state)
      if (id === 'resolved')
        return [state, [speak('asking.glad', { choices: [choice('new', 'choice.new')] })]]
      if (id === 'new') return state.unsent ? answer(desk, startAsking(state), state.unsent) : askAgain(state)
      return [state, [askReopenOrNew(ticket)]]
    }
    case 'visitor.wrote':
      return [
        { ...state, unsent: event.text },
        [visitorPosts({ kind: 'text', text: event.text }), askReopenOrNew(ticket)],
      ]
    case 'visitor.attached':
      return after(
        [visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) })],
        [state, [askReopenOrNew(ticket)]],
      )
    case 'visitor.started':
      return askAgain(state)
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    case 'operator.took': {
      const open = opened(ticket)
      return [
        { ...kept(state), stage: 'live', ticket: open, operator: event.operator },
        [
          { type: 'saveTicket', ticket: open },
          record({ type: 'took', operator: event.operator.name }, 'everyone'),
        ],
      ]
    }
    case 'operator.replied':
    case 'operator.attached': {
      if (event.operator.id !== state.operator.id)
        return [state, [refuse('refusal.notYours', { params: { operator: state.operator.name } })]]
      const words = operatorWords(event)
      return [state, words ? [words] : []]
    }
    case 'timer.fired':
      return [state, []]
    default:
      return [state, [refuse('refusal.finished')]]
  }
}
