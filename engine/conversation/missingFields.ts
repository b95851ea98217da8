import { type Desk, type DeskField, deskFields } from '../desk.ts'
import { findAnyField, parseAnswer } from './draft.ts'
import type { Ticket } from './state.ts'

type Kind = DeskField['kind']

/** What says the same of a person, whichever desk asked for it and however it calls the field. */
const ofPerson: readonly Kind[] = ['iin', 'bin', 'fullName', 'organisation', 'phone', 'email', 'contact']
const waysToReach: readonly Kind[] = ['phone', 'email', 'contact']

/**
 * The required fields of a desk that a request does not answer, in the order in which the desk asks for them: what is
 * still to be asked when it came from another desk, or when its visitor asked for a person at once. What another desk
 * was told in a field of its own counts; an identity that was refused is not asked for again.
 */
export function missingFields(
  desk: Desk,
  ticket: Pick<Ticket, 'values' | 'files' | 'identityRefused'>,
): readonly DeskField[] {
  const { values, files, identityRefused } = ticket
  const told = Object.entries(values).map(([id, value]) => ({ kind: findAnyField(desk, id)?.kind, value }))
  function isAnswered(field: DeskField): boolean {
    if (field.kind === 'files') return files.length > 0
    const value = values[field.id]
    // an option of another desk's choice is no answer here
    if (value !== undefined) return field.kind !== 'choice' || parseAnswer(field, value).ok
    const takes = waysToReach.includes(field.kind) ? waysToReach : [field.kind]
    return (
      ofPerson.includes(field.kind) &&
      told.some((one) => one.kind && takes.includes(one.kind) && parseAnswer(field, one.value).ok)
    )
  }
  return deskFields(desk).filter(
    (field) =>
      field.required &&
      !(identityRefused && desk.identification.fields.includes(field)) &&
      (field.onlyWith === undefined || values[field.onlyWith] !== undefined) &&
      !isAnswered(field),
  )
}
