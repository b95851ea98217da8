type Option<Id extends string> = { readonly id: Id; readonly label: string }

type Props<Id extends string> = {
  readonly legend: string
  readonly options: readonly Option<Id>[]
  readonly chosen: Id | undefined
  readonly onChoose: (id: Id) => void
}

/** A few things of which one is chosen; the first takes the keyboard when the window opens. */
export function OneOf<Id extends string>({ legend, options, chosen, onChoose }: Props<Id>) {
  return (
    <fieldset class="people">
      <legend>{legend}</legend>
      {options.map(({ id, label }, place) => (
        <label key={id}>
          <input
            type="radio"
            name="one-of"
            value={id}
            {...(place === 0 && { 'data-first': true })}
            checked={chosen === id}
            onChange={() => onChoose(id)}
          />
          <span class="people-name">{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
