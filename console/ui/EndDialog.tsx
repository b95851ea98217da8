import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { sendable } from '../logic/composed.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { MessageField } from './MessageField.tsx'
import { useReach } from './useReach.ts'

/** Ends a conversation for insulting language, with a last word if there is one. */
export function EndDialog({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const { about } = useReach(row)
  const [text, setText] = useState('')
  const last = sendable(text)
  const tooLong = last === undefined && text.trim() !== ''
  function submit() {
    if (tooLong) return
    app.act(row.conversationId, { type: 'ended', ...(last !== undefined && { text: last }) })
    onClose()
  }
  return (
    <ActDialog
      title={words('end.title')}
      about={about('end.about')}
      confirm={words('end.confirm')}
      ready={!tooLong}
      grave
      onSubmit={submit}
      onClose={onClose}
    >
      <MessageField
        row={row}
        label={words('resolve.text')}
        value={text}
        onInput={setText}
        onSubmit={submit}
        rows={3}
      />
    </ActDialog>
  )
}
