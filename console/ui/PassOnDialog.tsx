import { useState } from 'preact/hooks'
import type { OperatorAction, QueueRow } from '../../engine/wireConsole.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { DayField } from './DayField.tsx'
import { OneOf } from './OneOf.tsx'
import { ReasonField } from './ReasonField.tsx'
import { useReach } from './useReach.ts'

type Side = Extract<OperatorAction, { type: 'passedOn' }>['to']
const sides = ['development', 'thirdParty'] as const satisfies readonly Side[]

/** Brings in others: the visitor learns that it was passed on and for when, colleagues also to whom and why. */
export function PassOnDialog({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const { about } = useReach(row)
  const [to, setTo] = useState<Side>()
  const [dueOn, setDueOn] = useState('')
  const [note, setNote] = useState('')
  function submit() {
    if (!to) return
    const why = note.trim()
    app.act(row.conversationId, {
      type: 'passedOn',
      to,
      ...(dueOn && { dueOn }),
      ...(why && { note: why }),
    })
    onClose()
  }
  return (
    <ActDialog
      title={words('passOn.title', { number: row.ticketNumber })}
      about={about('passOn.about')}
      confirm={words('passOn.confirm')}
      ready={to !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <OneOf
        legend={words('transfer.to')}
        options={sides.map((id) => ({ id, label: words(`passOn.${id}`) }))}
        chosen={to}
        onChoose={setTo}
      />
      <DayField label={words('passOn.dueOn')} value={dueOn} desk={row.desk} onInput={setDueOn} />
      <ReasonField
        label={words('passOn.note')}
        hint={words('note.only')}
        value={note}
        onInput={setNote}
        onSubmit={submit}
      />
    </ActDialog>
  )
}
