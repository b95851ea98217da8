import { useMemo } from 'preact/hooks'
import type { Language } from '../../../engine/language.ts'
import { toRichText } from '../../../engine/richText.ts'
import { useWords } from '../context.ts'
import { RichTextView } from '../RichTextView.tsx'

type Props = { readonly language: Language; readonly title: string; readonly body: string }

/** The card that the visitor's chat shows. */
export function ArticlePreview({ language, title, body }: Props) {
  const words = useWords()
  const rich = useMemo(() => toRichText(body), [body])
  return (
    <section class="article-preview" aria-label={words('article.preview')}>
      <h3>{words('article.preview')}</h3>
      {title.trim() || body.trim() ? (
        <div class="preview-card" lang={language}>
          {title.trim() && <p class="preview-title">{title}</p>}
          <RichTextView body={rich} />
        </div>
      ) : (
        <p class="muted">{words('article.previewEmpty')}</p>
      )}
    </section>
  )
}
