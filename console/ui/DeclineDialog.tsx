import type { ConversationDetail, QueueRow } from '../../engine/wireConsole.ts'
import { reasonsOf, scopesOf } from '../logic/prepared.ts'
import { ActDialog } from './ActDialog.tsx'
import { useApp, useWords } from './context.ts'
import { Field } from './Field.tsx'
import { MessageField } from './MessageField.tsx'
import { OneOf } from './OneOf.tsx'
import { usePreparedAnswer } from './usePreparedAnswer.ts'
import { useReach } from './useReach.ts'

type Props = {
  readonly row: QueueRow
  readonly prepared: ConversationDetail['prepared']['declined']
  readonly onClose: () => void
}

/** Declines a request with a reason: the prepared words can be changed before they go to the visitor. */
export function DeclineDialog({ row, prepared, onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const { about } = useReach(row)
  const { chosen, choose, text, setText, answer } = usePreparedAnswer<Props['prepared'][number]>()
  const scopes = scopesOf(prepared)
  function submit() {
    if (!chosen || answer === undefined) return
    app.act(row.conversationId, {
      type: 'declined',
      text: answer,
      reason: chosen.reason,
      ...(chosen.scope !== undefined && { scope: chosen.scope }),
    })
    onClose()
  }
  return (
    <ActDialog
      title={words('decline.title', { number: row.ticketNumber })}
      about={about('decline.about')}
      confirm={words('decline.confirm')}
      ready={chosen !== undefined && answer !== undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      <OneOf
        legend={words('decline.reason')}
        options={reasonsOf(prepared).map(({ reason, label }) => ({ id: reason, label }))}
        chosen={chosen?.reason}
        onChoose={(reason) => choose(reasonsOf(prepared).find((each) => each.reason === reason))}
      />
      {chosen?.reason === 'outOfScope' && scopes.length > 0 && (
        <Field label={words('decline.scope')}>
          {(control) => (
            <select
              {...control}
              class="input"
              value={chosen.scope ?? ''}
              onChange={({ currentTarget: { value } }) =>
                choose(
                  scopes.find(({ scope }) => scope === value) ??
                    reasonsOf(prepared).find(({ reason }) => reason === 'outOfScope'),
                )
              }
            >
              <option value="">{words('decline.otherScope')}</option>
              {scopes.map(({ scope, label }) => (
                <option key={scope} value={scope}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
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
