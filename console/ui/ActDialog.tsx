import type { ComponentChildren } from 'preact'
import { Dialog } from './Dialog.tsx'
import { DialogActions } from './DialogActions.tsx'

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
        <DialogActions confirm={confirm} ready={ready} grave={grave} onClose={onClose} />
      </form>
    </Dialog>
  )
}
