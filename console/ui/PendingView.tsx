import type { Pending } from '../state/acts.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'

/** Words that are still under way, or that the server refused: they can be taken back into the composer. */
export function PendingView({ pending }: { pending: Pending }) {
  const app = useApp()
  const words = useWords()
  const { action, state } = pending
  const note = action.type === 'noted'
  const text = action.type === 'attached' ? words('file.sent') : action.text
  const takeBack = () => {
    if (action.type !== 'attached') {
      const draft = app.drafts.of(action.conversationId)
      const mode = note ? 'note' : 'reply'
      const before = draft[mode]
      app.drafts.change(action.conversationId, {
        mode,
        [mode]: before.trim() ? `${action.text}\n${before}` : action.text,
      })
      app.focusWish.value = { composerOf: action.conversationId }
    }
    app.acts.drop(action.id)
  }
  return (
    <article class={`message ${note ? 'note' : 'operator'} leads pending ${state}`}>
      <div class="bubble">
        <p class="words">{text}</p>
        <span class="stamp">
          {state === 'refused' ? (
            words('pending.refused')
          ) : (
            <>
              {words('pending.sending')}
              <Icon name="clock" size={14} />
            </>
          )}
        </span>
      </div>
      {state === 'refused' && (
        <p class="refused">
          <span>{pending.refusal}</span>
          <button type="button" class="button small" onClick={takeBack}>
            {words(action.type === 'attached' ? 'action.remove' : 'pending.takeBack')}
          </button>
        </p>
      )}
    </article>
  )
}
