import { useEffect } from 'preact/hooks'
import { rareActs } from '../logic/permitted.ts'
import { type View, views } from '../logic/queueOrder.ts'
import { type Command, commandOf, keyBelongsTo } from '../logic/shortcuts.ts'
import type { App, DialogName } from '../state/app.ts'

function move(app: App, step: 1 | -1) {
  const ids = app.queue.shown.value.map(({ row }) => row.conversationId)
  if (ids.length === 0) return
  const at = ids.indexOf(app.queue.cursor.value ?? '')
  const next =
    at === -1 ? (step === 1 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + step))
  app.queue.cursor.value = ids[next]
  document.getElementById(`row-${ids[next]}`)?.focus()
}

function run(app: App, command: Command): boolean {
  const id = app.openRow.value?.conversationId
  const may = (act: Parameters<typeof app.allowed.value.has>[0]) => app.allowed.value.has(act)
  const show = (dialog: DialogName) => {
    app.dialog.value = dialog
  }
  switch (command) {
    case 'next':
    case 'previous':
      move(app, command === 'next' ? 1 : -1)
      return true
    case 'open':
      if (app.queue.cursor.value) app.openConversation(app.queue.cursor.value)
      return app.queue.cursor.value !== undefined
    case 'take':
      if (id && may('took') && app.openRow.value?.stage === 'waiting') app.act(id, { type: 'took' })
      else if (id && may('tookOver')) app.act(id, { type: 'tookOver' })
      else app.takeNext()
      return true
    case 'reply':
      if (!id || !may('replied')) return false
      app.drafts.change(id, { mode: 'reply' })
      app.focusWish.value = { composerOf: id }
      return true
    case 'note':
      if (!id) return false
      app.drafts.change(id, { mode: 'note' })
      app.focusWish.value = { composerOf: id }
      return true
    case 'ask':
      if (may('askedForInformation')) show('ask')
      return true
    case 'solve':
      if (may('offeredSolution')) show('offerSolution')
      return true
    case 'article':
      if (may('sharedArticle')) app.dialog.value = 'article'
      return true
    case 'resolve':
      if (may('resolved')) show('resolve')
      return true
    case 'transfer':
      if (may('transferred')) show('transfer')
      return true
    case 'release':
      if (id && may('released')) app.act(id, { type: 'released' })
      return true
    case 'more':
      if (rareActs.some(may)) app.moreShown.value = true
      return true
    case 'presence':
      void app.choosePresence(app.presence.value === 'paused' ? 'online' : 'paused')
      return true
    case 'new':
      if (app.ownDesks.value.length > 0) show('handRequest')
      return true
    case 'search':
      app.focusWish.value = 'search'
      return true
    case 'help':
      app.dialog.value = 'help'
      return true
    default:
      app.queue.look(views[Number(command.slice(4)) - 1] as View)
      return true
  }
}

/** Listens for the console's keys; never while somebody types or a window is open. */
export function useShortcuts(app: App): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.isComposing ||
        app.dialog.value ||
        document.querySelector('dialog[open]')
      )
        return
      const command = commandOf(event)
      const target = event.target
      if (!command || (target instanceof HTMLElement && keyBelongsTo(target, event))) return
      const reading = target instanceof HTMLElement && target.closest('[data-scrolls]') !== null
      if (reading && event.code.startsWith('Arrow')) return
      if (event.repeat && command !== 'next' && command !== 'previous') return
      if (run(app, command)) event.preventDefault()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [app])
}
