import type { Language } from '../../engine/language.ts'
import type { WireField, WireFile } from '../../engine/wire.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { HandChannel, HandPriority, HandRequest } from '../../engine/wireRequests.ts'
import { contactHref } from './contactHref.ts'

export const handChannels = ['phone', 'letter'] as const satisfies readonly HandChannel[]
/** From the least pressing to the most, as one chooses. */
export const handPriorities = ['normal', 'urgent', 'immediate'] as const satisfies readonly HandPriority[]

/** A request as an operator puts it down, half filled in as it may be. */
export type HandForm = {
  /** The request's own: however often it is sent, it is one. */
  readonly id: string
  /** Empty until one is chosen. */
  readonly desk: string
  readonly channel: HandChannel
  readonly language: Language
  /** As typed, by field; also of desks that were chosen before. */
  readonly values: Readonly<Record<string, string>>
  readonly priority: HandPriority
  /** Null until somebody has typed in it: then the contact's e-mail counts. */
  readonly answersTo: string | null
  readonly takes: boolean
  readonly files: readonly WireFile[]
  /** The conversations that its files are sent to meanwhile. */
  readonly places: readonly string[]
  /** It was sent, and what has become of it is not known. */
  readonly sent: boolean
}

export const blankForm = (id: string, desk: string, language: Language): HandForm => ({
  id,
  desk,
  channel: 'phone',
  language,
  values: {},
  priority: 'normal',
  answersTo: null,
  takes: true,
  files: [],
  places: [],
  sent: false,
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const areTexts = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((each) => typeof each === 'string')
const oneOf = (options: readonly string[], value: unknown) => options.some((option) => option === value)

/** Whether what was kept is such a form. */
export const isHandForm = (value: unknown): value is HandForm =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  typeof value.desk === 'string' &&
  oneOf(handChannels, value.channel) &&
  oneOf(['kk', 'ru'], value.language) &&
  areTexts(value.values) &&
  oneOf(handPriorities, value.priority) &&
  (value.answersTo === null || typeof value.answersTo === 'string') &&
  typeof value.takes === 'boolean' &&
  typeof value.sent === 'boolean' &&
  Array.isArray(value.files) &&
  value.files.every(
    (file) => isRecord(file) && typeof file.id === 'string' && typeof file.name === 'string',
  ) &&
  Array.isArray(value.places) &&
  value.places.every((place) => typeof place === 'string')

/** Whether anything would be lost with it. */
export const isBegun = ({ values, answersTo, files }: HandForm): boolean =>
  files.length > 0 || [...Object.values(values), answersTo ?? ''].some((text) => text.trim() !== '')

/** The one field that has to be filled in: what it is about. */
export const subjectField = ({ form }: WireDesk): WireField | undefined =>
  [...form.identification, ...form.request].find(({ kind, required }) => kind === 'longText' && required)

/** What a field shows; a choice among another desk's options is none here. */
export function shownValue(field: WireField, { values }: HandForm): string {
  const value = Object.hasOwn(values, field.id) ? (values[field.id] ?? '') : ''
  return field.options && !field.options.some(({ id }) => id === value) ? '' : value
}

/** Whether the desk asks for an e-mail itself: the answers go there, and no other is asked for. */
export const mailField = ({ form }: WireDesk): WireField | undefined =>
  form.identification.find(({ kind }) => kind === 'email')

/** Where the answers go: as typed, else the e-mail that was given as the contact. */
export function answersTo(desk: WireDesk, form: HandForm): string {
  if (form.answersTo !== null) return form.answersTo
  const contact = desk.form.identification.find(({ kind }) => kind === 'contact')
  const typed = contact ? shownValue(contact, form).trim() : ''
  return contactHref(typed)?.startsWith('mailto:') ? typed : ''
}

/** The form as it is sent: only what this desk asks for and somebody has filled in. */
export const handRequestOf = (desk: WireDesk, form: HandForm): HandRequest => ({
  id: form.id,
  desk: desk.id,
  channel: form.channel,
  language: form.language,
  values: Object.fromEntries(
    [...desk.form.identification, ...desk.form.request].flatMap((field) => {
      const value = shownValue(field, form)
      return field.kind === 'files' || value.trim() === '' ? [] : [[field.id, value]]
    }),
  ),
  files: form.files.map(({ id }) => id),
  priority: form.priority,
  answersTo: mailField(desk) ? '' : answersTo(desk, form),
  takes: form.takes,
})
