import { useState } from 'preact/hooks'
import type { WireFile } from '../../engine/wire.ts'
import { fileSizeWords } from '../logic/fileSize.ts'
import { useWords } from './context.ts'
import { Icon } from './Icon.tsx'

/** A picture as a small picture, anything else as a line to download. */
export function FileView({ file, small = false }: { file: WireFile; small?: boolean }) {
  const words = useWords()
  const [broken, setBroken] = useState(false)
  if (file.image && !broken)
    return (
      <a
        class={small ? 'picture small' : 'picture'}
        href={file.path}
        target="_blank"
        rel="noopener noreferrer"
      >
        <img src={file.path} alt={file.name} loading="lazy" onError={() => setBroken(true)} />
      </a>
    )
  return (
    <a class="file" href={file.path} download={file.name} title={words('file.download')}>
      <span class="file-icon">
        <Icon name={file.image ? 'image' : 'file'} />
      </span>
      <span class="file-name">{file.name}</span>
      <span class="file-size">{fileSizeWords(file.bytes, words)}</span>
      <Icon name="download" size={16} />
    </a>
  )
}
