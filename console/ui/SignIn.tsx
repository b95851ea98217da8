import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp, useWords } from './context.ts'
import { EntryFrame } from './EntryFrame.tsx'
import { Field } from './Field.tsx'
import { PasswordField } from './PasswordField.tsx'

/** Signing in; also what is seen after signing out. */
export function SignIn({ notice }: { notice: 'left' | 'ended' | undefined }) {
  const app = useApp()
  const words = useWords()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const emailInput = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) emailInput.current?.focus()
  }, [])

  async function submit(event: Event) {
    event.preventDefault()
    if (busy) return
    if (email.trim() === '' || password === '') {
      setError(words('entry.fillBoth'))
      emailInput.current?.focus()
      return
    }
    setBusy(true)
    setError(undefined)
    const answer = await app.http.login(email.trim(), password)
    setBusy(false)
    if (answer.ok) app.signedIn()
    else if (answer.refusal) setError(answer.refusal.text)
    else if (answer.status === 401) setError(words('entry.wrong'))
    else if (answer.status === 429) setError(words('entry.tooOften'))
    else setError(words('error.network'))
  }

  return (
    <EntryFrame title={words('entry.title')}>
      {notice && !error && <p class="notice">{words(`entry.${notice}`)}</p>}
      <form class="stack" noValidate onSubmit={submit}>
        <Field label={words('entry.email')}>
          {(control) => (
            <input
              {...control}
              ref={emailInput}
              class="input"
              type="email"
              name="email"
              autocomplete="username"
              required
              maxLength={254}
              value={email}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          )}
        </Field>
        <PasswordField value={password} onInput={setPassword} />
        <div aria-live="assertive">{error && <p class="notice danger">{error}</p>}</div>
        <button type="submit" class="button primary large" aria-busy={busy} disabled={busy}>
          {words(busy ? 'entry.signingIn' : 'entry.signIn')}
        </button>
      </form>
      <p class="muted small-text">{words('entry.noAccount')}</p>
    </EntryFrame>
  )
}
