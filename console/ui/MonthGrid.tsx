import {
  type DayFacts,
  dayName,
  fullDay,
  hoursWords,
  monthWords,
  partsOf,
  weeksOf,
} from '../logic/calendarDays.ts'
import { useApp, useWords } from './context.ts'

type Props = {
  readonly year: number
  readonly month: number
  readonly today: string
  /** The day that the keyboard is at. */
  readonly cursor: string
  readonly facts: (date: string) => DayFacts
  /** With hours and names, or a small one with the days alone. */
  readonly large: boolean
  readonly onOpen: (date: string) => void
  readonly onCursor: (date: string) => void
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** One month: each day says what it is, and opens to be changed. Arrows go from day to day. */
export function MonthGrid({ year, month, today, cursor, facts, large, onOpen, onCursor }: Props) {
  const app = useApp()
  const words = useWords()
  const language = app.preferences.language.value
  return (
    <table class={large ? 'month large' : 'month'} aria-label={`${monthWords(month, words)} ${year}`}>
      {!large && <caption>{monthWords(month, words)}</caption>}
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col">
              {words(`weekday.${weekday}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week) => (
          <tr key={week.find((date) => date)}>
            {week.map((date, index) => {
              if (!date) return <td key={index} />
              const day = facts(date)
              const name = dayName(day.special, language)
              const hours = hoursWords(day.hours)
              return (
                <td key={date}>
                  <button
                    type="button"
                    class={`calendar-day ${day.look}`}
                    data-day={date}
                    data-own={day.special?.own ? 'true' : undefined}
                    tabIndex={date === cursor ? 0 : -1}
                    aria-current={date === today ? 'date' : undefined}
                    aria-label={`${fullDay(date, words)}: ${hours || words('calendar.offShort')}${name ? `, ${name}` : ''}`}
                    title={
                      large
                        ? undefined
                        : [hours || words('calendar.offShort'), name].filter(Boolean).join(' · ')
                    }
                    onClick={() => onOpen(date)}
                    onFocus={() => onCursor(date)}
                  >
                    <span class="day-number">{partsOf(date).date}</span>
                    {large && (
                      <>
                        <span class="day-hours">
                          {day.hours.length === 0
                            ? words('calendar.offShort')
                            : day.hours.map(({ from, to }) => <span key={from}>{`${from}–${to}`}</span>)}
                        </span>
                        {name && <span class="day-name">{name}</span>}
                      </>
                    )}
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
