import type { Upload } from '../state/uploads.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'

type Props = {
  readonly uploads: readonly Upload[]
  /** Left out: they are uploads and nothing else. */
  readonly onRemove?: (id: string) => void
}

/** The files that will go along: how far they are, or why they were not taken. */
export function UploadList({ uploads, onRemove }: Props) {
  const app = useApp()
  const words = useWords()
  if (uploads.length === 0) return null
  return (
    <ul class="uploads" aria-label={words('file.list')}>
      {uploads.map((upload) => (
        <li key={upload.id} class={upload.refusal ? 'refused' : ''}>
          <Icon name={upload.refusal ? 'warning' : upload.file?.image ? 'image' : 'file'} size={16} />
          <span class="upload-name">
            {upload.name}
            {upload.refusal && <span class="field-error">{upload.refusal}</span>}
          </span>
          {!upload.file && !upload.refusal && (
            <progress
              value={upload.progress}
              max={1}
              aria-label={words('file.uploading', { name: upload.name })}
            />
          )}
          <IconButton
            icon="close"
            label={words('file.removeNamed', { name: upload.name })}
            onClick={() => (onRemove ?? app.uploads.remove)(upload.id)}
          />
        </li>
      ))}
    </ul>
  )
}
