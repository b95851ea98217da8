import { useState } from 'preact/hooks'
import type { Weekday } from '../../engine/calendar.ts'
import { maxDayName } from '../../engine/limits.ts'
import type { WireCalendar } from '../../engine/wireCalendar.ts'
import { type DayFacts, dayName, hoursWords, titledDay, weekdayOf, weekOn } from '../logic/calendarDays.ts'
import { dayFault, editOf, formOf, kindsFor } from '../logic/dayForm.ts'
import { CalendarEditDialog } from './CalendarEditDialog.tsx'
import { useApp, useWords } from './context.ts'
import { Field } from './Field.tsx'
import { OneOf } from './OneOf.tsx'
import { ShiftsField } from './ShiftsField.tsx'

type Props = {
  readonly calendar: WireCalendar
  readonly day: DayFacts
  readonly onSaved: (calendar: WireCalendar) => void
  readonly onStale: () => void
  readonly onClose: () => void
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[]

/** What a day of the desk is to be: off, with other hours, moved, or as it was. */
export function DayDialog({ calendar, day, ...ending }: Props) {
  const app = useApp()
  const words = useWords()
  const language = app.preferences.language.value
  const usual = weekOn(calendar, day.date)[weekdayOf(day.date)]
  const [form, setForm] = useState(() => formOf(day, usual))
  const [asked, setAsked] = useState(false)
  const { kind } = form
  const fault = dayFault(form)
  const shown = asked ? fault : undefined
  const named = kind !== 'country' && kind !== 'ordinary'
  const name = dayName(day.special, language)
  const country = day.special?.country
  const dateField = (label: string, key: 'to' | 'worked', error: string | undefined) => (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="date"
          min={key === 'to' ? form.from : undefined}
          value={form[key]}
          onInput={(event) => setForm({ ...form, [key]: event.currentTarget.value })}
        />
      )}
    </Field>
  )
  return (
    <CalendarEditDialog
      title={titledDay(day.date, words)}
      calendar={calendar}
      edit={fault ? undefined : editOf(form)}
      onAsked={() => setAsked(true)}
      {...ending}
    >
      <p class="muted">
        {words('calendar.now', { hours: hoursWords(day.hours) || words('calendar.offShort') })}
        {name && ` · ${name}`}
        {day.special?.own &&
          country &&
          ` · ${words('calendar.countryHas', { name: country.name[language] })}`}
      </p>
      <OneOf
        legend={words('calendar.kind')}
        options={kindsFor(day).map((id) => ({ id, label: words(`calendar.kind.${id}`) }))}
        chosen={kind}
        onChoose={(next) => setForm({ ...form, kind: next })}
      />
      {kind === 'hours' && (
        <ShiftsField
          label={words('calendar.hours')}
          shifts={form.hours}
          onChange={(hours) => setForm({ ...form, hours })}
          error={
            shown === 'time' || shown === 'order' || shown === 'overlap' || shown === 'noHours'
              ? words(`calendar.fault.${shown}`)
              : undefined
          }
        />
      )}
      {kind === 'like' && (
        <Field label={words('calendar.likeDay')}>
          {(control) => (
            <select
              {...control}
              class="input"
              value={String(form.like)}
              onChange={(event) => setForm({ ...form, like: Number(event.currentTarget.value) as Weekday })}
            >
              {weekdays.map((weekday) => (
                <option key={weekday} value={String(weekday)}>
                  {words(`calendar.weekday.${weekday}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {kind === 'move'
        ? dateField(
            words('calendar.worked'),
            'worked',
            shown === 'worked' ? words('calendar.fault.worked') : undefined,
          )
        : dateField(
            words('calendar.until'),
            'to',
            shown === 'period' ? words('calendar.fault.period') : undefined,
          )}
      {named && (
        <div class="contract-fields">
          {(['kk', 'ru'] as const).map((each) => (
            <Field
              key={each}
              label={words(`calendar.name.${each}`)}
              error={
                shown === 'names' && form[each].trim() === '' ? words('calendar.fault.names') : undefined
              }
            >
              {(control) => (
                <input
                  {...control}
                  class="input"
                  lang={each}
                  maxLength={maxDayName}
                  autocomplete="off"
                  value={form[each]}
                  onInput={(event) => setForm({ ...form, [each]: event.currentTarget.value })}
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </CalendarEditDialog>
  )
}
