import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** How wide an element is, in CSS pixels, as long as it is shown. */
export function useWidth<Shown extends HTMLElement>(first: number) {
  const element = useRef<Shown>(null)
  const [width, setWidth] = useState(first)
  useLayoutEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([seen]) => seen && setWidth(Math.round(seen.contentRect.width)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return { element, width }
}
