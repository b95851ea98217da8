import type { WireRow } from '../../engine/wire.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'

/** Labelled values, each with a way to change it where `onEdit` is given. */
export function Rows(props: {
  readonly rows: readonly WireRow[]
  readonly onEdit?: ((row: WireRow) => void) | undefined
}) {
  const { onEdit } = props
  return (
    <dl class="rows">
      {props.rows.map((row) => (
        <div key={row.field}>
          <dt>{row.label}</dt>
          <dd>
            <span>{row.value}</span>
            {onEdit && (
              <button
                type="button"
                class="tool"
                aria-label={t('change', { label: row.label })}
                title={t('change', { label: row.label })}
                onClick={() => onEdit(row)}
              >
                <Icon name="edit" />
              </button>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
