import { signal } from '@preact/signals'

export type Toast = {
  readonly id: number
  readonly tone: 'plain' | 'good' | 'warning' | 'danger'
  readonly text: string
  /** The conversation it is about. */
  readonly conversationId?: string
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
      list.value = [...list.value.filter((other) => other.text !== toast.text), { ...toast, id }].slice(-4)
      setTimeout(() => dismiss(id), shownFor[toast.tone])
    },
  }
}
