import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wire.ts'
import { sendable } from '../logic/composed.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { TextField } from './TextField.tsx'

type Props = { readonly row: QueueRow; readonly prepared: string; readonly onClose: () => void }

/** Warns the visitor for insulting language; after that the conversation may be ended. */
export function WarnDialog({ row, prepared, onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const [text, setText] = useState(prepared)
  const warning = sendable(text)
  function submit() {
    if (warning === undefined) return
    app.act(row.conversationId, { type: 'warned', text: warning })
    onClose()
  }
  return (
    <ActDialog
      title={words('warn.title')}
      about={words('warn.about')}
      confirm={words('warn.confirm')}
      ready={warning !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={words('act.text')}
        hint={words(`composer.in.${row.language}`)}
        value={text}
        onInput={setText}
        onSubmit={submit}
        rows={5}
      />
    </ActDialog>
  )
}
