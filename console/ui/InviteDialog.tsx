import { useState } from 'preact/hooks'
import { momentWords } from '../logic/dateWords.ts'
import { CopyButton } from './CopyButton.tsx'
import { useApp, useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'
import { DialogActions } from './DialogActions.tsx'
import { Field } from './Field.tsx'
import { type Place, PlaceFields } from './PlaceFields.tsx'

const emailShape = /^\S+@\S+\.\S+$/

/** Invites a colleague: gives a link to pass on. */
export function InviteDialog({ onClose, onInvited }: { onClose: () => void; onInvited: () => void }) {
  const app = useApp()
  const words = useWords()
  const only = app.desks.value.length === 1 ? app.desks.value.map((desk) => desk.id) : []
  const [email, setEmail] = useState('')
  const [place, setPlace] = useState<Place>({ role: 'operator', desks: only, languages: ['kk', 'ru'] })
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [made, setMade] = useState<{ link: string; expiresAt: string }>()

  async function invite(event: Event) {
    event.preventDefault()
    if (!emailShape.test(email.trim())) return setError(words('invitation.emailNeeded'))
    if (place.desks.length === 0 || place.languages.length === 0) return setError(words('team.needPlace'))
    setBusy(true)
    setError(undefined)
    const answer = await app.http.invite({
      email: email.trim(),
      role: place.role,
      desks: [...place.desks],
      languages: [...place.languages],
    })
    setBusy(false)
    if (!answer.ok) {
      const fields = Object.values(answer.refusal?.fields ?? {})
      return setError(fields[0] ?? app.refusalText(answer))
    }
    setMade(answer.value)
    onInvited()
  }

  if (made) {
    const moment = momentWords(Date.parse(made.expiresAt), app.clock.now.peek(), app.zoneOf(''), words)
    return (
      <Dialog title={words('invite.made')} onClose={onClose}>
        <div class="stack">
          <p>{words('invite.pass', { email: email.trim() })}</p>
          <div class="with-button">
            <input
              class="input"
              readOnly
              data-first
              aria-label={words('invite.link')}
              value={made.link}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={made.link} label={words('copy.link')} />
          </div>
          <p class="muted small-text">{words('team.expires', { moment })}</p>
          <div class="dialog-actions">
            <button type="button" class="button primary" onClick={onClose}>
              {words('action.done')}
            </button>
          </div>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={words('team.invite')} onClose={onClose}>
      <form class="stack" noValidate onSubmit={invite}>
        <Field label={words('entry.email')}>
          {(control) => (
            <input
              {...control}
              class="input"
              type="email"
              data-first
              maxLength={254}
              autocomplete="off"
              value={email}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          )}
        </Field>
        <PlaceFields place={place} onChange={setPlace} />
        <div aria-live="assertive">{error && <p class="notice danger">{error}</p>}</div>
        <DialogActions confirm={words('invite.make')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}
