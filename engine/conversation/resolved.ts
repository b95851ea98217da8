import type { Desk } from '../desk.ts'
import { answer } from './asking.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import type { Instant } from './instant.ts'
import { askAgain, startAsking } from './opening.ts'
import { showSummary } from './reviewing.ts'
import { choice, record, refuse, speak, visitorPosts } from './say.ts'
import type { At, Draft, Ticket } from './state.ts'
import { after, kept, type Step } from './step.ts'
import { isReopenable, opened, operatorWords, withDone } from './ticket.ts'

type Resolved = At<'resolved'>

/** Back to the operators, or something new; what is too long ago can only be made anew. */
const askReopenOrNew = (desk: Desk, ticket: Ticket, at: Instant): Effect =>
  isReopenable(desk, ticket, at)
    ? speak(
        { key: 'resolved.continue', params: { number: ticket.number } },
        { choices: [choice('reopen', 'choice.reopen', true), choice('new', 'choice.new')] },
      )
    : speak(
        { key: 'resolved.tooLate', params: { number: ticket.number } },
        { choices: [choice('newFrom', 'choice.newFrom', true), choice('new', 'choice.new')] },
      )

/** Back to the operators under the same number; too late for that, a new one is offered. */
export function reopen(desk: Desk, state: Resolved, at: Instant): Step {
  if (!isReopenable(desk, state.ticket, at)) return [state, [askReopenOrNew(desk, state.ticket, at)]]
  const [ticket, effects] = opened(desk, state.ticket, at)
  return [
    { ...kept(state), stage: 'waiting', ticket },
    [record({ type: 'reopened' }), ...effects, speak({ key: 'reopened', params: { number: ticket.number } })],
  ]
}

/** A new request made of one that is over: the same answers and files, to be looked through and sent. */
function newFrom(desk: Desk, state: Resolved, event: ConversationEvent): Step {
  const { ticket } = state
  const fields = [...desk.identification.fields, ...desk.request.fields]
  const draft: Draft = {
    consent: ticket.identityRefused ? 'refused' : 'given',
    values: ticket.values,
    skipped: fields.filter(({ id }) => ticket.values[id] === undefined).map(({ id }) => id),
    files: ticket.files,
  }
  return showSummary(desk, state, draft, event)
}

/** The visitor rates the help with 1 to 5 stars. */
export function rate(state: Resolved, stars: number): Step {
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) return [state, [refuse('refusal.invalid')]]
  return [
    { ...state, ticket: { ...state.ticket, rating: stars }, commenting: true },
    [
      record({ type: 'rated', stars }),
      speak(stars <= 3 ? 'resolved.thanksLow' : 'resolved.thanks', {
        choices: [choice('new', 'choice.new'), choice('reopen', 'choice.reopen')],
      }),
    ],
  ]
}

/** The visitor's words after the stars are about the help; they may still be a new question. */
function comment(state: Resolved, text: string): Step {
  const { commenting: _, ...rest } = state
  return [
    { ...rest, ticket: { ...state.ticket, comment: text }, unsent: text },
    [
      visitorPosts({ kind: 'text', text }),
      record({ type: 'commented' }),
      speak('resolved.commented', {
        choices: [choice('new', 'choice.itIsNew'), choice('reopen', 'choice.reopen')],
      }),
    ],
  ]
}

function chose(
  desk: Desk,
  state: Resolved,
  event: Extract<ConversationEvent, { type: 'visitor.chose' }>,
): Step {
  const { choice: id, at } = event
  if (id.startsWith('rate:')) return rate(state, Number(id.slice('rate:'.length)))
  switch (id) {
    case 'reopen':
    case 'operator':
    case 'notResolved':
      return reopen(desk, state, at)
    case 'resolved':
      return [state, [speak('asking.glad', { choices: [choice('new', 'choice.new')] })]]
    case 'new':
      return state.unsent ? answer(desk, startAsking(state), state.unsent, event) : askAgain(state)
    case 'newFrom':
      return newFrom(desk, state, event)
    default:
      return [state, [askReopenOrNew(desk, state.ticket, at)]]
  }
}

/**
 * Over: the visitor rates, confirms, reopens within the desk's days, or comes with something new. Nothing restarts the
 * first response; the resolution of what is reopened goes on with what was left of it.
 */
export function whileResolved(desk: Desk, state: Resolved, event: ConversationEvent): Step {
  const { ticket } = state
  switch (event.type) {
    case 'visitor.chose':
      return chose(desk, state, event)
    case 'visitor.wrote':
      return state.commenting
        ? comment(state, event.text)
        : [
            { ...state, unsent: event.text },
            [visitorPosts({ kind: 'text', text: event.text }), askReopenOrNew(desk, ticket, event.at)],
          ]
    case 'visitor.attached':
      return after(
        [visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) })],
        [state, [askReopenOrNew(desk, ticket, event.at)]],
      )
    case 'visitor.started':
      return askAgain(state)
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    case 'operator.took': {
      const [open, effects] = opened(desk, ticket, event.at)
      return [
        {
          ...kept(state),
          stage: 'live',
          ticket: withDone(open, 'took', event.at),
          operator: event.operator,
        },
        [...effects, record({ type: 'took', operator: event.operator.name }, 'everyone')],
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
