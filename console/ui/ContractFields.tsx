import type { WireDesk } from '../../engine/wireConsole.ts'
import type { WireDeskContracts } from '../../engine/wireContracts.ts'
import type { ContractForm } from '../logic/contractForm.ts'
import { channels, levels } from '../logic/deskKinds.ts'
import { useApp, useWords } from './context.ts'
import { Field } from './Field.tsx'

type Props = {
  readonly desk: WireDesk
  readonly terms: WireDeskContracts
  readonly form: ContractForm
  /** What is wrong, by field. */
  readonly faults: Readonly<Record<string, string>>
  readonly onChange: (form: ContractForm) => void
}

/** Everything there is to fill in of a contract. */
export function ContractFields({ desk, terms, form, faults, onChange }: Props) {
  const app = useApp()
  const words = useWords()
  const type = terms.types.find(({ id }) => id === form.type)
  const colleagues = app.operators.value.filter(({ desks }) => desks.includes(desk.id))
  const text = (
    field: 'organisation' | 'number' | 'bin' | 'openLimit',
    rest: { maxLength?: number; inputMode?: 'numeric'; hint?: string; first?: true } = {},
  ) => (
    <Field label={words(`contract.${field}`)} hint={rest.hint} error={faults[field]}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="text"
          autocomplete="off"
          {...(rest.first && { 'data-first': true })}
          {...(rest.maxLength !== undefined && { maxLength: rest.maxLength })}
          {...(rest.inputMode && { inputMode: rest.inputMode })}
          value={form[field]}
          onInput={(event) => onChange({ ...form, [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  )
  return (
    <div class="contract-fields">
      <div class="whole">{text('organisation', { maxLength: 200, first: true })}</div>
      {text('number', { maxLength: 100, hint: words('contract.identifyHint') })}
      {text('bin', { maxLength: 40, inputMode: 'numeric' })}
      {terms.types.length > 0 && (
        <Field label={words('contract.type')} error={faults.type}>
          {(control) => (
            <select
              {...control}
              class="input"
              value={form.type}
              onChange={(event) => {
                const chosen = terms.types.find(({ id }) => id === event.currentTarget.value)
                onChange({ ...form, type: chosen?.id ?? '', level: chosen?.level ?? form.level })
              }}
            >
              <option value="">{words('contract.noType')}</option>
              {terms.types.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={words('contract.level')}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={form.level}
            onChange={(event) => {
              const level = levels.find((one) => one === event.currentTarget.value)
              if (level) onChange({ ...form, level })
            }}
          >
            {levels.map((level) => (
              <option key={level} value={level}>
                {words(`level.${level}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(['startsOn', 'endsOn'] as const).map((field) => (
        <Field key={field} label={words(`contract.${field}`)} error={faults[field]}>
          {(control) => (
            <input
              {...control}
              class="input"
              type="date"
              value={form[field]}
              onInput={(event) => onChange({ ...form, [field]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      {text('openLimit', {
        inputMode: 'numeric',
        maxLength: 5,
        hint:
          type && type.openLimit !== null
            ? words('contract.limitOfType', { limit: type.openLimit })
            : words('contract.noLimit'),
      })}
      <Field label={words('contract.operatorId')} error={faults.operatorId}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={form.operatorId}
            onChange={(event) => onChange({ ...form, operatorId: event.currentTarget.value })}
          >
            <option value="">{words('contract.noOperator')}</option>
            {colleagues.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset class="checks whole">
        <legend>{words('contract.channels')}</legend>
        {channels.map((channel) => (
          <label key={channel}>
            <input
              type="checkbox"
              checked={form.channels.includes(channel)}
              onChange={() =>
                onChange({
                  ...form,
                  channels: form.channels.includes(channel)
                    ? form.channels.filter((one) => one !== channel)
                    : [...form.channels, channel],
                })
              }
            />
            {words(`channel.${channel}`)}
          </label>
        ))}
        <p class="field-hint">{words('contract.channelsHint')}</p>
      </fieldset>
    </div>
  )
}
