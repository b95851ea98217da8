type Props = {
  readonly label: string
  readonly desks: readonly { readonly id: string; readonly name: string }[]
  /** An id, or '' for all of them where that can be chosen. */
  readonly value: string
  /** What all of them are called; left out where one has to be chosen. */
  readonly all?: string
  readonly onChange: (desk: string) => void
}

/** Which desk a screen is about; not there while there is only one. */
export function DeskSelect({ label, desks, value, all, onChange }: Props) {
  if (desks.length < 2) return null
  return (
    <select
      class="input compact"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {all !== undefined && <option value="">{all}</option>}
      {desks.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
