import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

type Props = {
  readonly icon: IconName
  /** Said to everyone: as a tooltip and to those who listen. */
  readonly label: string
  readonly onClick: () => void
  readonly pressed?: boolean
  /** Whether what it opens is open. */
  readonly expanded?: boolean
  readonly disabled?: boolean
  readonly class?: string
  readonly children?: ComponentChildren
}

/** A square button that only shows a picture. */
export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  expanded,
  disabled,
  children,
  class: extra = '',
}: Props) {
  return (
    <button
      type="button"
      class={`icon-button ${extra}`}
      title={label}
      aria-label={label}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      {...(expanded !== undefined && { 'aria-expanded': expanded })}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      <Icon name={icon} />
      {children}
    </button>
  )
}
