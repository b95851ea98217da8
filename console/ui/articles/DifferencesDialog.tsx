import type { ComponentChildren } from 'preact'
import type { ArticleContent } from '../../../engine/faq/articleContent.ts'
import { Dialog } from '../Dialog.tsx'
import { ContentDifferences } from './ContentDifferences.tsx'

type Props = {
  readonly title: string
  readonly before: ArticleContent
  readonly after: ArticleContent
  readonly onClose: () => void
  readonly children?: ComponentChildren
}

/** Two contents of an article side by side, and what to do about it. */
export function DifferencesDialog({ title, before, after, onClose, children }: Props) {
  return (
    <Dialog title={title} wide onClose={onClose}>
      <ContentDifferences before={before} after={after} />
      {children && <div class="dialog-actions">{children}</div>}
    </Dialog>
  )
}
