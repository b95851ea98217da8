import { useEffect, useRef } from 'preact/hooks'
import { saveAs } from '../fetchFile.ts'
import { enlarged } from '../store.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'

/** The picture that was clicked, over everything. */
export function Lightbox() {
  const box = useRef<HTMLDialogElement>(null)
  const shown = enlarged.value
  useEffect(() => {
    if (shown && !box.current?.open) box.current?.showModal()
  }, [shown])
  if (!shown) return null
  const close = () => {
    enlarged.value = undefined
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape and the button close it by keyboard
    <dialog ref={box} class="lightbox" onClose={close} onClick={close} aria-label={shown.file.name}>
      <img src={shown.url} alt={t('picture', { name: shown.file.name })} />
      <div class="tools">
        <button
          type="button"
          class="tool"
          aria-label={t('download', { name: shown.file.name })}
          onClick={(event) => {
            event.stopPropagation()
            saveAs(shown.url, shown.file.name)
          }}
        >
          <Icon name="download" />
        </button>
        <button type="button" class="tool" aria-label={t('close')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
    </dialog>
  )
}
