import { useState } from 'preact/hooks'
import type { ConversationDetail, QueueRow } from '../../engine/wireConsole.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { DayField } from './DayField.tsx'
import { MessageField } from './MessageField.tsx'
import { OneOf } from './OneOf.tsx'
import { usePreparedAnswer } from './usePreparedAnswer.ts'
import { useReach } from './useReach.ts'

type Props = {
  readonly row: QueueRow
  readonly prepared: ConversationDetail['prepared']['postponed']
  readonly onClose: () => void
}

/** Puts a request off with a reason, until a day if there is one; the visitor is told. */
export function PostponeDialog({ row, prepared, onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const { about } = useReach(row)
  const { chosen, choose, text, setText, answer } = usePreparedAnswer<Props['prepared'][number]>()
  const [until, setUntil] = useState('')
  function submit() {
    if (!chosen || answer === undefined) return
    const act = { type: 'postponed', text: answer, reason: chosen.reason } as const
    app.act(row.conversationId, { ...act, ...(until && { until }) })
    onClose()
  }
  return (
    <ActDialog
      title={words('postpone.title', { number: row.ticketNumber })}
      about={about('postpone.about')}
      confirm={words('postpone.confirm')}
      ready={chosen !== undefined && answer !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <OneOf
        legend={words('decline.reason')}
        options={prepared.map(({ reason, label }) => ({ id: reason, label }))}
        chosen={chosen?.reason}
        onChoose={(reason) => choose(prepared.find((each) => each.reason === reason))}
      />
      <DayField label={words('postpone.until')} value={until} desk={row.desk} onInput={setUntil} />
      {chosen && (
        <MessageField
          row={row}
          label={words('act.text')}
          value={text}
          onInput={setText}
          onSubmit={submit}
          rows={5}
          first={false}
        />
      )}
    </ActDialog>
  )
}
