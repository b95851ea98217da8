import { useWords } from './context.ts'
import { Icon } from './Icon.tsx'

/** A rating of one to five stars. */
export function Stars({ count }: { count: number }) {
  const words = useWords()
  return (
    <span class="stars" role="img" aria-label={words('rating.stars', { count })}>
      {[1, 2, 3, 4, 5].map((star) => (
        <Icon key={star} name="star" size={16} filled={star <= count} />
      ))}
    </span>
  )
}
