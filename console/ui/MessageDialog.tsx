import { useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { sendable } from '../logic/composed.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { MessageField } from './MessageField.tsx'
import { useReach } from './useReach.ts'

/** The acts that are nothing without what they say to the visitor. */
const messages = {
  ask: { act: 'askedForInformation', label: 'ask.text', confirm: 'ask.send', rows: 4 },
  offerSolution: {
    act: 'offeredSolution',
    label: 'offerSolution.text',
    confirm: 'offerSolution.confirm',
    rows: 5,
  },
  warn: { act: 'warned', label: 'act.text', confirm: 'warn.confirm', rows: 5 },
  closeUnanswered: { act: 'closedUnanswered', label: 'act.text', confirm: 'resolve.confirm', rows: 9 },
} as const

type Props = {
  readonly row: QueueRow
  readonly name: keyof typeof messages
  /** What the desk would write: it can be changed before it goes to the visitor. */
  readonly prepared?: string
  readonly onClose: () => void
}

/** Asks the visitor, offers a solution, warns, or closes for silence: each by a message that the operator writes. */
export function MessageDialog({ row, name, prepared = '', onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const { about } = useReach(row)
  const [text, setText] = useState(prepared)
  const { act, label, confirm, rows } = messages[name]
  const message = sendable(text)
  function submit() {
    if (message === undefined) return
    app.act(row.conversationId, { type: act, text: message })
    onClose()
  }
  return (
    <ActDialog
      title={words(`${name}.title`, { number: row.ticketNumber })}
      about={about(`${name}.about`)}
      confirm={words(confirm)}
      ready={message !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <MessageField
        row={row}
        label={words(label)}
        value={text}
        onInput={setText}
        onSubmit={submit}
        rows={rows}
      />
    </ActDialog>
  )
}
