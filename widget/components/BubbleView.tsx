import { useChat } from '../chat.ts'
import type { Bubble, Progress } from '../thread.ts'
import { timeOf } from '../when.ts'
import { t } from '../words.ts'
import { FileView } from './FileView.tsx'
import { Icon } from './Icon.tsx'
import { Plain } from './Prose.tsx'
import { Rows } from './Rows.tsx'
import { Said } from './Said.tsx'

const marks: Record<
  Exclude<Progress, 'refused'>,
  { icon: 'clock' | 'check' | 'checks'; word: 'sending' | 'stored' | 'read' }
> = {
  waiting: { icon: 'clock', word: 'sending' },
  stored: { icon: 'check', word: 'stored' },
  read: { icon: 'checks', word: 'read' },
}

/** One message; the last of a group says when it was, and how far the visitor's own has got. */
export function BubbleView({ bubble, last }: { readonly bubble: Bubble; readonly last: boolean }) {
  const { content, progress, seq, refused } = bubble
  const edited = content.kind === 'text' && content.edited
  const mark = progress && progress !== 'refused' ? marks[progress] : undefined
  return (
    <div class="message" data-seq={seq} data-progress={progress}>
      {content.kind === 'said' ? (
        <Said content={content} seq={seq ?? 0} />
      ) : (
        <div class="bubble">
          <Body content={content} />
        </div>
      )}
      {refused && <RefusedLine bubble={bubble} />}
      {(last || progress === 'waiting') && !refused && (
        <p class="meta" data-mark={progress}>
          {edited && `${t('edited')} · `}
          <time dateTime={bubble.at}>{timeOf(bubble.at)}</time>
          {mark && (
            <span role="img" aria-label={t(mark.word)} title={t(mark.word)}>
              <Icon name={mark.icon} />
            </span>
          )}
        </p>
      )}
    </div>
  )
}

function Body({ content }: Pick<Bubble, 'content'>) {
  if (content.kind === 'file')
    return (
      <>
        <FileView file={content.file} />
        {content.text && <Plain text={content.text} />}
      </>
    )
  if (content.kind === 'answers') return <Rows rows={content.rows} />
  return <Plain text={content.text} />
}

function RefusedLine({ bubble }: { readonly bubble: Bubble }) {
  const chat = useChat()
  const refused = bubble.refused!
  return (
    <div class="refused" role="alert">
      <p>{t('notSent', { reason: refused.refusal.text })}</p>
      <button type="button" onClick={() => chat.retry(refused)}>
        {t('retry')}
      </button>
      <button type="button" onClick={() => chat.forget(refused)}>
        {t('remove')}
      </button>
    </div>
  )
}
