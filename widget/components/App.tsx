import { useEffect, useState } from 'preact/hooks'
import { useChat } from '../chat.ts'
import { minimise } from '../frame.ts'
import { enlarged, keep, link } from '../store.ts'
import { t } from '../words.ts'
import { Composer } from './Composer.tsx'
import { Header } from './Header.tsx'
import { Icon } from './Icon.tsx'
import { Lightbox } from './Lightbox.tsx'
import { Log } from './Log.tsx'
import { Uploads } from './Uploads.tsx'

/** The whole chat. */
export function App() {
  const chat = useChat()
  const [dropping, setDropping] = useState(false)

  useEffect(() => {
    let depth = 0
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const listeners: Partial<{ [K in keyof DocumentEventMap]: (event: DocumentEventMap[K]) => void }> = {
      dragenter: (event) => hasFiles(event) && setDropping(++depth > 0),
      dragleave: (event) => hasFiles(event) && setDropping(--depth > 0),
      dragover: (event) => hasFiles(event) && event.preventDefault(),
      drop: (event) => {
        depth = 0
        setDropping(false)
        if (!hasFiles(event)) return
        event.preventDefault()
        chat.attach(event.dataTransfer?.files ?? [])
      },
      paste: (event) => {
        const files = event.clipboardData?.files
        if (!files?.length) return
        event.preventDefault()
        chat.attachPasted(files)
      },
      keydown: (event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && !enlarged.value) minimise()
      },
    }
    const entries = Object.entries(listeners) as [string, EventListener][]
    for (const [type, listener] of entries) document.addEventListener(type, listener)
    return () => {
      for (const [type, listener] of entries) document.removeEventListener(type, listener)
    }
  }, [])

  return (
    <>
      <Header />
      <div class="notices" role="status">
        {link.value === 'offline' && <p class="notice warning">{t('offline')}</p>}
        {!keep.lasting && <p class="notice">{t('storageBlocked')}</p>}
      </div>
      <Log />
      <Uploads />
      <Composer />
      {dropping && (
        <div class="drop">
          <Icon name="clip" />
          {t('dropHere')}
        </div>
      )}
      <Lightbox />
    </>
  )
}
