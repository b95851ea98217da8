import { useEffect, useRef, useState } from 'preact/hooks'
import type { WireFile } from '../../engine/wire.ts'
import { useChat } from '../chat.ts'
import { fetchFile, saveAs } from '../fetchFile.ts'
import { enlarged } from '../store.ts'
import { sizeLabel } from '../when.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'

/** A file: a picture to enlarge, or a name to download. `compact` shows a picture by its name as well. */
export function FileView({ file, compact }: { readonly file: WireFile; readonly compact?: boolean }) {
  return file.image && !compact ? <Picture file={file} /> : <Download file={file} />
}

function Picture({ file }: { readonly file: WireFile }) {
  const chat = useChat()
  const box = useRef<HTMLButtonElement>(null)
  const [url, setUrl] = useState('')
  const [failed, setFailed] = useState(false)
  const [small, setSmall] = useState(false)

  useEffect(() => {
    const near = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        near.disconnect()
        fetchFile(file, chat.token()).then(setUrl, () => setFailed(true))
      },
      { rootMargin: '300px' },
    )
    near.observe(box.current!)
    return () => near.disconnect()
  }, [file.path])

  if (failed) return <p>{t('pictureMissing')}</p>
  return (
    <button
      type="button"
      class="picture"
      ref={box}
      aria-label={t('openPicture', { name: file.name })}
      onClick={() => {
        if (url) enlarged.value = { file, url }
      }}
    >
      {url && (
        <img
          src={url}
          alt={t('picture', { name: file.name })}
          data-small={small}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight, clientWidth, clientHeight } }) =>
            setSmall(naturalWidth < clientWidth || naturalHeight < clientHeight)
          }
        />
      )}
    </button>
  )
}

function Download({ file }: { readonly file: WireFile }) {
  const chat = useChat()
  const [failed, setFailed] = useState(false)
  const download = () =>
    fetchFile(file, chat.token()).then(
      (url) => {
        setFailed(false)
        saveAs(url, file.name)
      },
      () => setFailed(true),
    )
  return (
    <>
      <button type="button" class="file" title={t('download', { name: file.name })} onClick={download}>
        <Icon name="file" />
        <span>
          {file.name}
          <small>{sizeLabel(file.bytes, t)}</small>
        </span>
        <Icon name="download" />
      </button>
      {failed && (
        <p class="error" role="alert">
          {t('downloadFailed')}
        </p>
      )}
    </>
  )
}
