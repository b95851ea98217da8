import { useState } from 'preact/hooks'
import { mostCapacity } from '../../engine/limits.ts'
import type { WireOperator } from '../../engine/wireConsole.ts'
import { capacityOf } from '../logic/capacity.ts'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { DialogActions } from './DialogActions.tsx'
import { Field } from './Field.tsx'
import { type Place, PlaceFields } from './PlaceFields.tsx'

type Props = {
  readonly operator: WireOperator
  readonly onClose: () => void
  readonly onChanged: (operator: WireOperator) => void
}

/** Changes what a member of the team does. */
export function MemberDialog({ operator, onClose, onChanged }: Props) {
  const app = useApp()
  const words = useWords()
  const [place, setPlace] = useState<Place>({
    role: operator.role,
    desks: operator.desks,
    languages: operator.languages,
  })
  const [typed, setTyped] = useState(operator.capacity === null ? '' : String(operator.capacity))
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  async function save(event: Event) {
    event.preventDefault()
    if (place.desks.length === 0 || place.languages.length === 0) return setError(words('team.needPlace'))
    const capacity = capacityOf(typed)
    if (capacity === undefined) return setError(words('team.capacityRange', { most: mostCapacity }))
    setBusy(true)
    const answer = await app.http.change(operator.id, { ...place, capacity })
    setBusy(false)
    if (!answer.ok) return setError(app.refusalText(answer))
    onChanged(answer.value)
    onClose()
  }
  return (
    <Dialog title={operator.name} onClose={onClose}>
      <form class="stack" onSubmit={save}>
        <PlaceFields place={place} onChange={setPlace} />
        <Field label={words('team.capacity')} hint={words('team.capacityHint')}>
          {(control) => (
            <input
              {...control}
              class="input"
              inputMode="numeric"
              autocomplete="off"
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </Field>
        <div aria-live="assertive">{error && <p class="notice danger">{error}</p>}</div>
        <DialogActions confirm={words('action.save')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}
