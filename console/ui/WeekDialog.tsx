import { useState } from 'preact/hooks'
import type { Week, Weekday } from '../../engine/calendar.ts'
import type { WireCalendar } from '../../engine/wireCalendar.ts'
import { weekOn } from '../logic/calendarDays.ts'
import { shiftFault } from '../logic/shiftFault.ts'
import { CalendarEditDialog } from './CalendarEditDialog.tsx'
import { useWords } from './context.ts'
import { Field } from './Field.tsx'
import { ShiftsField } from './ShiftsField.tsx'

type Props = {
  readonly calendar: WireCalendar
  readonly onSaved: (calendar: WireCalendar) => void
  readonly onStale: () => void
  readonly onClose: () => void
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[]

/** The hours of the desk's week from a day on. */
export function WeekDialog({ calendar, ...ending }: Props) {
  const words = useWords()
  const [from, setFrom] = useState(calendar.today)
  const [week, setWeek] = useState<Week>(() => weekOn(calendar, calendar.today))
  const [asked, setAsked] = useState(false)
  const faults = weekdays.map((weekday) => shiftFault(week[weekday]))
  const empty = weekdays.every((weekday) => week[weekday].length === 0)
  const ready = from !== '' && !empty && faults.every((fault) => fault === undefined)
  return (
    <CalendarEditDialog
      title={words('calendar.week.edit')}
      calendar={calendar}
      edit={ready ? { type: 'week', from, week } : undefined}
      onAsked={() => setAsked(true)}
      {...ending}
    >
      <Field label={words('calendar.week.from')} hint={words('calendar.week.fromHint')}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="date"
            required
            value={from}
            onInput={(event) => setFrom(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="week-fields">
        {weekdays.map((weekday, index) => {
          const fault = asked ? faults[index] : undefined
          return (
            <ShiftsField
              key={weekday}
              label={words(`calendar.weekday.${weekday}`)}
              shifts={week[weekday]}
              onChange={(shifts) => setWeek({ ...week, [weekday]: shifts })}
              error={fault && words(`calendar.fault.${fault}`)}
            />
          )
        })}
      </div>
      {asked && empty && (
        <p class="notice danger" role="alert">
          {words('calendar.fault.noHours')}
        </p>
      )}
    </CalendarEditDialog>
  )
}
