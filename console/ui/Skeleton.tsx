import { useWords } from './context.ts'

/** Grey lines while something is on its way. */
export function Skeleton({ lines }: { lines: number }) {
  const words = useWords()
  return (
    <div class="skeleton" role="status" aria-label={words('state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ width: `${[92, 64, 80, 48][line % 4]}%` }} />
      ))}
    </div>
  )
}
