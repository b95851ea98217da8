import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { sendable } from '../logic/composed.ts'
import { owesAnswer } from '../logic/owesAnswer.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { TextField } from './TextField.tsx'
import { useReach } from './useReach.ts'

/** Closes a request, with a last word to the visitor if there is one; behind an answer that is still under way. */
export function ResolveDialog({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const { about } = useReach(row)
  const [text, setText] = useState('')
  const closing = sendable(text)
  const [tried, setTried] = useState(false)
  const thread = app.threads.thread.value
  const owes = owesAnswer(row, app.acts.underWay.value, thread.status === 'open' ? thread.messages : [])
  const lacksAnswer = owes && closing === undefined
  const unsent = app.drafts.of(row.conversationId).reply.trim() !== ''
  function submit() {
    setTried(true)
    if (lacksAnswer) return
    app.act(row.conversationId, { type: 'resolved', ...(closing !== undefined && { text: closing }) })
    onClose()
  }
  return (
    <ActDialog
      title={words('resolve.title', { number: row.ticketNumber })}
      about={about('resolve.about')}
      confirm={words('resolve.confirm')}
      ready
      onSubmit={submit}
      onClose={onClose}
    >
      {unsent && <p class="notice warning">{words('resolve.unsent')}</p>}
      <TextField
        label={words(owes ? 'resolve.answer' : 'resolve.text')}
        hint={owes ? words('resolve.owesAnswer') : words(`composer.in.${row.language}`)}
        error={tried && lacksAnswer ? words('resolve.owesAnswer') : undefined}
        value={text}
        onInput={setText}
        onSubmit={submit}
        rows={3}
      />
    </ActDialog>
  )
}
