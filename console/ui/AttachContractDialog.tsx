import { useEffect, useState } from 'preact/hooks'
import type { ConversationDetail, QueueRow } from '../../engine/wireConsole.ts'
import type { WireContract } from '../../engine/wireContracts.ts'
import type { Answer } from '../http.ts'
import { isoDay, wallClock } from '../logic/localTime.ts'
import { Term } from './ContractTable.tsx'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { DialogActions } from './DialogActions.tsx'
import { Field } from './Field.tsx'

type Props = {
  readonly row: QueueRow
  readonly contract: ConversationDetail['contract']
  readonly onClose: () => void
}

/** How many letters are enough to look for a contract, and how long after the last key it is looked for. */
const enough = 3
const typingMilliseconds = 250

/** Names the contract of a request whose visitor did not, or takes it off. */
export function AttachContractDialog({ row, contract, onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const [typed, setTyped] = useState('')
  const [answer, setAnswer] = useState<Answer<readonly WireContract[]>>()
  const [chosen, setChosen] = useState<string>()
  const today = isoDay(wallClock(app.clock.now.value, app.zoneOf(row.desk)))
  const wanted = typed.trim()

  useEffect(() => {
    setAnswer(undefined)
    setChosen(undefined)
    if (wanted.length < enough) return
    let current = true
    const timer = setTimeout(
      () =>
        void app.http.findContracts(row.desk, wanted).then((found) => {
          if (current) setAnswer(found)
        }),
      typingMilliseconds,
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [app, row.desk, wanted])

  function name(id: string | null) {
    app.act(row.conversationId, { type: 'recognised', contract: id })
    onClose()
  }
  return (
    <Dialog title={words('attach.title', { number: row.ticketNumber })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== undefined) name(chosen)
        }}
      >
        <p class="muted">{words('attach.about')}</p>
        <Field label={words('attach.search')} hint={words('attach.searchHint')}>
          {(control) => (
            <input
              {...control}
              class="input"
              type="search"
              data-first
              autocomplete="off"
              maxLength={200}
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </Field>
        <div aria-live="polite">
          {answer && !answer.ok && <p class="notice danger">{app.refusalText(answer)}</p>}
          {answer?.ok && answer.value.length === 0 && <p class="muted">{words('attach.nothing')}</p>}
          {answer?.ok && answer.value.length > 0 && (
            <fieldset class="people contract-choice">
              <legend class="unseen">{words('about.contract')}</legend>
              {answer.value.map((one) => (
                <label key={one.id} data-inactive={one.term !== 'current'}>
                  <input
                    type="radio"
                    name="contract"
                    value={one.id}
                    checked={chosen === one.id}
                    disabled={one.term !== 'current'}
                    onChange={() => setChosen(one.id)}
                  />
                  <span class="people-name">
                    {one.organisation}
                    <small>
                      {[one.number !== null && `№ ${one.number}`, one.bin].filter(Boolean).join(' · ')}
                    </small>
                    <small>
                      <Term contract={one} today={today} />
                    </small>
                  </span>
                  {one.level === 'vip' && <span class="badge vip">{words('level.vip')}</span>}
                </label>
              ))}
            </fieldset>
          )}
        </div>
        <DialogActions confirm={words('attach.confirm')} ready={chosen !== undefined} onClose={onClose}>
          {contract && (
            <button type="button" class="button danger" onClick={() => name(null)}>
              {words('attach.detach')}
            </button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}
