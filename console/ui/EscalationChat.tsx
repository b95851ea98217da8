import { useEffect, useState } from 'preact/hooks'
import type { WireChatCode, WireEscalation, WireEscalations } from '../../engine/wireEscalation.ts'
import { momentWords } from '../logic/dateWords.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { CopyButton } from './CopyButton.tsx'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'

type Props = {
  readonly settings: WireEscalation
  readonly bot: WireEscalations['telegram']
  readonly onChange: (settings: WireEscalation) => void
  readonly onCode: (shown: boolean) => void
}

/** The Telegram chat of a desk: which one it is, and the code that connects another. */
export function EscalationChat({ settings, bot, onChange, onCode }: Props) {
  const app = useApp()
  const words = useWords()
  const [code, setCode] = useState<WireChatCode>()
  /** What was connected when the code was made. */
  const [before, setBefore] = useState<string>()
  const [asking, setAsking] = useState(false)
  const { desk, telegram } = settings

  const hide = () => {
    setCode(undefined)
    onCode(false)
  }
  useEffect(() => {
    if (!code || telegram === null || telegram.title === before) return
    hide()
    app.toasts.show({ tone: 'good', text: words('escalation.chatConnected') })
  }, [telegram?.title])

  async function connect() {
    const answer = await app.http.chatCode(desk)
    if (!answer.ok) return app.showRefusal(answer)
    setBefore(telegram?.title)
    setCode(answer.value)
    onCode(true)
  }
  async function disconnect() {
    const answer = await app.http.disconnectChat(desk)
    if (answer.ok) onChange(answer.value)
    else app.showRefusal(answer)
  }

  return (
    <fieldset class="escalation-chat">
      <legend>{words('escalation.telegram')}</legend>
      <p class={telegram ? '' : 'muted'}>
        {bot === null
          ? words('escalation.noTelegram')
          : telegram
            ? words('escalation.connected', { title: telegram.title })
            : words('escalation.notConnected')}
      </p>
      {code && (
        <div class="escalation-code">
          {code.link && (
            <a class="button primary" href={code.link} target="_blank" rel="noreferrer">
              <Icon name="telegram" size={17} />
              {words('escalation.addBot')}
            </a>
          )}
          <p>{words('escalation.orWrite')}</p>
          <p class="escalation-command">
            <code>{code.command}</code>
            <CopyButton text={code.command} label={words('copy.named', { what: code.command })} />
          </p>
          <p class="muted">
            {words('escalation.until', {
              moment: momentWords(Date.parse(code.expiresAt), app.clock.now.value, app.zoneOf(desk), words),
            })}
          </p>
        </div>
      )}
      {bot !== null && (
        <div class="escalation-acts">
          {code ? (
            <button type="button" class="button" onClick={hide}>
              {words('action.cancel')}
            </button>
          ) : (
            <button type="button" class="button" onClick={() => void connect()}>
              {words(telegram ? 'escalation.connectOther' : 'escalation.connect')}
            </button>
          )}
          {telegram && (
            <button type="button" class="button" onClick={() => setAsking(true)}>
              {words('escalation.disconnect')}
            </button>
          )}
        </div>
      )}
      {asking && telegram && (
        <ConfirmDialog
          title={words('escalation.disconnectTitle', { title: telegram.title })}
          text={words('escalation.disconnectText')}
          confirm={words('escalation.disconnect')}
          onConfirm={() => void disconnect()}
          onClose={() => setAsking(false)}
        />
      )}
    </fieldset>
  )
}
