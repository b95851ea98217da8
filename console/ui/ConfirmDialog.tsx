import { useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'

type Props = {
  readonly title: string
  readonly text: string
  readonly confirm: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** A second thought before something that is hard to take back. */
export function ConfirmDialog({ title, text, confirm, onConfirm, onClose }: Props) {
  const words = useWords()
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div class="dialog-actions">
        <button type="button" class="button" data-first onClick={onClose}>
          {words('action.cancel')}
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => {
            onConfirm()
            onClose()
          }}
        >
          {confirm}
        </button>
      </div>
    </Dialog>
  )
}
