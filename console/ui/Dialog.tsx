import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { useWords } from './context.ts'
import { IconButton } from './IconButton.tsx'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly wide?: boolean
  /** It fills the screen of a phone. */
  readonly whole?: boolean
  readonly children: ComponentChildren
}

/** A modal window; Escape and a press beside it close it, and the keyboard returns to where it was. */
export function Dialog({ title, onClose, wide = false, whole = false, children }: Props) {
  const words = useWords()
  const frame = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    frame.current?.showModal()
    frame.current?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own key for the same
    <dialog
      ref={frame}
      class={`dialog ${wide ? 'wide' : ''} ${whole ? 'whole' : ''}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onCancel={onClose}
      onClick={(event) => event.target === frame.current && onClose()}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={titleId}>{title.replaceAll('№ ', '№\u00a0')}</h2>
          <IconButton icon="close" label={words('action.close')} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
