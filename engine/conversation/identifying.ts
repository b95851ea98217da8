import type { Desk, DeskField } from '../desk.ts'
import { understand } from '../faq/index.ts'
import { askConsent, consent } from './consent.ts'
import type { Said, StoredFile } from './content.ts'
import { beginDescribing } from './describing.ts'
import { nextField, parseAnswer, withValue } from './draft.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { askField, connect, type GatheringStage, proceed, whileGathering } from './gathering.ts'
import { askAgain } from './opening.ts'
import {
  askAboutContract,
  contractQuestion,
  contractWords,
  meansWithout,
  withContract,
  withoutContract,
} from './recognising.ts'
import { register } from './register.ts'
import { record, refuse, speak, visitorPosts } from './say.ts'
import type { At, Conversation, Draft } from './state.ts'
import { after, kept, type Step } from './step.ts'

type Identifying = At<'identifying'>

const stageOf = (desk: Desk, state: Identifying, event: ConversationEvent): GatheringStage => ({
  fields: desk.identification.fields,
  done: (draft) => identified(desk, state, draft, event),
  leave: (draft) => [{ ...state, draft, asking: consent }, [askConsent(desk)]],
})

/** Everything is told of who they are: by which contract they are served, then the request itself. */
const identified = (desk: Desk, state: Identifying, before: Draft, event: ConversationEvent): Step =>
  withContract(desk, state, before, event, {
    ask: (draft) => [{ ...state, draft, asking: contractQuestion }, [askAboutContract(desk, draft)]],
    go: (draft) => beginDescribing(desk, state, draft, event, contractWords(desk, draft)),
  })

/** Starts the way to a person: consent, who they are, then the request (edoc regulation, §11 and §12). */
export function beginIdentifying(
  desk: Desk,
  state: Conversation & { question?: string },
  event: ConversationEvent,
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
    ? proceed(stageOf(desk, next, event), next, agreed, [{ key: 'identifying.form' }])
    : after([speak('identifying.known')], identified(desk, next, agreed, event))
}

function agree(desk: Desk, state: Identifying, event: ConversationEvent): Step {
  const draft: Draft = { ...state.draft, consent: 'given' }
  return after(
    [record({ type: 'consent', given: true })],
    proceed(stageOf(desk, state, event), state, draft, [{ key: 'identifying.form' }]),
  )
}

function decline(desk: Desk, state: Identifying, event: ConversationEvent): Step {
  if (!desk.identification.refusable) return [state, [askConsent(desk, 'consent.required')]]
  const draft: Draft = { ...state.draft, consent: 'refused', values: {}, skipped: [] }
  return after(
    [record({ type: 'consent', given: false }), speak('consent.refused')],
    beginDescribing(desk, state, draft, event),
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
      if (yes.test(event.text)) return after([posted], agree(desk, state, event))
      if (no.test(event.text)) return after([posted], decline(desk, state, event))
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
          return agree(desk, state, event)
        case 'refuse':
          return decline(desk, state, event)
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

/** The field by which a contract is found that is of no use: the one that can be corrected. */
function correctedField(desk: Desk, { contract }: Draft): DeskField | undefined {
  const { bin, number } = desk.contracts?.recognisedBy ?? {}
  const id = contract?.keys.number !== undefined ? number : bin
  return desk.identification.fields.find((field) => field.id === id)
}

/** The contract that was named is of no use: another one is named, or the request goes on without it. */
function whileDeciding(desk: Desk, state: Identifying, event: ConversationEvent): Step {
  const { draft } = state
  const field = correctedField(desk, draft)
  const again = (lead: readonly Said[] = []): Step => [state, [askAboutContract(desk, draft, lead)]]
  const goOn = () => identified(desk, state, withoutContract(draft), event)
  const correct = (): Step =>
    field ? [{ ...state, asking: field.id }, [askField(desk.identification.fields, draft, field)]] : again()
  switch (event.type) {
    case 'visitor.wrote': {
      const posted = visitorPosts({ kind: 'text', text: event.text })
      if (meansWithout(event.text)) return after([posted], goOn())
      if (understand(desk.faq, event.text).intent === 'operator')
        return after([posted], connect(desk, state, event))
      const parsed = field && parseAnswer(field, event.text)
      if (!field || !parsed) return after([posted], again())
      return after(
        [posted],
        parsed.ok
          ? identified(desk, state, withValue(draft, field.id, parsed.value), event)
          : again([{ key: parsed.refusal }]),
      )
    }
    case 'visitor.attached':
      return [
        { ...state, draft: { ...draft, files: [...draft.files, event.file] } },
        [
          visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) }),
          speak('file.added'),
          askAboutContract(desk, draft),
        ],
      ]
    case 'visitor.chose':
      switch (event.choice) {
        case 'withoutContract':
          return goOn()
        case 'operator':
          return connect(desk, state, event)
        case 'connectNow':
          return register(desk, state, draft, event)
        case 'new':
          return askAgain(state)
        case 'back':
          return correct()
        default:
          return event.choice === `edit:${field?.id}` ? correct() : again()
      }
    case 'visitor.started':
      return again()
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    default:
      return [state, [refuse('refusal.noTicket')]]
  }
}

/** Who the person is; refusing to say is allowed where the desk allows it, and is recorded. */
export function whileIdentifying(desk: Desk, state: Identifying, event: ConversationEvent): Step {
  if (state.asking === consent) return whileConsenting(desk, state, event)
  if (state.asking === contractQuestion) return whileDeciding(desk, state, event)
  return whileGathering(desk, stageOf(desk, state, event), state, event)
}

/** What was asked last, once more (after a change of language). */
export function promptWhileIdentifying(desk: Desk, state: Identifying): Effect {
  if (state.asking === contractQuestion) return askAboutContract(desk, state.draft)
  const field = desk.identification.fields.find(({ id }) => id === state.asking)
  return field ? askField(desk.identification.fields, state.draft, field) : askConsent(desk)
}
