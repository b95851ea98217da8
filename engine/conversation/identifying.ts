import type { Desk } from '../desk.ts'
import { understand } from '../faq/index.ts'
import { askConsent, consent } from './consent.ts'
import type { StoredFile } from './content.ts'
import { beginDescribing } from './describing.ts'
import { nextField } from './draft.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { askField, connect, type GatheringStage, proceed, whileGathering } from './gathering.ts'
import { askAgain } from './opening.ts'
import { register } from './register.ts'
import { record, refuse, speak, visitorPosts } from './say.ts'
import type { At, Conversation, Draft } from './state.ts'
import { after, kept, type Step } from './step.ts'

type Identifying = At<'identifying'>

const stageOf = (desk: Desk, state: Identifying): GatheringStage => ({
  fields: desk.identification.fields,
  done: (draft) => beginDescribing(desk, state, draft),
  leave: (draft) => [{ ...state, draft, asking: consent }, [askConsent(desk)]],
})

/** Starts the way to a person: consent, who they are, then the request (edoc regulation, §11 and §12). */
export function beginIdentifying(
  desk: Desk,
  state: Conversation & { question?: string },
  files: readonly StoredFile[] = [],
): Step {
  const draft: Draft = {
    values: state.known,
    skipped: [],
    files,
    ...(state.question && { question: state.question }),
  }
  const next: Identifying = { ...kept(state), stage: 'identifying', draft, asking: consent }
  if (Object.keys(state.known).length === 0) return [next, [askConsent(desk)]]
  const agreed: Draft = {
    ...draft,
    consent: 'given',
    skipped: desk.identification.fields
      .filter((field) => !field.required && !state.known[field.id])
      .map(({ id }) => id),
  }
  return nextField(desk.identification.fields, agreed)
    ? proceed(stageOf(desk, next), next, agreed, [{ key: 'identifying.form' }])
    : after([speak('identifying.known')], beginDescribing(desk, next, agreed))
}

function agree(desk: Desk, state: Identifying): Step {
  const draft: Draft = { ...state.draft, consent: 'given' }
  return after(
    [record({ type: 'consent', given: true })],
    proceed(stageOf(desk, state), state, draft, [{ key: 'identifying.form' }]),
  )
}

function decline(desk: Desk, state: Identifying): Step {
  if (!desk.identification.refusable) return [state, [askConsent(desk, 'consent.required')]]
  const draft: Draft = { ...state.draft, consent: 'refused', values: {}, skipped: [] }
  return after(
    [record({ type: 'consent', given: false }), speak('consent.refused')],
    beginDescribing(desk, state, draft),
  )
}

const yes =
  /^\s*(да|ага|согласен|согласна|хорошо|конечно|ок|иә|ия|ие|келісемін|келисемин|жарайды|мақұл|makul|ia|da|ok)[\s.!]*$/iu
const no =
  /^\s*(нет|не хочу.*|не согласен|не согласна|отказываюсь|жоқ|жок|келіспеймін|келиспеймин|айтпаймын|net|joq|zhok)[\s.!]*$/iu

function whileConsenting(desk: Desk, state: Identifying, event: ConversationEvent): Step {
  switch (event.type) {
    case 'visitor.wrote': {
      const posted = visitorPosts({ kind: 'text', text: event.text })
      if (yes.test(event.text)) return after([posted], agree(desk, state))
      if (no.test(event.text)) return after([posted], decline(desk, state))
      if (understand(desk.faq, event.text).intent === 'operator')
        return after([posted], connect(desk, state, event))
      return [state, [posted, askConsent(desk, 'consent.askAgain')]]
    }
    case 'visitor.attached':
      return [
        { ...state, draft: { ...state.draft, files: [...state.draft.files, event.file] } },
        [
          visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) }),
          speak('file.added'),
          askConsent(desk, 'consent.askAgain'),
        ],
      ]
    case 'visitor.chose':
      switch (event.choice) {
        case 'consent':
          return agree(desk, state)
        case 'refuse':
          return decline(desk, state)
        case 'back':
        case 'new':
          return askAgain(state)
        case 'operator':
          return connect(desk, state, event)
        case 'connectNow':
          return register(desk, state, state.draft, event)
        default:
          return [state, [askConsent(desk, 'consent.askAgain')]]
      }
    case 'visitor.started':
      return [state, [askConsent(desk)]]
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    default:
      return [state, [refuse('refusal.noTicket')]]
  }
}

/** Who the person is; refusing to say is allowed where the desk allows it, and is recorded. */
export function whileIdentifying(desk: Desk, state: Identifying, event: ConversationEvent): Step {
  return state.asking === consent
    ? whileConsenting(desk, state, event)
    : whileGathering(desk, stageOf(desk, state), state, event)
}

/** What was asked last, once more (after a change of language). */
export function promptWhileIdentifying(desk: Desk, state: Identifying): Effect {
  const field = desk.identification.fields.find(({ id }) => id === state.asking)
  return field ? askField(desk.identification.fields, state.draft, field) : askConsent(desk)
}
