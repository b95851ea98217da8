import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wire.ts'
import { sendable } from '../logic/composed.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { TextField } from './TextField.tsx'

/** Offers a solution; the visitor says whether it helped, and is waited for meanwhile. */
export function OfferSolutionDialog({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const [text, setText] = useState('')
  const solution = sendable(text)
  function submit() {
    if (solution === undefined) return
    app.act(row.conversationId, { type: 'offeredSolution', text: solution })
    onClose()
  }
  return (
    <ActDialog
      title={words('offerSolution.title')}
      about={words('offerSolution.about')}
      confirm={words('offerSolution.confirm')}
      ready={solution !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={words('offerSolution.text')}
        hint={words(`composer.in.${row.language}`)}
        value={text}
        onInput={setText}
        onSubmit={submit}
        rows={5}
      />
    </ActDialog>
  )
}
