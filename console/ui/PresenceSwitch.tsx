import { keysOf } from '../logic/shortcuts.ts'
import { useApp, useWords } from './context.ts'

/** Whether this operator is given conversations; while there is no connection, that there is none. */
export function PresenceSwitch() {
  const app = useApp()
  const words = useWords()
  const link = app.link.value
  if (link !== 'online')
    return (
      <span class={`link-state ${link}`}>
        <i />
        <span>{words(`link.${link}`)}</span>
      </span>
    )
  const presence = app.presence.value === 'paused' ? 'paused' : 'online'
  return (
    <button
      type="button"
      class="presence"
      aria-keyshortcuts={keysOf.presence.join(' ')}
      title={`${words(`presence.${presence}.hint`)} (${keysOf.presence.join(', ')})`}
      onClick={() => void app.choosePresence(presence === 'paused' ? 'online' : 'paused')}
    >
      <i class={`dot ${presence}`} />
      <span>{words(`presence.${presence}`)}</span>
    </button>
  )
}
