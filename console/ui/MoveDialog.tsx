import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { OneOf } from './OneOf.tsx'
import { ReasonField } from './ReasonField.tsx'

/** Passes a request to another desk; the visitor learns to which, the reason is for colleagues alone. */
export function MoveDialog({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const [desk, setDesk] = useState<string>()
  const [reason, setReason] = useState('')
  function submit() {
    if (!desk) return
    const why = reason.trim()
    app.act(row.conversationId, { type: 'movedToDesk', desk, ...(why && { reason: why }) })
    onClose()
  }
  return (
    <ActDialog
      title={words('move.title', { number: row.ticketNumber })}
      about={words('move.about')}
      confirm={words('move.confirm')}
      ready={desk !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <OneOf
        legend={words('move.to')}
        options={app.allDesks.value
          .filter(({ id }) => id !== row.desk)
          .map(({ id, name }) => ({ id, label: name }))}
        chosen={desk}
        onChoose={setDesk}
      />
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
