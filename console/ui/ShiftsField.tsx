import type { Shift } from '../../engine/calendar.ts'
import { hasRoom, withShift } from '../logic/shiftFault.ts'
import { useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'

type Props = {
  readonly label: string
  readonly shifts: readonly Shift[]
  readonly onChange: (shifts: readonly Shift[]) => void
  readonly error?: string | undefined
}

/** The working hours of one day: any number of shifts, with lunch and other breaks between them. */
export function ShiftsField({ label, shifts, onChange, error }: Props) {
  const words = useWords()
  const replace = (at: number, change: Partial<Shift>) =>
    onChange(shifts.map((shift, index) => (index === at ? { ...shift, ...change } : shift)))
  return (
    <fieldset class="shifts">
      <legend>{label}</legend>
      {shifts.length === 0 && <span class="muted shifts-off">{words('calendar.off')}</span>}
      {shifts.map((shift, at) => (
        <span class="shift" key={at}>
          {(['from', 'to'] as const).map((end) => (
            <input
              key={end}
              class="input compact"
              type="text"
              inputMode="numeric"
              autocomplete="off"
              maxLength={5}
              size={5}
              placeholder={end === 'from' ? '09:00' : '18:00'}
              aria-label={words(`calendar.shift.${end}`, { shift: at + 1, day: label })}
              aria-invalid={error !== undefined}
              value={shift[end]}
              onInput={(event) => replace(at, { [end]: event.currentTarget.value })}
              onBlur={(event) => replace(at, { [end]: asTime(event.currentTarget.value) })}
            />
          ))}
          <IconButton
            icon="close"
            class="small"
            label={words('calendar.shift.remove', { shift: at + 1, day: label })}
            onClick={() => onChange(shifts.filter((_, index) => index !== at))}
          />
        </span>
      ))}
      {(hasRoom(shifts) || shifts.length === 1) && (
        <button type="button" class="button small" onClick={() => onChange(withShift(shifts))}>
          <Icon name="plus" size={15} />
          {words(shifts.length === 0 ? 'calendar.shift.work' : 'calendar.shift.break')}
        </button>
      )}
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** `9`, `900` and `9.30` are times to people. */
function asTime(typed: string): string {
  const digits = /^(\d{1,2})[:.\s-]?(\d{2})?$/.exec(typed.trim())
  return digits?.[1] ? `${digits[1].padStart(2, '0')}:${digits[2] ?? '00'}` : typed
}
