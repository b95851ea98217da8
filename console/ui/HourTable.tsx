import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Report } from '../../engine/wireReport.ts'
import { heatOf } from '../logic/heat.ts'
import { twoDigits } from '../logic/localTime.ts'
import { useWords } from './context.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** When people come: a table of seven days and 24 hours, the busier the darker; it opens at the first busy hour. */
export function HourTable({ hours }: Pick<Report, 'hours'>) {
  const words = useWords()
  const frame = useRef<HTMLElement>(null)
  const busiest = Math.max(1, ...hours.flat())
  const begin = Math.max(
    0,
    Array.from({ length: 24 }, (_, hour) => hour).findIndex((hour) =>
      hours.some((day) => (day[hour] ?? 0) > 0),
    ),
  )
  useLayoutEffect(() => {
    if (frame.current) frame.current.scrollLeft = (frame.current.scrollWidth * begin) / 25
  }, [begin])
  return (
    <section class="report-block" aria-labelledby="report-hours">
      <h2 id="report-hours">{words('report.byHour')}</h2>
      <p class="muted small-text" id="report-hours-about">
        {words('report.byHourText')}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section class="table-frame" ref={frame} tabIndex={0} aria-labelledby="report-hours-about">
        <table class="heat">
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">{words('report.weekday')}</span>
              </th>
              {Array.from({ length: 24 }, (_, hour) => (
                <th key={hour} scope="col">
                  {twoDigits(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((weekday, index) => (
              <tr key={weekday}>
                <th scope="row">{words(`weekday.${weekday}`)}</th>
                {hours[index]?.map((count, hour) => {
                  const { percent, strong } = heatOf(count, busiest)
                  return (
                    <td key={hour} data-strong={strong} style={{ '--heat': `${percent}%` }}>
                      {count > 0 ? count : <span class="unseen">0</span>}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
