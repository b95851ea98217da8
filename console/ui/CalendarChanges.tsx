import type { CalendarPatch } from '../../engine/deskCalendar.ts'
import type { WireCalendar, WireCalendarChange } from '../../engine/wireCalendar.ts'
import { dayName, hoursWords, partsOf } from '../logic/calendarDays.ts'
import { localDayWords, momentWords } from '../logic/dateWords.ts'
import type { Words } from '../words.ts'
import { useApp, useWords } from './context.ts'

type Own = CalendarPatch['days'][string]['after']

const shownDays = 4

/** Who changed what and when; what can still be taken back has a button for it. */
export function CalendarChanges({
  calendar,
  onUndo,
}: {
  calendar: WireCalendar
  onUndo: (change: number) => void
}) {
  const app = useApp()
  const words = useWords()
  const language = app.preferences.language.value
  const now = app.clock.now.value

  function what(own: Own): string {
    if (own === null) return words('calendar.was.country')
    const name = dayName({ date: '', hours: [], country: null, own }, language)
    const said = (text: string) => (name ? `${text} (${name})` : text)
    if (own.rule === null) return words('calendar.was.ordinary')
    if ('like' in own.rule)
      return said(
        words('calendar.was.like', { day: words(`calendar.weekday.${own.rule.like}`).toLowerCase() }),
      )
    return said(hoursWords(own.rule) || words('calendar.offShort'))
  }
  const date = (on: string) =>
    partsOf(on).year === calendar.year
      ? localDayWords(on, words)
      : words('date.withYear', { date: localDayWords(on, words), year: on.slice(0, 4) })

  return (
    <section class="report-block calendar-changes">
      <h2>{words('calendar.changes')}</h2>
      {calendar.changes.length === 0 && <p class="muted">{words('calendar.changes.none')}</p>}
      <ol>
        {calendar.changes.map((change) => {
          const days = Object.entries(change.patch.days)
          return (
            <li key={change.number}>
              <span>
                <strong>{change.operator ?? words('calendar.files')}</strong>
                <time class="muted" dateTime={change.at}>
                  {momentWords(Date.parse(change.at), now, calendar.zone, words)}
                </time>
                <small>{headOf(change, words)}</small>
                {days.slice(0, shownDays).map(([on, { before, after }]) => (
                  <small key={on}>
                    {date(on)}: <s>{what(before)}</s> → {what(after)}
                  </small>
                ))}
                {days.length > shownDays && (
                  <small>{words('preview.moreDays', { count: days.length - shownDays })}</small>
                )}
                {change.patch.weeks && <small>{words('calendar.was.week')}</small>}
              </span>
              {change.undoable && (
                <button type="button" class="button small" onClick={() => onUndo(change.number)}>
                  {words('calendar.undo')}
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** What kind of change it was, where its days do not say that. */
const headOf = ({ act, undoes }: WireCalendarChange, words: Words) =>
  act === 'files'
    ? words('calendar.act.files')
    : act === 'undone' && undoes !== null
      ? words('calendar.act.undone')
      : null
