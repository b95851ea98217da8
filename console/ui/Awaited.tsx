import type { Answer } from '../http.ts'
import { useApp, useWords } from './context.ts'
import { EmptyState } from './EmptyState.tsx'
import { Skeleton } from './Skeleton.tsx'

type Props = {
  readonly answer: Answer<unknown> | undefined
  readonly lines: number
  readonly onAgain: () => void
}

/** Stands where the server's answer will be: while it is awaited, and when it could not be had. */
export function Awaited({ answer, lines, onAgain }: Props) {
  const app = useApp()
  const words = useWords()
  if (!answer) return <Skeleton lines={lines} />
  if (answer.ok) return null
  return (
    <EmptyState icon="warning" title={app.refusalText(answer)}>
      <button type="button" class="button" onClick={onAgain}>
        {words('action.again')}
      </button>
    </EmptyState>
  )
}
