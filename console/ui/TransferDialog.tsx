import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { colleaguesFor } from '../logic/colleagues.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { EmptyState } from './EmptyState.tsx'
import { LanguageList } from './LanguageList.tsx'
import { ReasonField } from './ReasonField.tsx'

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
  if (colleagues.length === 0)
    return (
      <Dialog title={words('transfer.title')} onClose={onClose}>
        <EmptyState icon="users" title={words('transfer.nobody')} text={words('transfer.nobodyText')} />
      </Dialog>
    )
  return (
    <ActDialog
      title={words('transfer.title')}
      confirm={words('transfer.confirm')}
      ready={chosen !== undefined}
      onSubmit={submit}
      onClose={onClose}
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
      <ReasonField
        label={words('transfer.reason')}
        hint={words('transfer.reasonHint')}
        value={reason}
        onInput={setReason}
        onSubmit={submit}
      />
    </ActDialog>
  )
}
