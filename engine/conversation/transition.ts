import { type Channel, type Desk, isMailed } from '../desk.ts'
import type { Language } from '../language.ts'
import { promptWhileAsking, whileAsking } from './asking.ts'
import { whoAnswers } from './assigning.ts'
import { calendarChanged } from './calendarChanged.ts'
import { choiceLabel } from './choiceLabel.ts'
import { deadlinesFallen } from './clocks.ts'
import { withTicket } from './deadline.ts'
import { promptWhileDescribing, whileDescribing } from './describing.ts'
import type { Effect } from './effect.ts'
import { whileEnded } from './ended.ts'
import type { ConversationEvent } from './event.ts'
import { withHolder } from './holding.ts'
import { promptWhileIdentifying, whileIdentifying } from './identifying.ts'
import { whileLive } from './live.ts'
import { mailed } from './mailed.ts'
import { putDown } from './puttingDown.ts'
import { whileResolved } from './resolved.ts'
import { promptWhileReviewing, whileReviewing } from './reviewing.ts'
import { record, refuse, speak, visitorPosts } from './say.ts'
import type { Conversation } from './state.ts'
import { after, type Step } from './step.ts'
import { operatorPosts } from './ticket.ts'
import { ticketEffects } from './ticketEffects.ts'
import { sayUnsupported } from './unsupported.ts'
import { whileWaiting } from './waiting.ts'

/** A conversation that nothing has happened in yet. Kazakh unless the channel hints otherwise. */
export const newConversation = (channel: Channel, language: Language = 'kk'): Conversation => ({
  version: 2,
  channel,
  language,
  languageChosen: false,
  known: {},
  articlesSeen: [],
  insults: 0,
  stage: 'asking',
  suggested: [],
})

/** What was asked last, once more; undefined where nothing is being asked. */
function prompt(desk: Desk, state: Conversation): Effect | undefined {
  switch (state.stage) {
    case 'asking':
      return promptWhileAsking(state)
    case 'identifying':
      return promptWhileIdentifying(desk, state)
    case 'describing':
      return promptWhileDescribing(desk, state)
    case 'reviewing':
      return promptWhileReviewing(desk, state)
    default:
      return undefined
  }
}

/**
 * The visitor chose the language. The widget shows its whole thread anew; where what was said stays as it was
 * (Telegram), the last question is put again in the new language.
 */
function switchLanguage(desk: Desk, state: Conversation, language: Language): Step {
  const next: Conversation = { ...state, language, languageChosen: true }
  if (language === state.language && state.languageChosen) return [next, []]
  const recorded = record({ type: 'language', language })
  if (state.channel === 'widget') return [next, [recorded]]
  const again = prompt(desk, next)
  return [next, [recorded, speak('language.switched'), ...(again ? [again] : [])]]
}

/** What may happen in every stage alike; undefined: the stage decides. */
function inAnyStage(desk: Desk, state: Conversation, event: ConversationEvent): Step | undefined {
  switch (event.type) {
    case 'visitor.switchedLanguage':
      return switchLanguage(desk, state, event.language)
    case 'visitor.chose':
      if (event.choice === 'language:kk' || event.choice === 'language:ru')
        return switchLanguage(desk, state, event.choice === 'language:kk' ? 'kk' : 'ru')
      return undefined
    case 'visitor.edited':
      return [state, [visitorPosts({ kind: 'edit', of: event.of, text: event.text })]]
    case 'visitor.sentUnsupported':
      return [
        state,
        [visitorPosts({ kind: 'unsupported', what: event.what }), sayUnsupported(desk, event.what)],
      ]
    case 'channel.failed':
      return [state, [record({ type: 'unreachable', reason: event.reason })]]
    case 'operator.noted':
      return [state, [operatorPosts(event.operator, { kind: 'text', text: event.text }, 'operators')]]
    case 'operator.revealed':
      return [state, [record({ type: 'revealed', operator: event.operator.name, field: event.field })]]
    case 'timer.fired':
      return 'ticket' in state ? undefined : [state, []]
    case 'calendar.changed':
      return state.stage === 'waiting' || state.stage === 'live'
        ? calendarChanged(desk, state, event.at)
        : [state, []]
    default:
      return undefined
  }
}

/** The open field or edited line, which a bare "skip" is about. */
const asking = (state: Conversation): string | undefined =>
  'asking' in state ? state.asking : 'editing' in state ? state.editing : undefined

function inStage(desk: Desk, state: Conversation, event: ConversationEvent): Step {
  switch (state.stage) {
    case 'asking':
      return whileAsking(desk, state, event)
    case 'identifying':
      return whileIdentifying(desk, state, event)
    case 'describing':
      return whileDescribing(desk, state, event)
    case 'reviewing':
      return whileReviewing(desk, state, event)
    case 'waiting':
      return whileWaiting(desk, state, event)
    case 'live':
      return whileLive(desk, state, event)
    case 'resolved':
      return whileResolved(desk, state, event)
    case 'ended':
      return whileEnded(desk, state, event)
  }
}

/** What happens to an open request finds the promises' deadlines before it fallen; raised later, they are passed over. */
function inItsTurn(state: Conversation, { type, at }: ConversationEvent): Step {
  if (type === 'timer.fired' || (state.stage !== 'waiting' && state.stage !== 'live')) return [state, []]
  return withTicket(state, deadlinesFallen(state.ticket, at))
}

/**
 * The whole conversation. Pure: the same desk, state and event give the same step. An event that is not in place
 * is answered by the effect `refuse`; what only the storage knows is asked for (`needRegistration`, `needContracts`).
 */
export function transition(desk: Desk, state: Conversation, event: ConversationEvent): Step {
  const [now, fallen] = inItsTurn(state, event)
  const [next, effects] = withHolder(desk, now, event, after(fallen, worked(desk, now, event)))
  return [next, [...effects, ...takenByLetter(desk, state, next), ...ticketEffects(state, next)]]
}

/** Where the desk tells of every status by e-mail, also who writes by e-mail hears that it is in hand (cryptopro guide, §5). */
const takenByLetter = (desk: Desk, before: Conversation, next: Conversation): readonly Effect[] =>
  next.stage === 'live' &&
  before.stage !== 'live' &&
  isMailed(next.channel) &&
  desk.notices?.email?.on.includes('taken')
    ? [speak({ key: 'mail.taken', params: { number: next.ticket.number, operator: next.operator.name } })]
    : []

function worked(desk: Desk, state: Conversation, event: ConversationEvent): Step {
  if (event.type === 'visitor.mailed') return mailed(desk, state, event)
  if (event.type === 'operator.registered') return putDown(desk, state, event)
  if (event.type !== 'visitor.chose')
    return whoAnswers(desk, state, event) ?? inAnyStage(desk, state, event) ?? inStage(desk, state, event)
  const label = choiceLabel(desk, event.choice, asking(state)) ?? choiceLabel(desk, event.choice)
  if (!label) return [state, [refuse('stale')]]
  const step = inAnyStage(desk, state, event) ?? inStage(desk, state, event)
  const refused = step[1].some(
    ({ type }) => type === 'refuse' || type === 'needRegistration' || type === 'needContracts',
  )
  return refused ? step : after([visitorPosts({ kind: 'chose', choice: event.choice, label })], step)
}
