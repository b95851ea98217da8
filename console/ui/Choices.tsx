import { useId } from 'preact/hooks'
import { Icon, type IconName } from './Icon.tsx'

type Option<Id extends string> = { readonly id: Id; readonly label: string; readonly icon?: IconName }

type Props<Id extends string> = {
  readonly legend: string
  readonly options: readonly Option<Id>[]
  readonly chosen: Id
  readonly error?: string | undefined
  readonly onChoose: (id: Id) => void
}

/** A few things of which one is chosen, side by side. */
export function Choices<Id extends string>({ legend, options, chosen, error, onChoose }: Props<Id>) {
  const name = useId()
  const noteId = `${name}-note`
  return (
    <fieldset
      class="checks choices"
      aria-describedby={error ? noteId : undefined}
      {...(error && { 'aria-invalid': true })}
    >
      <legend>{legend}</legend>
      {options.map(({ id, label, icon }) => (
        <label key={id}>
          <input type="radio" name={name} checked={chosen === id} onChange={() => onChoose(id)} />
          {icon && <Icon name={icon} size={16} />}
          {label}
        </label>
      ))}
      {error && (
        <p id={noteId} class="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
