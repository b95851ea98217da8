import type { ReportWish } from '../http.ts'
import { channels, levels } from '../logic/deskKinds.ts'
import { lastDays, periodFault, pickOf, type QuickPick, quickPicks } from '../logic/reportPeriod.ts'
import { useApp, useWords } from './context.ts'

type Props = {
  readonly wish: ReportWish
  readonly zone: string
  readonly onChange: (wish: ReportWish) => void
}

const picks = Object.keys(quickPicks) as readonly QuickPick[]

/** The period of a report and what it is narrowed to. */
export function ReportFilters({ wish, zone, onChange }: Props) {
  const app = useApp()
  const words = useWords()
  const now = app.clock.now.peek()
  const pressed = pickOf(wish, now, zone)
  const fault = periodFault(wish)
  const desks = app.ownDesks.value
  const today = lastDays(1, now, zone).to
  return (
    <fieldset class="report-filters" aria-label={words('report.filters')}>
      <fieldset class="segments" aria-label={words('report.quick')}>
        {picks.map((pick) => (
          <button
            key={pick}
            type="button"
            aria-pressed={pick === pressed}
            onClick={() => onChange({ ...wish, ...lastDays(quickPicks[pick], now, zone) })}
          >
            {words(`report.quick.${pick}`)}
          </button>
        ))}
      </fieldset>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span>{words(`report.${end}`)}</span>
          <input
            type="date"
            class="input compact"
            value={wish[end]}
            max={today}
            aria-invalid={fault !== undefined}
            aria-describedby={fault && 'report-fault'}
            onChange={(event) => onChange({ ...wish, [end]: event.currentTarget.value })}
          />
        </label>
      ))}
      {desks.length > 1 && (
        <Narrowing
          label={words('queue.desk')}
          all={words('queue.allDesks')}
          options={desks}
          value={wish.desk}
          onChange={(desk) => onChange({ ...wish, desk })}
        />
      )}
      <Narrowing
        label={words('report.channel')}
        all={words('report.allChannels')}
        options={channels.map((id) => ({ id, name: words(`channel.${id}`) }))}
        value={wish.channel}
        onChange={(channel) => onChange({ ...wish, channel })}
      />
      <Narrowing
        label={words('report.operator')}
        all={words('report.allOperators')}
        options={app.operators.value}
        value={wish.operator}
        onChange={(operator) => onChange({ ...wish, operator })}
      />
      <Narrowing
        label={words('report.level')}
        all={words('report.allLevels')}
        options={levels.map((id) => ({ id, name: words(`level.${id}`) }))}
        value={wish.level}
        onChange={(level) => onChange({ ...wish, level })}
      />
      {fault && (
        <p id="report-fault" class="field-error" role="alert">
          {words(`report.fault.${fault}`)}
        </p>
      )}
    </fieldset>
  )
}

type NarrowingProps = {
  readonly label: string
  readonly all: string
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
}

function Narrowing({ label, all, options, value, onChange }: NarrowingProps) {
  return (
    <select
      class="input compact"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{all}</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
