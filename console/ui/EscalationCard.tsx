import { useState } from 'preact/hooks'
import { type Occasion, occasions } from '../../engine/alert.ts'
import { mostEscalationEmails } from '../../engine/limits.ts'
import type { WireEscalation, WireEscalations } from '../../engine/wireEscalation.ts'
import { momentWords } from '../logic/dateWords.ts'
import { useApp, useWords } from './context.ts'
import { EscalationChat } from './EscalationChat.tsx'
import { Field } from './Field.tsx'
import { Icon } from './Icon.tsx'

type Props = {
  readonly settings: WireEscalation
  readonly channels: Pick<WireEscalations, 'email' | 'telegram'>
  readonly onChange: (settings: WireEscalation) => void
  /** A code that connects a chat is shown, or no longer. */
  readonly onCode: (shown: boolean) => void
}

/** Addresses as they are typed, one a line; commas and spaces part them as well. */
const addressesIn = (text: string) => text.split(/[\s,;]+/).filter((one) => one !== '')
const sameWords = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join()

/** One desk's settings. */
export function EscalationCard({ settings, channels, onChange, onCode }: Props) {
  const app = useApp()
  const words = useWords()
  const [chosen, setChosen] = useState<readonly Occasion[]>(settings.occasions)
  const [text, setText] = useState(settings.emails.join('\n'))
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const emails = addressesIn(text)
  const changed = !sameWords(chosen, settings.occasions) || !sameWords(emails, settings.emails)
  const name = app.desks.value.find(({ id }) => id === settings.desk)?.name ?? settings.desk
  const mine = app.me.value?.email ?? ''
  const titleId = `escalation-${settings.desk}`

  async function save() {
    setBusy(true)
    const answer = await app.http.saveEscalation(settings.desk, { occasions: [...chosen], emails })
    setBusy(false)
    if (!answer.ok) return setWrong(app.refusalText(answer))
    setWrong(undefined)
    setText(answer.value.emails.join('\n'))
    onChange(answer.value)
    app.toasts.show({ tone: 'good', text: words('escalation.saved') })
  }
  async function attempt() {
    setBusy(true)
    const answer = await app.http.tryEscalation(settings.desk)
    setBusy(false)
    if (answer.ok)
      app.toasts.show({ tone: 'good', text: words('escalation.tried', { count: answer.value.sent }) })
    else app.showRefusal(answer)
  }

  return (
    <section class="card escalation-card" aria-labelledby={titleId}>
      <h2 id={titleId}>{name}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <fieldset class="checks">
          <legend>{words('escalation.occasions')}</legend>
          {occasions.map((occasion) => (
            <label key={occasion} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(occasion)}
                onChange={(event) =>
                  setChosen(
                    event.currentTarget.checked
                      ? [...chosen, occasion]
                      : chosen.filter((one) => one !== occasion),
                  )
                }
              />
              {words(`escalation.${occasion}`)}
            </label>
          ))}
        </fieldset>
        <Field
          label={words('escalation.emails')}
          hint={words('escalation.emailsHint', { most: mostEscalationEmails })}
          error={wrong}
        >
          {(control) => (
            <textarea
              {...control}
              class="input"
              rows={Math.max(2, Math.min(6, emails.length + 1))}
              spellcheck={false}
              autocomplete="off"
              autocapitalize="off"
              inputMode="email"
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          )}
        </Field>
        {mine !== '' && !emails.some((one) => one.toLowerCase() === mine.toLowerCase()) && (
          <button type="button" class="button small" onClick={() => setText([...emails, mine].join('\n'))}>
            <Icon name="plus" size={15} />
            {words('escalation.addMine')}
          </button>
        )}
        {!channels.email && <p class="escalation-note">{words('escalation.noEmail')}</p>}
        {settings.failures.map(({ address, at }) => (
          <p key={address} class="escalation-note bad" role="status">
            {words('escalation.failed', {
              address,
              moment: momentWords(Date.parse(at), app.clock.now.value, app.zoneOf(settings.desk), words),
            })}
          </p>
        ))}
        <EscalationChat settings={settings} bot={channels.telegram} onChange={onChange} onCode={onCode} />
        <div class="escalation-acts">
          <button type="submit" class="button primary" disabled={busy || !changed}>
            {words('action.save')}
          </button>
          <button
            type="button"
            class="button"
            disabled={busy || changed}
            title={changed ? words('escalation.unsaved') : undefined}
            onClick={() => void attempt()}
          >
            {words('escalation.try')}
          </button>
          {changed && <span class="muted">{words('escalation.unsaved')}</span>}
        </div>
      </form>
    </section>
  )
}
