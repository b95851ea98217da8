import type { Desk } from '../desk.ts'
import { askConsent, consent } from './consent.ts'
import type { Said } from './content.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { askField, type GatheringStage, proceed, whileGathering } from './gathering.ts'
import { showSummary } from './reviewing.ts'
import { speak } from './say.ts'
import type { At, Conversation, Draft } from './state.ts'
import { kept, type Step } from './step.ts'

type Describing = At<'describing'>

const stageOf = (desk: Desk, state: Conversation, event: ConversationEvent): GatheringStage => ({
  fields: desk.request.fields,
  done: (draft) => showSummary(desk, state, draft, event),
  leave: (draft) => leaveToIdentification(desk, state, draft),
})

/** Back from the request's first field: to the last thing told about oneself, or to the consent. */
function leaveToIdentification(desk: Desk, state: Conversation, draft: Draft): Step {
  const last =
    draft.consent === 'given'
      ? desk.identification.fields.findLast((field) => draft.values[field.id] !== undefined)
      : undefined
  return last
    ? [
        { ...kept(state), stage: 'identifying', draft, asking: last.id },
        [askField(desk.identification.fields, draft, last)],
      ]
    : [
        { ...kept(state), stage: 'identifying', draft, asking: consent },
        [askConsent(desk, 'consent.askAgain')],
      ]
}

/** Takes the request itself: its type, what happened, the steps, a screenshot (edoc regulation, §12). */
export function beginDescribing(
  desk: Desk,
  state: Conversation,
  draft: Draft,
  event: ConversationEvent,
  lead: readonly Said[] = [],
): Step {
  const first = desk.request.fields[0]
  if (!first) return showSummary(desk, state, draft, event)
  const next: Describing = { ...kept(state), stage: 'describing', draft, asking: first.id }
  return proceed(stageOf(desk, next, event), next, draft, [...lead, { key: 'describing.form' }])
}

export const whileDescribing = (desk: Desk, state: Describing, event: ConversationEvent): Step =>
  whileGathering(desk, stageOf(desk, state, event), state, event)

/** What was asked last, once more (after a change of language). */
export function promptWhileDescribing(desk: Desk, state: Describing): Effect {
  const field = desk.request.fields.find(({ id }) => id === state.asking)
  return field ? askField(desk.request.fields, state.draft, field) : speak('asking.again')
}
