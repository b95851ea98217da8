import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Weekday } from '../../engine/calendar.ts'
import type { WireCalendar } from '../../engine/wireCalendar.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { Answer } from '../http.ts'
import {
  dayFacts,
  hoursWords,
  monthWords,
  partsOf,
  plusDays,
  plusMonths,
  weekdayOf,
  weekOn,
} from '../logic/calendarDays.ts'
import { localDayWords } from '../logic/dateWords.ts'
import { isoDay, wallClock } from '../logic/localTime.ts'
import { Awaited } from './Awaited.tsx'
import { CalendarChanges } from './CalendarChanges.tsx'
import { CalendarEditDialog } from './CalendarEditDialog.tsx'
import { useApp, useWords } from './context.ts'
import { DayDialog } from './DayDialog.tsx'
import { DeskSelect } from './DeskSelect.tsx'
import { IconButton } from './IconButton.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import { NotAllowed } from './NotAllowed.tsx'
import { SpecialDays } from './SpecialDays.tsx'
import { WeekDialog } from './WeekDialog.tsx'

/** The working calendar of one's desks: for supervisors and administrators. */
export function CalendarScreen() {
  const app = useApp()
  const words = useWords()
  const me = app.me.value
  const own = app.ownDesks.value
  const [first] = own
  if (me && me.role !== 'operator' && first) return <Calendar desks={own} first={first} />
  return (
    <main class="report calendar" id="work" tabIndex={-1}>
      <NotAllowed title={words('calendar.forbidden')} />
    </main>
  )
}

type Open =
  | { readonly dialog: 'day'; readonly date: string }
  | { readonly dialog: 'week' }
  | { readonly dialog: 'undo'; readonly change: number }

const views = ['month', 'year'] as const
const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[]
/** How often is asked how many requests are still to be planned anew. */
const pendingMilliseconds = 1_000

function Calendar({ desks, first }: { desks: readonly WireDesk[]; first: WireDesk }) {
  const app = useApp()
  const words = useWords()
  const [desk, setDesk] = useState(first.id)
  const [view, setView] = useState<(typeof views)[number]>('month')
  const [cursor, setCursor] = useState(() => isoDay(wallClock(app.clock.now.peek(), first.zone)))
  const [answer, setAnswer] = useState<Answer<WireCalendar>>()
  const [open, setOpen] = useState<Open>()
  const [round, setRound] = useState(0)
  const frame = useRef<HTMLDivElement>(null)
  const moving = useRef(false)
  /** Where the keyboard is by now: keys may come faster than the screen is drawn. */
  const at = useRef(cursor)
  const { year, month } = partsOf(cursor)
  const again = () => setRound((before) => before + 1)

  useEffect(() => {
    let wanted = true
    void app.http.calendar(desk, year).then((made) => wanted && setAnswer(made))
    return () => {
      wanted = false
    }
  }, [app, desk, year, round])

  const calendar = answer?.ok ? answer.value : undefined
  const pending = calendar?.pending ?? 0
  useEffect(() => {
    if (pending === 0) return
    const timer = setTimeout(again, pendingMilliseconds)
    return () => clearTimeout(timer)
  }, [calendar])

  // the keyboard follows the day it was moved to, also into another month, before another key can come
  useLayoutEffect(() => {
    if (!moving.current) return
    moving.current = false
    frame.current?.querySelector<HTMLElement>(`[data-day="${cursor}"]`)?.focus()
  }, [cursor, calendar])

  if (!calendar)
    return (
      <main class="report calendar" id="work" tabIndex={-1}>
        <div class="report-head">
          <h1>{words('calendar.title')}</h1>
        </div>
        <Awaited answer={answer} lines={8} onAgain={again} />
      </main>
    )

  const { years, today } = calendar
  const within = (date: string) => {
    const { year: of } = partsOf(date)
    return years.first <= of && of <= years.last
  }
  const goTo = (date: string) => {
    if (!within(date)) return
    at.current = date
    setCursor(date)
  }
  const facts = dayFacts(calendar)
  const steps: Readonly<Record<string, (from: string) => string>> = {
    ArrowLeft: (from) => plusDays(from, -1),
    ArrowRight: (from) => plusDays(from, 1),
    ArrowUp: (from) => plusDays(from, -7),
    ArrowDown: (from) => plusDays(from, 7),
    PageUp: (from) => plusMonths(from, -1),
    PageDown: (from) => plusMonths(from, 1),
    Home: (from) => plusDays(from, 1 - weekdayOf(from)),
    End: (from) => plusDays(from, 7 - weekdayOf(from)),
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    moving.current = true
    goTo(step(at.current))
  }
  const openDay = (date: string) => {
    goTo(date)
    setOpen({ dialog: 'day', date })
  }
  const saved = (next: WireCalendar) => {
    setAnswer({ ok: true, value: next })
    app.toasts.show({ tone: 'good', text: words('calendar.saved') })
  }
  const step = view === 'month' ? 1 : 12
  const common = { calendar, onSaved: saved, onStale: again, onClose: () => setOpen(undefined) }
  const shownWeek = weekOn(calendar, today)
  const laterWeeks = calendar.weeks.filter(({ from }) => from > today)

  return (
    <main class="report calendar" id="work" tabIndex={-1}>
      <div class="report-head">
        <h1>{words('calendar.title')}</h1>
        <DeskSelect
          label={words('queue.desk')}
          desks={desks}
          value={desk}
          onChange={(chosen) => {
            setAnswer(undefined)
            setDesk(chosen)
          }}
        />
      </div>
      {pending > 0 && (
        <p class="notice" role="status">
          {words('calendar.pending', { count: pending })}
        </p>
      )}
      <div class="calendar-body">
        <section class="report-block calendar-main">
          <div class="calendar-bar">
            <IconButton
              icon="back"
              label={words(`calendar.before.${view}`)}
              disabled={!within(plusMonths(cursor, -step))}
              onClick={() => goTo(plusMonths(cursor, -step))}
            />
            <h2 aria-live="polite">
              {view === 'month'
                ? words('calendar.monthYear', { month: monthWords(month, words), year: String(year) })
                : year}
            </h2>
            <IconButton
              icon="back"
              class="forward"
              label={words(`calendar.after.${view}`)}
              disabled={!within(plusMonths(cursor, step))}
              onClick={() => goTo(plusMonths(cursor, step))}
            />
            <button type="button" class="button small" onClick={() => goTo(today)}>
              {words('calendar.today')}
            </button>
            <div class="spread" />
            <fieldset class="segments" aria-label={words('calendar.view')}>
              {views.map((each) => (
                <button key={each} type="button" aria-pressed={each === view} onClick={() => setView(each)}>
                  {words(`calendar.view.${each}`)}
                </button>
              ))}
            </fieldset>
          </div>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the days inside */}
          <div ref={frame} class={view === 'year' ? 'year' : undefined} onKeyDown={onKeyDown}>
            {(view === 'month' ? [month] : months).map((each) => (
              <MonthGrid
                key={each}
                year={year}
                month={each}
                today={today}
                cursor={cursor}
                facts={facts}
                large={view === 'month'}
                onOpen={openDay}
                onCursor={goTo}
              />
            ))}
          </div>
          <ul class="legend calendar-legend">
            {(['holiday', 'other', 'off', 'own'] as const).map((look) => (
              <li key={look}>
                <i class={look} />
                {words(`calendar.legend.${look}`)}
              </li>
            ))}
          </ul>
        </section>
        <div class="calendar-side">
          <section class="report-block">
            <div class="block-head">
              <h2>{words('calendar.week')}</h2>
              <button type="button" class="button small" onClick={() => setOpen({ dialog: 'week' })}>
                {words('calendar.week.change')}
              </button>
            </div>
            <dl class="week-hours">
              {weekdays.map((weekday) => (
                <div key={weekday}>
                  <dt>{words(`calendar.weekday.${weekday}`)}</dt>
                  <dd class="number">{hoursWords(shownWeek[weekday]) || words('calendar.offShort')}</dd>
                </div>
              ))}
            </dl>
            {laterWeeks.map(({ from }) => (
              <p key={from} class="notice">
                {words('calendar.week.later', { day: localDayWords(from, words) })}
              </p>
            ))}
          </section>
          <SpecialDays calendar={calendar} onOpen={openDay} />
          <CalendarChanges calendar={calendar} onUndo={(change) => setOpen({ dialog: 'undo', change })} />
        </div>
      </div>
      {open?.dialog === 'day' && <DayDialog key={open.date} day={facts(open.date)} {...common} />}
      {open?.dialog === 'week' && <WeekDialog {...common} />}
      {open?.dialog === 'undo' && (
        <CalendarEditDialog
          title={words('calendar.undo.title')}
          edit={{ type: 'undo', change: open.change }}
          {...common}
        />
      )}
    </main>
  )
}
