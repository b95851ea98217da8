import type { ComponentChildren } from 'preact'
import { useWords } from './context.ts'

type Props = {
  readonly confirm: string
  readonly ready?: boolean
  readonly busy?: boolean
  readonly grave?: boolean
  readonly onClose: () => void
  /** Other buttons, before these two. */
  readonly children?: ComponentChildren
}

/** The end of a window's form: leave all as it is, or do it. */
export function DialogActions({ confirm, ready = true, busy, grave = false, onClose, children }: Props) {
  const words = useWords()
  return (
    <div class="dialog-actions">
      {children}
      <button type="button" class="button" onClick={onClose}>
        {words('action.cancel')}
      </button>
      <button
        type="submit"
        class={grave ? 'button danger' : 'button primary'}
        disabled={!ready || busy}
        aria-busy={busy}
      >
        {confirm}
      </button>
    </div>
  )
}
