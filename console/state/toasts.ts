import { signal } from '@preact/signals'

export type Toast = {
  readonly id: number
  readonly tone: 'plain' | 'good' | 'warning' | 'danger'
  readonly text: string
  /** The conversation it is about. */
  readonly conversationId?: string
  /** What it says something new of: the earlier news of it goes. */
  readonly subject?: 'presence'
}

const shownFor = { plain: 6_000, good: 4_000, warning: 12_000, danger: 12_000 }

export type Toasts = ReturnType<typeof createToasts>

/** Short news at the edge of the screen; each leaves by itself, the newest four stay. */
export function createToasts() {
  const list = signal<readonly Toast[]>([])
  let last = 0
  const dismiss = (id: number) => {
    list.value = list.value.filter((toast) => toast.id !== id)
  }
  return {
    list,
    dismiss,
    show: (toast: Omit<Toast, 'id'>) => {
      const id = ++last
      const outdated = (other: Toast) =>
        other.text === toast.text || (toast.subject !== undefined && other.subject === toast.subject)
      list.value = [...list.value.filter((other) => !outdated(other)), { ...toast, id }].slice(-4)
      setTimeout(() => dismiss(id), shownFor[toast.tone])
    },
  }
}
