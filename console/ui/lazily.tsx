import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Skeleton } from './Skeleton.tsx'

/** A component that is downloaded when it is first shown. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  return function Lazy(props: Props) {
    const [Shown, show] = useState<ComponentType<Props> | undefined>(() => loaded)
    useEffect(() => {
      if (loaded) return
      void load().then((component) => {
        loaded = component
        show(() => component)
      })
    }, [])
    return Shown ? <Shown {...props} /> : <Skeleton lines={6} />
  }
}
