import { maxTextLength } from '../../engine/limits.ts'
import { Field } from './Field.tsx'

type Props = {
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly value: string
  readonly onInput: (value: string) => void
  /** Ctrl+Enter. */
  readonly onSubmit: () => void
  readonly rows?: number
  readonly maxLength?: number
  readonly first?: boolean
}

/** Several lines of text in a window; Ctrl+Enter is the window's main button. */
export function TextField({
  label,
  hint,
  error,
  value,
  onInput,
  onSubmit,
  rows = 4,
  maxLength = maxTextLength,
  first = true,
}: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          {...control}
          class="input"
          {...(first && { 'data-first': true })}
          rows={rows}
          maxLength={maxLength}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            onSubmit()
          }}
        />
      )}
    </Field>
  )
}
