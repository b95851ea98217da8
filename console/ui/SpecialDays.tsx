import { useEffect, useRef } from 'preact/hooks'
import type { CalendarDay } from '../../engine/deskCalendar.ts'
import type { WireCalendar } from '../../engine/wireCalendar.ts'
import { dayName, fullDay, hoursWords } from '../logic/calendarDays.ts'
import { useApp, useWords } from './context.ts'

/** Every day of the year that is not as its weekday, in words: for who looks for a name, and who cannot see colours. */
export function SpecialDays({
  calendar,
  onOpen,
}: {
  calendar: WireCalendar
  onOpen: (date: string) => void
}) {
  const app = useApp()
  const words = useWords()
  const language = app.preferences.language.value
  const list = useRef<HTMLUListElement>(null)
  const coming = calendar.days.find(({ date }) => date >= calendar.today)?.date
  // what is past is above, what comes next is seen first
  useEffect(() => {
    const next = list.current?.querySelector<HTMLElement>('[data-coming]')
    if (list.current && next) list.current.scrollTop = next.offsetTop - list.current.offsetTop
  }, [calendar.desk, calendar.year])
  const source = ({ own, country }: CalendarDay) =>
    own ? words('calendar.source.own') : words(`calendar.source.${country?.kind ?? 'holiday'}`)
  return (
    <section class="report-block special-days">
      <h2>{words('calendar.special', { year: String(calendar.year) })}</h2>
      {calendar.days.length === 0 && <p class="muted">{words('calendar.special.none')}</p>}
      <ul ref={list}>
        {calendar.days.map((day) => (
          <li key={day.date} data-coming={day.date === coming || undefined}>
            <button type="button" class="special-day" onClick={() => onOpen(day.date)}>
              <span>
                <strong>{fullDay(day.date, words)}</strong>
                <small>{[dayName(day, language), source(day)].filter(Boolean).join(' · ')}</small>
              </span>
              <span class="number">{hoursWords(day.hours) || words('calendar.offShort')}</span>
            </button>
          </li>
        ))}
      </ul>
      {calendar.unknown.map((name) => (
        <p key={name.ru} class="notice warning">
          {words('calendar.unknown', { name: name[language], year: String(calendar.year) })}
        </p>
      ))}
    </section>
  )
}
