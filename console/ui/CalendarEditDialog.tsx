import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { AskedEdit, CalendarPreview, WireCalendar } from '../../engine/wireCalendar.ts'
import type { Refused } from '../http.ts'
import { CalendarPreviewView } from './CalendarPreviewView.tsx'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { Skeleton } from './Skeleton.tsx'

type Props = {
  readonly title: string
  readonly calendar: WireCalendar
  /** The change that is asked for; undefined: the form is not in order, and says why once it is asked. */
  readonly edit: AskedEdit | undefined
  readonly onAsked?: () => void
  readonly onSaved: (calendar: WireCalendar) => void
  /** Somebody else has changed the calendar meanwhile. */
  readonly onStale: () => void
  readonly onClose: () => void
  /** What is filled in; without it the change is looked at straight away. */
  readonly children?: ComponentChildren
}

/** A change of the calendar in two steps: what it is to be, then what that does, and only then it is saved. */
export function CalendarEditDialog(props: Props) {
  const { title, calendar, edit, onAsked, onSaved, onStale, onClose, children } = props
  const app = useApp()
  const words = useWords()
  const [preview, setPreview] = useState<CalendarPreview>()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { desk, version } = calendar

  function refused(answer: Refused) {
    setBusy(false)
    setError(app.refusalText(answer))
    if (answer.status !== 409) return
    setPreview(undefined)
    onStale()
  }
  async function look() {
    onAsked?.()
    if (!edit) return
    setError(undefined)
    setBusy(true)
    const answer = await app.http.previewCalendar({ desk, version, edit })
    if (!answer.ok) return refused(answer)
    setBusy(false)
    setPreview(answer.value)
  }
  async function save() {
    if (!edit) return
    setBusy(true)
    const answer = await app.http.changeCalendar({ desk, version, edit }, calendar.year)
    if (!answer.ok) return refused(answer)
    onSaved(answer.value)
    onClose()
  }
  useEffect(() => {
    if (!children) void look()
  }, [])

  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void (preview ? save() : look())
        }}
      >
        {preview ? (
          <CalendarPreviewView preview={preview} zone={calendar.zone} />
        ) : (
          (children ?? (error ? null : <Skeleton lines={4} />))
        )}
        <div aria-live="assertive">{error && <p class="notice danger">{error}</p>}</div>
        <div class="dialog-actions">
          <button
            type="button"
            class="button"
            onClick={() => {
              if (preview && children) {
                setPreview(undefined)
                setError(undefined)
              } else onClose()
            }}
          >
            {words(preview && children ? 'calendar.back' : 'action.cancel')}
          </button>
          <button type="submit" class="button primary" disabled={busy} aria-busy={busy}>
            {words(preview ? 'action.save' : 'calendar.look')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
