import type { Report } from '../../engine/wireReport.ts'
import { localDayWords } from '../logic/dateWords.ts'
import { decimalWords } from '../logic/decimalWords.ts'
import { type Bar, barsOf, ticksUpTo } from '../logic/reportBars.ts'
import type { Words } from '../words.ts'
import { useWords } from './context.ts'
import { useWidth } from './useWidth.ts'

const height = 200
const below = 24
const aside = 44
const top = 8
const labelWidth = 88
const parts = ['met', 'breached', 'open'] as const

const summaryOf = (
  { registered, met, breached, open }: Pick<Bar, 'registered' | (typeof parts)[number]>,
  words: Words,
) =>
  words('report.byDaySummary', {
    registered: decimalWords(registered),
    met: decimalWords(met),
    breached: decimalWords(breached),
    open: decimalWords(open),
  })

/** How many requests came on each day, and how their first response went; the same is told as a table. */
export function DayChart({ report }: { report: Report }) {
  const words = useWords()
  const { element, width } = useWidth<HTMLDivElement>(800)
  const bars = barsOf(report.days)
  const weekly = bars.length < report.days.length
  const title = words(weekly ? 'report.byWeek' : 'report.byDay')
  const span = ({ from, to }: Bar) =>
    from === to
      ? localDayWords(from, words)
      : words('report.span', { from: localDayWords(from, words), to: localDayWords(to, words) })
  const summary = summaryOf({ registered: report.registered, ...report.firstResponse }, words)

  return (
    <section class="report-block" aria-labelledby="report-days">
      <h2 id="report-days">{title}</h2>
      <ul class="legend">
        {parts.map((part) => (
          <li key={part}>
            <i class={part} />
            {words(`report.${part}`)}
          </li>
        ))}
      </ul>
      <div class="chart" ref={element}>
        <Bars bars={bars} width={width} label={`${title}. ${summary}`} span={span} />
      </div>
      <details class="chart-table">
        <summary>{words('report.asTable')}</summary>
        <DayTable report={report} />
      </details>
    </section>
  )
}

type BarsProps = {
  readonly bars: readonly Bar[]
  readonly width: number
  readonly label: string
  readonly span: (bar: Bar) => string
}

function Bars({ bars, width, label, span }: BarsProps) {
  const words = useWords()
  const ticks = ticksUpTo(Math.max(...bars.map(({ registered }) => registered)))
  const highest = ticks.at(-1) ?? 1
  const y = (count: number) => top + (height - top) * (1 - count / highest)
  const slot = (width - aside) / bars.length
  const thickness = Math.max(1, Math.min(slot * 0.7, 44))
  const everyNth = Math.ceil(labelWidth / slot)
  return (
    <svg width={width} height={height + below} viewBox={`0 0 ${width} ${height + below}`} role="img">
      <title>{label}</title>
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={aside} x2={width} y1={y(tick)} y2={y(tick)} />
          <text class="axis" x={aside - 8} y={y(tick)} dy="0.32em" text-anchor="end">
            {decimalWords(tick)}
          </text>
        </g>
      ))}
      {bars.map((bar, index) => {
        const middle = aside + slot * (index + 0.5)
        const labelled = index % everyNth === 0 && middle + labelWidth / 2 <= width + slot
        const edge = Math.min(Math.max(middle, aside + 8), width - labelWidth / 2)
        return (
          <g key={bar.from} class="bar">
            <title>{`${span(bar)}. ${summaryOf(bar, words)}`}</title>
            <rect
              class="reach"
              x={aside + slot * index}
              y={top}
              width={Math.max(slot, 1)}
              height={height - top}
            />
            {stacked(bar).map(({ part, from, to }) => (
              <rect
                key={part}
                class={part}
                x={middle - thickness / 2}
                y={y(to)}
                width={thickness}
                height={y(from) - y(to)}
              />
            ))}
            {labelled && (
              <text class="axis" x={edge} y={height + 18} text-anchor="middle">
                {localDayWords(bar.from, words)}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** The parts of a bar one upon the other, in counts; empty ones are left out. */
const stacked = (bar: Bar) =>
  parts
    .map((part, index) => {
      const from = parts.slice(0, index).reduce((sum, each) => sum + bar[each], 0)
      return { part, from, to: from + bar[part] }
    })
    .filter(({ from, to }) => to > from)

const facts = ['met', 'breached', 'open', 'resolved'] as const

function DayTable({ report }: { report: Report }) {
  const words = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section class="table-frame" tabIndex={0} aria-label={words('report.asTable')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words('report.day')}</th>
            <th scope="col">{words('report.tickets')}</th>
            {facts.map((fact) => (
              <th key={fact} scope="col">
                {words(`report.${fact}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.days.map((day) => (
            <tr key={day.on}>
              <th scope="row">{localDayWords(day.on, words)}</th>
              <td>{decimalWords(day.registered)}</td>
              {facts.map((fact) => (
                <td key={fact}>{decimalWords(day[fact])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
