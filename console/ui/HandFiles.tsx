import { useRef } from 'preact/hooks'
import type { Upload } from '../state/uploads.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { UploadList } from './UploadList.tsx'

type Props = {
  readonly label: string
  /** What the desk takes. */
  readonly types: readonly string[]
  readonly onFiles: (files: readonly File[]) => void
}

/** The files of a request that an operator puts down: those that are on their way, and those that are there. */
export function HandFiles({ label, types, onFiles }: Props) {
  const app = useApp()
  const words = useWords()
  const picker = useRef<HTMLInputElement>(null)
  const { form, change } = app.handRequest
  const { files, places } = form.value
  const mine = app.uploads.list.value.filter(({ conversationId }) => places.includes(conversationId))
  const kept = files.map(
    (file): Upload => ({
      id: file.id,
      conversationId: '',
      name: file.name,
      progress: 1,
      file,
    }),
  )
  return (
    <fieldset class="whole hand-files">
      <legend>{label}</legend>
      <UploadList
        uploads={[...kept, ...mine]}
        onRemove={(id) => {
          if (files.some((file) => file.id === id)) change({ files: files.filter((file) => file.id !== id) })
          else app.uploads.remove(id)
        }}
      />
      <button type="button" class="button small" onClick={() => picker.current?.click()}>
        <Icon name="clip" size={16} />
        {words('composer.attach')}
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={label}
        accept={types.map((type) => `.${type}`).join()}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </fieldset>
  )
}
