import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type Props = {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** The control; it takes the id and the description it is given. */
  readonly children: (control: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': boolean
  }) => ComponentChildren
}

/** A labelled field with its hint and what is wrong with it. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': note ? noteId : undefined, 'aria-invalid': error !== undefined })}
      {note && (
        <p
          key={error ? 'error' : 'hint'}
          id={noteId}
          class={error ? 'field-error' : 'field-hint'}
          {...(error && { role: 'alert' as const })}
        >
          {note}
        </p>
      )}
    </div>
  )
}
