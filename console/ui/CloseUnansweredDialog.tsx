import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wire.ts'
import { sendable } from '../logic/composed.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { TextField } from './TextField.tsx'

type Props = { readonly row: QueueRow; readonly prepared: string; readonly onClose: () => void }

/** Closes a request whose visitor has been silent for as long as the desk waits; what was done is listed. */
export function CloseUnansweredDialog({ row, prepared, onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const [text, setText] = useState(prepared)
  const closing = sendable(text)
  function submit() {
    if (closing === undefined) return
    app.act(row.conversationId, { type: 'closedUnanswered', text: closing })
    onClose()
  }
  return (
    <ActDialog
      title={words('closeUnanswered.title', { number: row.ticketNumber })}
      about={words('closeUnanswered.about')}
      confirm={words('resolve.confirm')}
      ready={closing !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={words('act.text')}
        hint={words(`composer.in.${row.language}`)}
        value={text}
        onInput={setText}
        onSubmit={submit}
        rows={9}
      />
    </ActDialog>
  )
}
