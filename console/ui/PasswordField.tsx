import { useState } from 'preact/hooks'
import { useWords } from './context.ts'
import { Field } from './Field.tsx'
import { IconButton } from './IconButton.tsx'

type Props = {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly fresh?: boolean
  readonly hint?: string
  readonly error?: string | undefined
}

/** A password that may be looked at while typing. `fresh`: a new one, for the browser to propose and keep. */
export function PasswordField({ value, onInput, fresh = false, hint, error }: Props) {
  const words = useWords()
  const [shown, setShown] = useState(false)
  return (
    <Field label={words('entry.password')} hint={hint} error={error}>
      {(control) => (
        <div class="with-button">
          <input
            {...control}
            class="input"
            {...(shown ? { type: 'text' as const } : { type: 'password' as const })}
            name="password"
            required
            maxLength={200}
            autocomplete={fresh ? 'new-password' : 'current-password'}
            value={value}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <IconButton
            icon={shown ? 'eyeOff' : 'eye'}
            label={words(shown ? 'entry.hidePassword' : 'entry.showPassword')}
            onClick={() => setShown(!shown)}
          />
        </div>
      )}
    </Field>
  )
}
