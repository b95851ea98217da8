import type { WireRow } from '../../engine/wire.ts'
import { LinkedText } from './LinkedText.tsx'

/** Labelled values, one under another. */
export function Rows({ rows }: { rows: readonly WireRow[] }) {
  return (
    <dl class="facts">
      {rows.map((row) => (
        <div key={row.field}>
          <dt>{row.label}</dt>
          <dd>
            <LinkedText text={row.value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
