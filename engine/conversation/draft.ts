import type { AssistantKey } from '../../locales/index.ts'
import { type Desk, type DeskField, deskFields } from '../desk.ts'
import { extractFields, type IdentityField, parseField } from '../identity/index.ts'
import type { Draft } from './state.ts'

type Answer =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly refusal: AssistantKey }

/** The fields that matter for this draft: a field that depends on another is left out until that one is answered. */
export const fieldsFor = (fields: readonly DeskField[], draft: Draft): readonly DeskField[] =>
  fields.filter((field) => !field.onlyWith || draft.values[field.onlyWith])

const answered = (field: DeskField, draft: Draft) =>
  draft.skipped.includes(field.id) || draft.values[field.id] !== undefined

/** The first field nobody has answered or skipped yet. */
export const nextField = (fields: readonly DeskField[], draft: Draft): DeskField | undefined =>
  fieldsFor(fields, draft).find((field) => !answered(field, draft))

/** The field answered just before `id`: where "back" leads. */
export const fieldBefore = (
  fields: readonly DeskField[],
  draft: Draft,
  id: string,
): DeskField | undefined => {
  const before = fieldsFor(fields, draft)
  return before[before.findIndex((field) => field.id === id) - 1]
}

export const findField = (desk: Desk, id: string): DeskField | undefined =>
  [...desk.identification.fields, ...desk.request.fields].find((field) => field.id === id)

/** A field of the desk, else of another desk's: a request that was passed on still has the values of its first desk. */
export const findAnyField = (desk: Desk, id: string): DeskField | undefined =>
  findField(desk, id) ??
  [...desk.others.values()]
    .flatMap((other) => [...other.identification.fields, ...other.request.fields])
    .find((field) => field.id === id)

/**
 * The field that a value was given for: the desk's own, unless it is a choice between other options and another desk
 * has this one under the same name.
 */
export function fieldOfValue(desk: Desk, id: string, value: string): DeskField | undefined {
  const field = findAnyField(desk, id)
  const offers = (one: DeskField | undefined) => one?.options?.some((option) => option.id === value)
  if (field?.kind !== 'choice' || offers(field)) return field
  return [...desk.others.values()].flatMap(deskFields).find((one) => one.id === id && offers(one)) ?? field
}

const identityKinds: readonly string[] = ['iin', 'bin', 'phone', 'fullName', 'organisation', 'email']
const isIdentity = (kind: string): kind is IdentityField => identityKinds.includes(kind)

const checked = (kind: IdentityField, input: string): Answer => {
  const result = parseField(kind, input)
  return result.ok ? result : { ok: false, refusal: result.refusal as AssistantKey }
}

function parseContact(input: string): Answer {
  const result = checked(input.includes('@') ? 'email' : 'phone', input)
  return result.ok || input.includes('@') || /\d{5}/.test(input.replace(/\D/g, ''))
    ? result
    : { ok: false, refusal: 'field.contact' }
}

/** Reads what a person typed into a field: the one normal form, or what is wrong with it. */
export function parseAnswer(field: DeskField, input: string): Answer {
  const typed = input.trim()
  if (!typed) return { ok: false, refusal: 'field.required' }
  if (typed.length > field.maxLength) return { ok: false, refusal: 'field.tooLong' }
  if (isIdentity(field.kind)) return checked(field.kind, typed)
  if (field.kind === 'contact') return parseContact(typed)
  if (field.kind === 'files') return { ok: false, refusal: 'field.attach' }
  if (field.kind === 'choice') {
    const wanted = typed.toLowerCase()
    const option = field.options?.find(
      ({ id, label }) =>
        id === typed || label.kk.toLowerCase() === wanted || label.ru.toLowerCase() === wanted,
    )
    return option ? { ok: true, value: option.id } : { ok: false, refusal: 'field.chooseOption' }
  }
  return { ok: true, value: typed }
}

/** Puts an answer into the draft; a changed field takes what depends on it along when it is emptied. */
export const withValue = (draft: Draft, field: string, value: string): Draft => ({
  ...draft,
  values: { ...draft.values, [field]: value },
  skipped: draft.skipped.filter((id) => id !== field),
})

/** Leaves an optional field empty, and with it whatever is asked only together with it. */
export function withoutValue(fields: readonly DeskField[], draft: Draft, field: string): Draft {
  const dependants = fields.filter(({ onlyWith }) => onlyWith === field).map(({ id }) => id)
  const gone = new Set([field, ...dependants])
  return {
    ...draft,
    values: Object.fromEntries(Object.entries(draft.values).filter(([id]) => !gone.has(id))),
    skipped: [...new Set([...draft.skipped, field])],
  }
}

/**
 * Takes up a filled form: every given field is read, optional ones that were left empty count as skipped.
 * Nothing is taken when anything is wrong; the refusals come back by field.
 */
export function fillIn(
  fields: readonly DeskField[],
  draft: Draft,
  values: Readonly<Record<string, string>>,
): { readonly draft: Draft } | { readonly refusals: Readonly<Record<string, AssistantKey>> } {
  const refusals: Record<string, AssistantKey> = {}
  let filled = draft
  for (const field of fields) {
    if (field.kind === 'files') {
      filled = { ...filled, skipped: [...new Set([...filled.skipped, field.id])] }
      continue
    }
    if (field.onlyWith && !filled.values[field.onlyWith]) continue
    const input = values[field.id]
    if (input === undefined || input.trim() === '') {
      if (filled.values[field.id] !== undefined && input === undefined) continue
      if (field.required) refusals[field.id] = 'field.required'
      else filled = withoutValue(fields, filled, field.id)
      continue
    }
    const answer = parseAnswer(field, input)
    if (answer.ok) filled = withValue(filled, field.id, answer.value)
    else refusals[field.id] = answer.refusal
  }
  return Object.keys(refusals).length > 0 ? { refusals } : { draft: filled }
}

/**
 * What a text tells of a person, for the fields that are not known yet; `otherwise`: taken where the text tells
 * nothing, and it is in order.
 */
export function learnedFrom(
  fields: readonly DeskField[],
  known: Draft['values'],
  text: string,
  otherwise: Readonly<Partial<Record<IdentityField, string>>> = {},
): Readonly<Record<string, string>> {
  const found = extractFields(text)
  const valueFor = (kind: IdentityField): string | undefined => {
    const told = found[kind]
    const given = otherwise[kind]
    if (told !== undefined || given === undefined) return told
    const parsed = parseField(kind, given)
    return parsed.ok ? parsed.value : undefined
  }
  return Object.fromEntries(
    fields.flatMap(({ id, kind }) => {
      if (known[id] !== undefined) return []
      const value =
        kind === 'contact'
          ? otherwise.email
            ? valueFor('email')
            : (found.phone ?? found.email)
          : isIdentity(kind)
            ? valueFor(kind)
            : undefined
      return value === undefined ? [] : [[id, value]]
    }),
  )
}

/**
 * Picks everything it can out of one message ("Ахметов Расул, ИИН …, ТОО Ромашка, 8701…") for the fields that are
 * still open. Undefined when the message does not hold several of them.
 */
export function takeFromText(
  fields: readonly DeskField[],
  draft: Draft,
  text: string,
): { readonly draft: Draft; readonly values: Readonly<Record<string, string>> } | undefined {
  const values = learnedFrom(fields, draft.values, text)
  if (Object.keys(values).length < 2) return undefined
  const filled = Object.entries(values).reduce((all, [id, value]) => withValue(all, id, value), draft)
  return { draft: filled, values }
}
