import type { WireAck, WireField } from '../engine/wire.ts'
import { mayBeKept } from './formFields.ts'
import { formErrors, formValues, keep, state } from './store.ts'

const draftKey = () => `komekshi.form.${state.value?.conversationId}`

/** Takes what was typed into a field; words about the matter are kept over a reload, personal data never. */
export function fillIn(field: WireField, value: string): void {
  formValues.value = { ...formValues.value, [field.id]: value }
  if (field.id in formErrors.value) {
    const { [field.id]: _, ...others } = formErrors.value
    formErrors.value = others
  }
  if (mayBeKept(field)) keep.set(draftKey(), JSON.stringify({ ...keptDraft(), [field.id]: value }))
}

/** What was typed into this conversation's form before the page was reloaded. */
export function keptDraft(): Record<string, string> {
  try {
    const draft: unknown = JSON.parse(keep.get(draftKey()) ?? '{}')
    return typeof draft === 'object' && draft !== null ? (draft as Record<string, string>) : {}
  } catch {
    return {}
  }
}

/** Hears what became of a sent form: taken, it is forgotten; refused, each field says why. */
export function settleForm(answer: WireAck): void {
  if (answer.ok) {
    formValues.value = {}
    formErrors.value = {}
    keep.remove(draftKey())
  } else formErrors.value = { ...answer.refusal.fields, '': answer.refusal.text }
}
