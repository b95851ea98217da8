import { useWords } from './context.ts'
import { EmptyState } from './EmptyState.tsx'

/** What stands on a screen for those it is not for: `title` says for whom it is. */
export function NotAllowed({ title }: { title: string }) {
  const words = useWords()
  return (
    <EmptyState icon="lock" title={title}>
      <a class="button" href="#/">
        {words('action.toQueue')}
      </a>
    </EmptyState>
  )
}
