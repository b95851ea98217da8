import { effect } from '@preact/signals'
import { isOpen, isVisible, marks, messages } from './store.ts'
import { unreadCount } from './thread.ts'
import { canSpeak, t } from './words.ts'

let portal: string | undefined

/** Whether there is a page around the chat that can minimise it. */
export const canMinimise = () => portal !== undefined && window.parent !== window

const tell = (message: object) => {
  if (portal && window.parent !== window) window.parent.postMessage(message, portal)
}

/** Asks the page around the chat to minimise it. */
export const minimise = () => tell({ komekshi: 'close' })

/**
 * Talks with the loader in the portal's page, whose exact origin is `origin`: hears whether the chat is open, and
 * tells how many messages wait while it is not. `onOpened` runs each time it is opened.
 */
export function listenToPage(origin: string | undefined, onOpened: () => void): void {
  portal = origin
  const look = () => {
    isVisible.value = document.visibilityState === 'visible'
  }
  look()
  document.addEventListener('visibilitychange', look)
  window.addEventListener('message', (event: MessageEvent<{ komekshi?: unknown }>) => {
    if (event.source !== window.parent || event.origin !== portal) return
    if (typeof event.data?.komekshi !== 'boolean') return
    isOpen.value = event.data.komekshi
    if (isOpen.value) onOpened()
  })
  effect(() => {
    if (!canSpeak()) return
    const count = isOpen.value ? 0 : unreadCount(messages.value, marks.value.visitorRead)
    tell({ komekshi: 'unread', count, label: count ? t('newMessages', { count }) : '' })
  })
}
