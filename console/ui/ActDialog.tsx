import type { ComponentChildren } from 'preact'
import { useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'

type Props = {
  readonly title: string
  readonly about?: string
  readonly confirm: string
  readonly ready: boolean
  readonly grave?: boolean
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A window that ends in doing something to a conversation, or in leaving it as it is. */
export function ActDialog({
  title,
  about,
  confirm,
  ready,
  grave = false,
  onSubmit,
  onClose,
  children,
}: Props) {
  const words = useWords()
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {about && <p class="muted">{about}</p>}
        {children}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {words('action.cancel')}
          </button>
          <button type="submit" class={grave ? 'button danger' : 'button primary'} disabled={!ready}>
            {confirm}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
