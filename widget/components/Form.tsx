import { useEffect, useId, useRef } from 'preact/hooks'
import type { WireContent } from '../../engine/wire.ts'
import { isBusy, useChat } from '../chat.ts'
import { fillIn, keptDraft } from '../form.ts'
import { fieldValue, missingFields, valuesToSend, visibleFields } from '../formFields.ts'
import { formErrors, formValues } from '../store.ts'
import { t } from '../words.ts'
import { Field } from './Field.tsx'

type FormContent = NonNullable<Extract<WireContent, { kind: 'said' }>['form']>

/**
 * A form inside the thread: what was typed stays through reloads and refusals, and the first fault gets the focus.
 * One that asks for files alone has nothing to send: its buttons go on.
 */
export function Form({ form, seq }: { readonly form: FormContent; readonly seq: number }) {
  const chat = useChat()
  const box = useRef<HTMLFormElement>(null)
  const id = useId()
  const errors = formErrors.value

  useEffect(() => {
    formValues.value = { ...keptDraft(), ...formValues.value }
  }, [])
  const toFirstFault = () => box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  useEffect(toFirstFault, [errors['']])

  const submit = (event: Event) => {
    event.preventDefault()
    const missing = missingFields(form.fields, formValues.value)
    if (missing.length) {
      formErrors.value = {
        ...Object.fromEntries(missing.map((field) => [field, t('fillIn')])),
        '': t('checkFields'),
      }
      requestAnimationFrame(toFirstFault)
    } else {
      formErrors.value = {}
      chat.act({ type: 'filled', values: valuesToSend(form.fields, formValues.value) })
    }
  }

  return (
    <form class="card form" ref={box} noValidate onSubmit={submit}>
      {visibleFields(form.fields, formValues.value).map((field) => (
        <Field
          key={field.id}
          id={`${id}${field.id}`}
          field={field}
          value={fieldValue(field, formValues.value)}
          error={errors[field.id]}
          seq={seq}
          onInput={(value) => fillIn(field, value)}
        />
      ))}
      {errors[''] && (
        <p class="error" role="alert">
          {errors['']}
        </p>
      )}
      {form.fields.some((field) => field.kind !== 'files') && (
        <button type="submit" class="primary" disabled={isBusy()}>
          {form.submitLabel}
        </button>
      )}
    </form>
  )
}
