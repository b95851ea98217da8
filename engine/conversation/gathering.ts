import type { AssistantKey } from '../../locales/index.ts'
import type { Desk, DeskField } from '../desk.ts'
import { understand } from '../faq/index.ts'
import type { Choice, Said } from './content.ts'
import {
  fieldBefore,
  fieldsFor,
  fillIn,
  nextField,
  parseAnswer,
  takeFromText,
  withoutValue,
  withValue,
} from './draft.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { askAgain } from './opening.ts'
import { register } from './register.ts'
import { choice, goBack, refuse, speak, visitorPosts } from './say.ts'
import type { At, Draft } from './state.ts'
import { after, type Step } from './step.ts'

type Gathering = At<'identifying'> | At<'describing'>

/** What differs between telling who one is and telling what happened. */
export type GatheringStage = {
  readonly fields: readonly DeskField[]
  /** When every field is answered or skipped. */
  readonly done: (draft: Draft) => Step
  /** Back from the first field. */
  readonly leave: (draft: Draft) => Step
}

const suggestionFor = (field: DeskField, draft: Draft): string | undefined =>
  field.kind === 'longText' && field.required ? draft.question : undefined

/** The form of everything still open, asking for `field` first. */
export function askField(
  fields: readonly DeskField[],
  draft: Draft,
  field: DeskField,
  lead: readonly Said[] = [],
): Effect {
  const relevant = fields.filter(
    (one) => one.id === field.id || (draft.values[one.id] === undefined && !draft.skipped.includes(one.id)),
  )
  const suggestion = suggestionFor(field, draft)
  const values: Record<string, string> = {}
  for (const one of relevant) {
    const value = draft.values[one.id] ?? suggestionFor(one, draft)
    if (value !== undefined) values[one.id] = value
  }
  const choices: Choice[] = []
  if (suggestion !== undefined && draft.values[field.id] === undefined)
    choices.push(choice('keep', 'choice.keep'))
  if (field.kind === 'files')
    choices.push(choice('noFiles', draft.files.length > 0 ? 'choice.filesDone' : 'choice.noFiles'))
  else if (!field.required) choices.push({ id: 'skip', label: { skipping: field.id } })
  choices.push(goBack)
  return speak(lead, { form: { fields: relevant.map(({ id }) => id), asking: field.id, values }, choices })
}

/** Goes on to the next open field, or to what comes after the last one. */
export function proceed<S extends Gathering>(
  stage: GatheringStage,
  state: S,
  draft: Draft,
  lead: readonly Said[] = [],
): Step {
  const next = nextField(stage.fields, draft)
  if (!next) return stage.done(draft)
  return [{ ...state, draft, asking: next.id }, [askField(stage.fields, draft, next, lead)]]
}

/** A person is asked for in mid-form: first an offer to finish, then at once. */
export function connect(desk: Desk, state: Gathering, event: ConversationEvent): Step {
  if (state.offered) return register(desk, state, state.draft, event)
  return [
    { ...state, offered: true },
    [
      speak('connect.offer', {
        choices: [choice('continue', 'choice.continue', true), choice('connectNow', 'choice.connectNow')],
      }),
    ],
  ]
}

const notTaken = (stage: GatheringStage, state: Gathering, field: DeskField, refusal: AssistantKey): Step => [
  state,
  [askField(stage.fields, state.draft, field, [{ key: refusal }])],
]

function takeText(
  desk: Desk,
  stage: GatheringStage,
  state: Gathering,
  field: DeskField,
  event: ConversationEvent & { text: string },
): Step {
  const posted = visitorPosts({ kind: 'text', text: event.text })
  const several = takeFromText(stage.fields, state.draft, event.text)
  if (several) return after([posted], proceed(stage, state, several.draft))
  const parsed = parseAnswer(field, event.text)
  // «ТОО Оператор» is an organisation and «Нужна консультация» an option, «адам керек» is neither
  const named =
    parsed.ok && (field.kind === 'choice' || (field.kind === 'organisation' && parsed.value.includes('«')))
  if (!named && understand(desk.faq, event.text).intent === 'operator')
    return after([posted], connect(desk, state, event))
  return after(
    [posted],
    parsed.ok
      ? proceed(stage, state, withValue(state.draft, field.id, parsed.value))
      : notTaken(stage, state, field, parsed.refusal),
  )
}

/** Answers come one by one (any channel) or as a whole form (widget); a person and the way back are always near. */
export function whileGathering(
  desk: Desk,
  stage: GatheringStage,
  state: Gathering,
  event: ConversationEvent,
): Step {
  const { draft } = state
  const field = fieldsFor(stage.fields, draft).find(({ id }) => id === state.asking)
  if (!field) return proceed(stage, state, draft)
  switch (event.type) {
    case 'visitor.wrote':
      return takeText(desk, stage, state, field, event)
    case 'visitor.filled': {
      const mine = Object.keys(event.values).some((id) => stage.fields.some((one) => one.id === id))
      if (!mine) return [state, [refuse('refusal.stale')]]
      const single = Object.keys(event.values).length === 1 && state.channel !== 'widget'
      const filled = fillIn(
        single ? stage.fields.filter(({ id }) => id in event.values) : stage.fields,
        draft,
        event.values,
      )
      if ('refusals' in filled) return [state, [refuse('refusal.check', { fields: filled.refusals })]]
      const values = Object.fromEntries(
        Object.keys(event.values).flatMap((id) =>
          Object.hasOwn(filled.draft.values, id) ? [[id, filled.draft.values[id] as string]] : [],
        ),
      )
      return after([visitorPosts({ kind: 'answers', values })], proceed(stage, state, filled.draft))
    }
    case 'visitor.attached': {
      const posted = visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) })
      const withFile = { ...draft, files: [...draft.files, event.file] }
      const said =
        field.kind === 'files'
          ? askField(stage.fields, withFile, field, [{ key: 'file.added' }])
          : speak('file.added')
      return [{ ...state, draft: withFile }, [posted, said]]
    }
    case 'visitor.chose': {
      const { choice: id } = event
      if (id === 'operator') return connect(desk, state, event)
      if (id === 'connectNow') return register(desk, state, draft, event)
      if (id === 'new') return askAgain(state)
      if (id === 'continue') return [state, [askField(stage.fields, draft, field)]]
      if (id === 'skip' && !field.required)
        return proceed(stage, state, withoutValue(stage.fields, draft, field.id))
      if (id === 'noFiles' && field.kind === 'files')
        return proceed(stage, state, withoutValue(stage.fields, draft, field.id))
      if (id === 'keep') {
        const kept = suggestionFor(field, draft)
        if (kept !== undefined) return proceed(stage, state, withValue(draft, field.id, kept))
      }
      if (id.startsWith('option:') && field.kind === 'choice') {
        const parsed = parseAnswer(field, id.slice('option:'.length))
        return parsed.ok
          ? proceed(stage, state, withValue(draft, field.id, parsed.value))
          : notTaken(stage, state, field, parsed.refusal)
      }
      if (id === 'back') {
        const before = fieldBefore(stage.fields, draft, field.id)
        if (!before) return stage.leave(draft)
        const reopened = { ...draft, skipped: draft.skipped.filter((one) => one !== before.id) }
        return [{ ...state, draft: reopened, asking: before.id }, [askField(stage.fields, reopened, before)]]
      }
      return [state, [askField(stage.fields, draft, field, [{ key: 'stale' }])]]
    }
    case 'visitor.started':
      return [state, [askField(stage.fields, draft, field)]]
    default:
      return [state, [refuse('refusal.noTicket')]]
  }
}
