import type { WireField } from '../../engine/wire.ts'
import { shownValue } from '../logic/handForm.ts'
import { Choices } from './Choices.tsx'
import { useApp, useWords } from './context.ts'
import { Field } from './Field.tsx'

/** So many options are shown side by side, more in a list. */
const mostSideBySide = 4

const keyboards: Partial<Record<WireField['kind'], 'numeric' | 'tel' | 'email'>> = {
  iin: 'numeric',
  bin: 'numeric',
  phone: 'tel',
  email: 'email',
}

type Props = {
  readonly field: WireField
  readonly hint?: string | undefined
  /** The keyboard begins here. */
  readonly first?: boolean
}

/** A field of a desk, in the request that an operator puts down; what is not known stays empty. */
export function HandField({ field, hint, first = false }: Props) {
  const { handRequest } = useApp()
  const words = useWords()
  const value = shownValue(field, handRequest.form.value)
  const error = handRequest.faults.value[field.id]
  const type = (next: string) => handRequest.type(field.id, next)
  const begin = first && { 'data-first': true }
  if (field.options && field.options.length <= mostSideBySide)
    return (
      <div class="whole">
        <Choices
          legend={field.label}
          options={[...field.options, { id: '', label: words('hand.unknown') }]}
          chosen={value}
          error={error}
          onChoose={type}
        />
      </div>
    )
  const long = field.kind === 'longText'
  return (
    <div class={long ? 'whole' : ''}>
      <Field label={field.label} hint={hint} error={error}>
        {(control) =>
          field.options ? (
            <select
              {...control}
              {...begin}
              class="input"
              value={value}
              onChange={(event) => type(event.currentTarget.value)}
            >
              <option value="">{words('hand.unknown')}</option>
              {field.options.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          ) : long ? (
            <textarea
              {...control}
              {...begin}
              class="input"
              rows={3}
              maxLength={field.maxLength}
              value={value}
              onInput={(event) => type(event.currentTarget.value)}
            />
          ) : (
            <input
              {...control}
              {...begin}
              class="input"
              type="text"
              autocomplete="off"
              maxLength={field.maxLength}
              inputMode={keyboards[field.kind] ?? 'text'}
              placeholder={field.example ?? ''}
              value={value}
              onInput={(event) => type(event.currentTarget.value)}
            />
          )
        }
      </Field>
    </div>
  )
}
