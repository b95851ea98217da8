import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

type Props = {
  readonly icon: IconName
  readonly title: string
  readonly text?: string | undefined
  readonly children?: ComponentChildren
}

/** A kind word where there is nothing to show. */
export function EmptyState({ icon, title, text, children }: Props) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} size={26} />
      </span>
      <p class="empty-title">{title}</p>
      {text && <p class="muted">{text}</p>}
      {children}
    </div>
  )
}
