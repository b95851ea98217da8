import { isoDay, wallClock } from '../logic/localTime.ts'
import { useApp } from './context.ts'
import { Field } from './Field.tsx'

type Props = {
  readonly label: string
  /** `2026-11-30`, or empty. */
  readonly value: string
  readonly desk: string
  readonly onInput: (value: string) => void
}

/** A day from today on, where the desk is; it may stay empty. */
export function DayField({ label, value, desk, onInput }: Props) {
  const app = useApp()
  const today = isoDay(wallClock(app.clock.now.peek(), app.zoneOf(desk)))
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="date"
          min={today}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
