import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'

const icons = { plain: 'about', good: 'done', warning: 'clock', danger: 'warning' } as const

/** News at the edge of the screen, read out as it comes. */
export function Toasts() {
  const app = useApp()
  const words = useWords()
  const thread = app.threads.thread.value
  const openId = thread.status === 'none' ? undefined : thread.id
  return (
    <>
      <div class="toasts" role="status" aria-live="polite">
        {app.toasts.list.value.map((toast) => (
          <div key={toast.id} class={`toast ${toast.tone}`}>
            <Icon name={icons[toast.tone]} />
            <p>{toast.text}</p>
            {toast.conversationId !== undefined && toast.conversationId !== openId && (
              <button
                type="button"
                class="button small"
                onClick={() => {
                  app.openConversation(toast.conversationId ?? '')
                  app.toasts.dismiss(toast.id)
                }}
              >
                {words('action.open')}
              </button>
            )}
            <IconButton
              icon="close"
              label={words('action.close')}
              onClick={() => app.toasts.dismiss(toast.id)}
            />
          </div>
        ))}
      </div>
      <p class="unseen" aria-live="polite">
        {app.spoken.value}
      </p>
    </>
  )
}
