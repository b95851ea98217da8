import { useEffect, useState } from 'preact/hooks'
import type { WireEscalation, WireEscalations } from '../../engine/wireEscalation.ts'
import type { Answer } from '../http.ts'
import { Awaited } from './Awaited.tsx'
import { useApp, useWords } from './context.ts'
import { EscalationCard } from './EscalationCard.tsx'
import { NotAllowed } from './NotAllowed.tsx'

/** How often it is looked whether a chat has been connected, while a code is shown. */
const lookAgainMilliseconds = 3_000

/** Where supervisors are told outside the console, and of what, for each desk of theirs. */
export function EscalationScreen() {
  const app = useApp()
  const words = useWords()
  const [answer, setAnswer] = useState<Answer<WireEscalations>>()
  const [coded, setCoded] = useState<string>()
  const supervises = app.me.value?.role !== 'operator'
  const load = async () => setAnswer(await app.http.escalations())
  const replaced = (settings: WireEscalation) =>
    setAnswer((before) =>
      before?.ok
        ? {
            ok: true,
            value: {
              ...before.value,
              desks: before.value.desks.map((one) => (one.desk === settings.desk ? settings : one)),
            },
          }
        : before,
    )
  useEffect(() => {
    if (supervises) void load()
  }, [supervises])
  useEffect(() => {
    if (coded === undefined) return
    const timer = setInterval(() => {
      void app.http.escalations().then((looked) => {
        if (looked.ok) setAnswer(looked)
      })
    }, lookAgainMilliseconds)
    return () => clearInterval(timer)
  }, [coded])

  if (!supervises)
    return (
      <main class="team" id="work" tabIndex={-1}>
        <NotAllowed title={words('escalation.forbidden')} />
      </main>
    )
  return (
    <main class="team escalation" id="work" tabIndex={-1}>
      <h1>{words('escalation.title')}</h1>
      <p class="muted">{words('escalation.about')}</p>
      <Awaited answer={answer} lines={8} onAgain={() => void load()} />
      {answer?.ok &&
        answer.value.desks.map((settings) => (
          <EscalationCard
            key={settings.desk}
            settings={settings}
            channels={answer.value}
            onChange={replaced}
            onCode={(shown) => setCoded(shown ? settings.desk : undefined)}
          />
        ))}
    </main>
  )
}
