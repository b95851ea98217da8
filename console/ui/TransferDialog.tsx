import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wire.ts'
import { colleaguesFor } from '../logic/colleagues.ts'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { EmptyState } from './EmptyState.tsx'
import { LanguageList } from './LanguageList.tsx'
import { TextField } from './TextField.tsx'

const longestReason = 500

/** Passes a conversation to a colleague; the reason is for them alone. */
export function TransferDialog({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const loads = app.loads.value
  const colleagues = colleaguesFor(row, app.operators.value, loads)
  const [chosen, setChosen] = useState<string>()
  const [reason, setReason] = useState('')
  function submit() {
    if (!chosen) return
    const why = reason.trim()
    app.act(row.conversationId, { type: 'transferred', to: chosen, ...(why && { reason: why }) })
    onClose()
  }
  return (
    <Dialog title={words('transfer.title')} onClose={onClose}>
      {colleagues.length === 0 ? (
        <EmptyState icon="users" title={words('transfer.nobody')} text={words('transfer.nobodyText')} />
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <fieldset class="people">
            <legend>{words('transfer.to')}</legend>
            {colleagues.map((operator, place) => (
              <label key={operator.id}>
                <input
                  type="radio"
                  name="to"
                  value={operator.id}
                  {...(place === 0 && { 'data-first': true })}
                  checked={chosen === operator.id}
                  onChange={() => setChosen(operator.id)}
                />
                <i class={`dot ${operator.presence}`} />
                <span class="people-name">
                  {operator.name}
                  <small>
                    {words(`operator.${operator.presence}`)} ·{' '}
                    {words('operator.load', { count: loads.get(operator.id) ?? 0 })}
                  </small>
                </span>
                <LanguageList languages={operator.languages} />
              </label>
            ))}
          </fieldset>
          <TextField
            label={words('transfer.reason')}
            hint={words('transfer.reasonHint')}
            value={reason}
            onInput={setReason}
            onSubmit={submit}
            rows={2}
            maxLength={longestReason}
            first={false}
          />
          <div class="dialog-actions">
            <button type="button" class="button" onClick={onClose}>
              {words('action.cancel')}
            </button>
            <button type="submit" class="button primary" disabled={!chosen}>
              {words('transfer.confirm')}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
