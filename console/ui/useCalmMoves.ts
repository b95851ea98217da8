import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** Lets the rows of a list glide to their new places instead of jumping; still, when the person asked for stillness. */
export function useCalmMoves(list: RefObject<HTMLElement | null>, order: readonly string[]): void {
  const places = useRef<ReadonlyMap<string, number>>(new Map())
  const key = order.join()
  useLayoutEffect(() => {
    const rows = [...(list.current?.children ?? [])].filter((row) => row instanceof HTMLElement)
    const now = new Map(rows.map((row) => [row.dataset.id ?? '', row.offsetTop]))
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const row of rows) {
      const id = row.dataset.id ?? ''
      const before = places.current.get(id)
      const moved = before === undefined ? 0 : before - (now.get(id) ?? before)
      if (still || typeof row.animate !== 'function') continue
      if (moved !== 0)
        row.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
          duration: 220,
          easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)',
        })
      else if (before === undefined && places.current.size > 0)
        row.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 220 })
    }
    places.current = now
  }, [key, list])
}
