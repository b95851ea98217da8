import { type Desk, type DeskField, deskFields } from '../desk.ts'
import { understand } from '../faq/index.ts'
import type { Choice, Said } from './content.ts'
import { fieldsFor, fillIn, parseAnswer, withoutValue, withValue } from './draft.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { askField } from './gathering.ts'
import { askAgain } from './opening.ts'
import {
  askAboutContract,
  changedMeanwhile,
  contractQuestion,
  contractWords,
  meansWithout,
  withContract,
  withoutContract,
} from './recognising.ts'
import { register } from './register.ts'
import { choice, goBack, refuse, speak, visitorPosts } from './say.ts'
import type { At, Conversation, Draft } from './state.ts'
import { after, kept, type Step } from './step.ts'

type Reviewing = At<'reviewing'>

/** The lines of the summary: everything that was asked of this person. */
const lines = (desk: Desk, draft: Draft): readonly DeskField[] =>
  fieldsFor(draft.consent === 'refused' ? desk.request.fields : deskFields(desk), draft)

const summary = (desk: Desk, draft: Draft, key: Said['key']): Effect =>
  speak([{ key }, ...contractWords(desk, draft)], {
    summary: {
      fields: lines(desk, draft).map(({ id }) => id),
      values: draft.values,
      files: draft.files,
      refused: draft.consent === 'refused',
    },
    choices: [choice('confirm', 'choice.confirm', true), goBack],
  })

/** Asks what to do about a contract that is of no use, before the request is sent. */
const askFirst = (desk: Desk, state: Conversation, draft: Draft): Step => [
  { ...kept(state), stage: 'reviewing', draft, editing: contractQuestion },
  [askAboutContract(desk, draft)],
]

/** Shows the whole request; nothing is sent before it is confirmed. */
export const showSummary = (desk: Desk, state: Conversation, before: Draft, event: ConversationEvent): Step =>
  withContract(desk, state, before, event, {
    ask: (draft) => askFirst(desk, state, draft),
    go: (draft) => [
      { ...kept(state), stage: 'reviewing', draft },
      [summary(desk, draft, 'reviewing.summary')],
    ],
  })

/** Sends the request, unless its contract has become of less use since the visitor was told of it. */
function send(desk: Desk, state: Reviewing, event: ConversationEvent): Step {
  const changed = changedMeanwhile(desk, state.channel, state.draft, event)
  return changed ? askFirst(desk, state, changed) : register(desk, state, state.draft, event)
}

const editForm = (draft: Draft, field: DeskField, lead: Said['key']): Effect => {
  const value = draft.values[field.id]
  const choices: Choice[] = []
  if (field.kind === 'files')
    choices.push(choice('noFiles', draft.files.length > 0 ? 'choice.filesDone' : 'choice.noFiles'))
  else if (!field.required) choices.push({ id: 'skip', label: { skipping: field.id } })
  choices.push(choice('back', 'choice.back'))
  return speak(lead, {
    form: { fields: [field.id], asking: field.id, values: value === undefined ? {} : { [field.id]: value } },
    choices,
  })
}

/** A changed line; when it brings another question with it (an organisation's BIN), that one is asked next. */
function changed(desk: Desk, state: Reviewing, draft: Draft, event: ConversationEvent): Step {
  const open = lines(desk, draft).find(
    (field) => field.required && field.kind !== 'files' && draft.values[field.id] === undefined,
  )
  return open
    ? [
        { ...kept(state), stage: 'reviewing', draft, editing: open.id },
        [editForm(draft, open, 'reviewing.change')],
      ]
    : showSummary(desk, state, draft, event)
}

function whileEditing(
  desk: Desk,
  state: Reviewing,
  field: DeskField,
  event: ConversationEvent,
): Step | undefined {
  const { draft } = state
  const take = (input: string): Step => {
    const parsed = parseAnswer(field, input)
    return parsed.ok
      ? changed(desk, state, withValue(draft, field.id, parsed.value), event)
      : [state, [editForm(draft, field, parsed.refusal)]]
  }
  switch (event.type) {
    case 'visitor.wrote':
      return understand(desk.faq, event.text).intent === 'operator'
        ? undefined
        : after([visitorPosts({ kind: 'text', text: event.text })], take(event.text))
    case 'visitor.filled': {
      const filled = fillIn([field], draft, event.values)
      if ('refusals' in filled) return [state, [refuse('refusal.check', { fields: filled.refusals })]]
      const value = filled.draft.values[field.id]
      return after(
        value === undefined ? [] : [visitorPosts({ kind: 'answers', values: { [field.id]: value } })],
        changed(desk, state, filled.draft, event),
      )
    }
    case 'visitor.chose': {
      const { choice: id } = event
      if (id === 'back' || id === 'noFiles') return showSummary(desk, state, draft, event)
      if (id === 'skip' && !field.required)
        return showSummary(desk, state, withoutValue(deskFields(desk), draft, field.id), event)
      if (id.startsWith('option:') && field.kind === 'choice') return take(id.slice('option:'.length))
      return undefined
    }
    default:
      return undefined
  }
}

/** Back to the last thing asked about the request. */
function backToRequest(desk: Desk, state: Reviewing, event: ConversationEvent): Step {
  const { fields } = desk.request
  const last = fieldsFor(fields, state.draft).at(-1)
  if (!last) return showSummary(desk, state, state.draft, event)
  const draft = { ...state.draft, skipped: state.draft.skipped.filter((id) => id !== last.id) }
  return [{ ...kept(state), stage: 'describing', draft, asking: last.id }, [askField(fields, draft, last)]]
}

/** The question about a contract: what answers it; undefined is answered as anywhere in the review. */
function whileDeciding(desk: Desk, state: Reviewing, event: ConversationEvent): Step | undefined {
  const goOn = () => showSummary(desk, state, withoutContract(state.draft), event)
  if (event.type === 'visitor.wrote')
    return meansWithout(event.text)
      ? after([visitorPosts({ kind: 'text', text: event.text })], goOn())
      : undefined
  if (event.type !== 'visitor.chose') return undefined
  if (event.choice === 'withoutContract') return goOn()
  return event.choice === 'back' ? backToRequest(desk, state, event) : undefined
}

/** Each line can be changed; the request is registered when the visitor says so. */
export function whileReviewing(desk: Desk, state: Reviewing, event: ConversationEvent): Step {
  const { draft } = state
  const field = state.editing ? lines(desk, draft).find(({ id }) => id === state.editing) : undefined
  const edited =
    state.editing === contractQuestion
      ? whileDeciding(desk, state, event)
      : field && whileEditing(desk, state, field, event)
  if (edited) return edited
  switch (event.type) {
    case 'visitor.chose': {
      const { choice: id } = event
      if (id === 'confirm') return send(desk, state, event)
      if (id === 'operator' || id === 'connectNow') return register(desk, state, draft, event)
      if (id === 'new') return askAgain(state)
      if (id === 'back') return backToRequest(desk, state, event)
      if (id.startsWith('edit:')) {
        const wanted = lines(desk, draft).find((one) => one.id === id.slice('edit:'.length))
        if (wanted) return [{ ...state, editing: wanted.id }, [editForm(draft, wanted, 'reviewing.change')]]
      }
      return [state, [summary(desk, draft, 'reviewing.decide')]]
    }
    case 'visitor.wrote': {
      const posted = visitorPosts({ kind: 'text', text: event.text })
      if (understand(desk.faq, event.text).intent === 'operator')
        return after([posted], register(desk, state, draft, event))
      return [state, [posted, summary(desk, draft, 'reviewing.decide')]]
    }
    case 'visitor.attached': {
      const withFile = { ...draft, files: [...draft.files, event.file] }
      const posted = visitorPosts({ kind: 'file', file: event.file, ...(event.text && { text: event.text }) })
      return after([posted], showSummary(desk, state, withFile, event))
    }
    case 'visitor.started':
      return [state, [summary(desk, draft, 'reviewing.decide')]]
    case 'visitor.filled':
      return [state, [refuse('refusal.stale')]]
    default:
      return [state, [refuse('refusal.noTicket')]]
  }
}

/** What was asked last, once more (after a change of language). */
export function promptWhileReviewing(desk: Desk, state: Reviewing): Effect {
  if (state.editing === contractQuestion) return askAboutContract(desk, state.draft)
  const field = state.editing ? lines(desk, state.draft).find(({ id }) => id === state.editing) : undefined
  return field
    ? editForm(state.draft, field, 'reviewing.change')
    : summary(desk, state.draft, 'reviewing.summary')
}
