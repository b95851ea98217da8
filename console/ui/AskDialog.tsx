import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wire.ts'
import { sendable } from '../logic/composed.ts'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { TextField } from './TextField.tsx'

/** Asks the visitor for what is missing; the desk then waits for their answer. */
export function AskDialog({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const [text, setText] = useState('')
  const question = sendable(text)
  function submit() {
    if (question === undefined) return
    app.act(row.conversationId, { type: 'askedForInformation', text: question })
    onClose()
  }
  return (
    <Dialog title={words('ask.title')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <p class="muted">{words('ask.about')}</p>
        <TextField
          label={words('ask.text')}
          hint={words(`composer.in.${row.language}`)}
          value={text}
          onInput={setText}
          onSubmit={submit}
        />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {words('action.cancel')}
          </button>
          <button type="submit" class="button primary" disabled={question === undefined}>
            {words('ask.send')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
