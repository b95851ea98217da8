import { useEffect, useState } from 'preact/hooks'
import { minPasswordLength } from '../../engine/limits.ts'
import type { Answer, InvitationSeen } from '../http.ts'
import { useApp, useWords } from './context.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { Field } from './Field.tsx'
import { PasswordField } from './PasswordField.tsx'
import { Skeleton } from './Skeleton.tsx'

const emailShape = /^\S+@\S+\.\S+$/

/** Taking up an invitation, or the one-time link that makes the first administrator. */
export function Invitation({ token }: { token: string }) {
  const app = useApp()
  const words = useWords()
  const [seen, setSeen] = useState<Answer<InvitationSeen>>()
  const load = async () => {
    setSeen(undefined)
    setSeen(await app.http.invitation(token))
  }
  useEffect(() => void load(), [token])

  if (!seen)
    return (
      <EntryFrame title={words('invitation.title')}>
        <Skeleton lines={4} />
      </EntryFrame>
    )
  if (!seen.ok)
    return (
      <EntryFrame title={words('invitation.title')}>
        <p class="notice danger">
          {seen.refusal?.text ?? words(seen.status === 404 ? 'invitation.unknown' : 'error.network')}
        </p>
        <div class="row">
          {seen.status !== 404 && (
            <button type="button" class="button" onClick={() => void load()}>
              {words('action.again')}
            </button>
          )}
          <a class="button" href="#/">
            {words('invitation.toSignIn')}
          </a>
        </div>
      </EntryFrame>
    )
  return <Acceptance token={token} invitation={seen.value} />
}

function Acceptance({ token, invitation }: { token: string; invitation: InvitationSeen }) {
  const app = useApp()
  const words = useWords()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<{ text: string; fields: Readonly<Record<string, string>> }>()
  const [busy, setBusy] = useState(false)
  const asksEmail = invitation.email === null

  const wrong = {
    name: name.trim().length < 2 ? words('invitation.nameNeeded') : undefined,
    email: asksEmail && !emailShape.test(email.trim()) ? words('invitation.emailNeeded') : undefined,
    password:
      password.length < minPasswordLength
        ? words('invitation.passwordShort', { count: minPasswordLength - password.length })
        : undefined,
  }
  const errorOf = (field: keyof typeof wrong) => refusal?.fields[field] ?? (tried ? wrong[field] : undefined)

  async function submit(event: Event) {
    event.preventDefault()
    setTried(true)
    setRefusal(undefined)
    if (busy || wrong.name || wrong.email || wrong.password) return
    setBusy(true)
    const answer = await app.http.accept({
      token,
      name: name.trim(),
      password,
      ...(asksEmail && { email: email.trim() }),
    })
    setBusy(false)
    if (answer.ok) {
      app.router.replace({ name: 'queue' })
      app.signedIn()
    } else
      setRefusal({
        text: app.refusalText(answer),
        fields: answer.refusal?.fields ?? {},
      })
  }

  return (
    <EntryFrame title={words('invitation.title')}>
      <p class="muted">
        {invitation.firstAdministrator
          ? words('invitation.first')
          : words('invitation.asRole', {
              role: words(`role.${invitation.role}`),
              email: invitation.email ?? '',
            })}
      </p>
      <form class="stack" noValidate onSubmit={submit}>
        <Field label={words('invitation.name')} hint={words('invitation.nameHint')} error={errorOf('name')}>
          {(control) => (
            <input
              {...control}
              class="input"
              name="name"
              autocomplete="name"
              maxLength={120}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        {asksEmail && (
          <Field label={words('entry.email')} error={errorOf('email')}>
            {(control) => (
              <input
                {...control}
                class="input"
                type="email"
                name="email"
                autocomplete="username"
                maxLength={254}
                value={email}
                onInput={(event) => setEmail(event.currentTarget.value)}
              />
            )}
          </Field>
        )}
        <PasswordField
          fresh
          value={password}
          onInput={setPassword}
          hint={words('invitation.passwordHint')}
          error={errorOf('password')}
        />
        <div aria-live="assertive">{refusal && <p class="notice danger">{refusal.text}</p>}</div>
        <button type="submit" class="button primary large" aria-busy={busy} disabled={busy}>
          {words('invitation.accept')}
        </button>
      </form>
    </EntryFrame>
  )
}
