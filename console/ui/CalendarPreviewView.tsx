import type { CalendarPreview } from '../../engine/wireCalendar.ts'
import { hoursWords } from '../logic/calendarDays.ts'
import { localDayWords } from '../logic/dateWords.ts'
import { hourMinute, isoDay, wallClock } from '../logic/localTime.ts'
import type { Words } from '../words.ts'
import { useWords } from './context.ts'

const shownDays = 6

const hoursOr = (hours: CalendarPreview['days'][number]['before'], words: Words) =>
  hoursWords(hours) || words('calendar.offShort')

/** What a change would do: which days, how many deadlines, which become late, the first of them. */
export function CalendarPreviewView({ preview, zone }: { preview: CalendarPreview; zone: string }) {
  const words = useWords()
  const moment = (at: string) => {
    const clock = wallClock(Date.parse(at), zone)
    return `${localDayWords(isoDay(clock), words)} ${hourMinute(clock)}`
  }
  const { days, dayCount, moved, becomeLate, noLongerLate, examples } = preview
  return (
    <div class="calendar-preview" aria-live="polite">
      <h3>{words('preview.days', { count: dayCount })}</h3>
      <ul class="preview-days">
        {days.slice(0, shownDays).map(({ date, before, after }) => (
          <li key={date}>
            <strong>{localDayWords(date, words)}</strong>
            <span>
              <s>{hoursOr(before, words)}</s> → {hoursOr(after, words)}
            </span>
          </li>
        ))}
      </ul>
      {dayCount > shownDays && (
        <p class="muted">{words('preview.moreDays', { count: dayCount - shownDays })}</p>
      )}
      <h3>{words('preview.deadlines')}</h3>
      {moved.requests === 0 ? (
        <p class="notice">{words('preview.nothing')}</p>
      ) : (
        <>
          <p>{words('preview.requests', { count: moved.requests, deadlines: moved.deadlines })}</p>
          {becomeLate > 0 && (
            <p class="notice danger">{words('preview.becomeLate', { count: becomeLate })}</p>
          )}
          {noLongerLate > 0 && (
            <p class="notice good">{words('preview.noLongerLate', { count: noLongerLate })}</p>
          )}
          <ul class="preview-examples">
            {examples.map(({ ticketNumber, of, before, after, isLate, wasLate }) => (
              <li key={`${ticketNumber} ${of}`}>
                <span>
                  <strong class="number">№ {ticketNumber}</strong> {words(`preview.of.${of}`)}
                </span>
                <span class="number">
                  <s>{moment(before)}</s> → {moment(after)}
                </span>
                {isLate && !wasLate && <span class="badge danger">{words('preview.late')}</span>}
                {wasLate && !isLate && <span class="badge good">{words('preview.inTime')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
