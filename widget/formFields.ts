import type { WireField } from '../engine/wire.ts'

export type Values = Readonly<Record<string, string>>

/** What stands in a field: what was typed, else what the desk knows already. */
export const fieldValue = (field: WireField, typed: Values): string => typed[field.id] ?? field.value ?? ''

/** The fields to show: one that depends on another appears once that one is filled. */
export function visibleFields(fields: readonly WireField[], typed: Values): readonly WireField[] {
  const filled = (id: string) => {
    const other = fields.find((field) => field.id === id)
    return other !== undefined && fieldValue(other, typed).trim() !== ''
  }
  return fields.filter((field) => field.onlyWith === undefined || filled(field.onlyWith))
}

/** The ids of visible required fields that are empty; files have their own way and are left to the server. */
export const missingFields = (fields: readonly WireField[], typed: Values): readonly string[] =>
  visibleFields(fields, typed)
    .filter((field) => field.required && field.kind !== 'files' && fieldValue(field, typed).trim() === '')
    .map((field) => field.id)

/** What the form sends: visible fields only; an empty one only when it takes back a value known before. */
export function valuesToSend(fields: readonly WireField[], typed: Values): Values {
  const sent: Record<string, string> = {}
  for (const field of visibleFields(fields, typed)) {
    if (field.kind === 'files') continue
    const value = fieldValue(field, typed).trim()
    if (value || field.value) sent[field.id] = value
  }
  return sent
}

/** Whether what is typed may be kept over a reload: words about the matter only, never who the person is. */
export const mayBeKept = (field: WireField): boolean => field.kind === 'longText' || field.kind === 'choice'
