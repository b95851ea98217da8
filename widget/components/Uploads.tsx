import { useChat } from '../chat.ts'
import { uploads } from '../store.ts'
import { cancelUpload } from '../uploads.ts'
import { sizeLabel } from '../when.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'

/** Files on their way, and those that could not go, with the reason. */
export function Uploads() {
  const chat = useChat()
  if (!uploads.value.length) return null
  return (
    <ul class="uploads" aria-live="polite">
      {uploads.value.map((upload) => (
        <li key={upload.key} data-failed={upload.error !== undefined}>
          <Icon name={upload.error ? 'alert' : 'file'} />
          <span>
            <b>{upload.file.name}</b>
            {upload.error ? (
              <small class="error">{upload.error}</small>
            ) : (
              <>
                <small>{sizeLabel(upload.file.size, t)}</small>
                <progress aria-label={t('uploading', { name: upload.file.name })} value={upload.share} />
              </>
            )}
          </span>
          {upload.retriable && (
            <button
              type="button"
              class="tool"
              aria-label={t('retry')}
              title={t('retry')}
              onClick={() => chat.retryUpload(upload)}
            >
              <Icon name="retry" />
            </button>
          )}
          <button
            type="button"
            class="tool"
            aria-label={upload.error ? t('remove') : t('cancel')}
            title={upload.error ? t('remove') : t('cancel')}
            onClick={() => cancelUpload(upload.key)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}
