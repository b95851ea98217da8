import type { InputHTMLAttributes, TargetedEvent } from 'preact'
import type { WireField } from '../../engine/wire.ts'
import { useChat } from '../chat.ts'
import { acceptOf, typesLabel } from '../files.ts'
import { desk, messages } from '../store.ts'
import { sizeLabel } from '../when.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'

type Props = {
  readonly id: string
  readonly field: WireField
  readonly value: string
  readonly error: string | undefined
  /** The form's place in the thread: files that came after it belong to it. */
  readonly seq: number
  readonly onInput: (value: string) => void
}

const hints: Partial<Record<WireField['kind'], InputHTMLAttributes>> = {
  iin: { inputMode: 'numeric', autoComplete: 'off' },
  bin: { inputMode: 'numeric', autoComplete: 'off' },
  fullName: { autoComplete: 'name', autoCapitalize: 'words' },
  organisation: { autoComplete: 'organization' },
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'tel' },
  email: { type: 'email', inputMode: 'email', autoComplete: 'email' },
  contact: { autoComplete: 'tel' },
}

/** One field of a form with its label, its example, and what is wrong with it. */
export function Field(props: Props) {
  const { id, field, value, error } = props
  const described = [field.example && `${id}-example`, error && `${id}-error`].filter(Boolean).join(' ')
  const common = {
    id,
    value,
    maxLength: field.maxLength,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
    'aria-required': field.required,
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      props.onInput(event.currentTarget.value),
  }
  const name = (
    <>
      {field.label}
      {!field.required && <small>{t('optional')}</small>}
    </>
  )
  const notes = (
    <>
      {field.example && (
        <p class="example" id={`${id}-example`}>
          {t('example', { example: field.example })}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </>
  )
  if (field.kind === 'choice')
    return (
      <fieldset class="field" aria-describedby={described || undefined}>
        <legend>{name}</legend>
        <div class="options">
          {field.options?.map((option) => (
            <label key={option.id} class="option">
              <input
                type="radio"
                name={id}
                checked={value === option.id}
                aria-invalid={common['aria-invalid']}
                onChange={() => props.onInput(option.id)}
              />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
        {notes}
      </fieldset>
    )
  if (field.kind === 'files')
    return (
      <div class="field">
        <span class="label">{name}</span>
        <FilesInput {...props} />
        {notes}
      </div>
    )
  return (
    <div class="field">
      <label for={id}>{name}</label>
      {field.kind === 'longText' ? (
        <textarea rows={3} {...common} />
      ) : (
        <input type="text" {...hints[field.kind]} {...common} />
      )}
      {notes}
    </div>
  )
}

function FilesInput({ id, seq }: Props) {
  const chat = useChat()
  const rules = desk.value
  if (!rules) return null
  const attached = messages.value.filter(
    (message) => message.seq > seq && message.author.kind === 'visitor' && message.content.kind === 'file',
  ).length
  return (
    <label class="picker">
      <input
        id={id}
        class="unseen"
        type="file"
        multiple
        accept={acceptOf(rules)}
        onChange={(event) => {
          chat.attach([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <Icon name="clip" />
      <span>
        {attached ? t('attached', { count: attached }) : t('chooseFiles')}
        <small>{t('filesNote', { size: sizeLabel(rules.maxFileBytes, t), types: typesLabel(rules) })}</small>
      </span>
    </label>
  )
}
