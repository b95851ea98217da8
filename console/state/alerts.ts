import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { QueueRow, WireOperator } from '../../engine/wireConsole.ts'
import type { WireAlert } from '../../engine/wireEscalation.ts'
import { alertText, isNewsTo, mergedAlerts, toneOfAlert } from '../logic/alerts.ts'
import type { Words } from '../words.ts'
import type { Beep } from './notices.ts'
import { notify } from './notices.ts'
import type { Toasts } from './toasts.ts'

const mostKept = 50
/** What comes together is told together. */
const gatherMilliseconds = 300
const mostToldOneByOne = 3

/** What this operator is to look at: kept in a list, told as it comes, by sound and notification as they wish. */
export function createAlerts(ports: {
  readonly me: ReadonlySignal<WireOperator | undefined>
  readonly words: ReadonlySignal<Words>
  readonly rows: ReadonlySignal<ReadonlyMap<string, QueueRow>>
  readonly toasts: Toasts
  readonly beep: Beep
  readonly isSoundOn: () => boolean
  readonly open: (conversationId: string) => void
  /** Tells the server up to when they have been seen. */
  readonly saw: (at: string) => void
}) {
  const list = signal<readonly WireAlert[]>([])
  const seenAt = signal<string>('')
  const shown = signal(false)
  const unread = computed(() => list.value.filter(({ at }) => at > seenAt.value).length)
  let loaded = false
  let gathered: WireAlert[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const titleOf = (alert: WireAlert): string => {
    const name = ports.rows.value.get(alert.conversationId)?.name
    if (alert.number === null) return ''
    return name
      ? ports.words.value('row.titled', { number: alert.number, name })
      : ports.words.value('alert.numbered', { number: alert.number })
  }
  const textOf = (alert: WireAlert) => alertText(alert, titleOf(alert), ports.words.value)

  function tell() {
    timer = undefined
    const news = gathered
    gathered = []
    const isGrave = news.some(({ kind }) => toneOfAlert(kind) === 'danger')
    if (ports.isSoundOn()) ports.beep(isGrave ? 'alarm' : 'soft')
    if (news.length > mostToldOneByOne) {
      const text = ports.words.value('alerts.many', { count: news.length })
      ports.toasts.show({ tone: isGrave ? 'danger' : 'warning', text })
      notify(text, '', 'alerts', () => {
        shown.value = true
      })
      return
    }
    for (const alert of news) {
      const { conversationId, number, kind } = alert
      const text = textOf(alert)
      ports.toasts.show({
        tone: toneOfAlert(kind),
        text,
        ...(number !== null && { conversationId }),
      })
      notify(text, ports.rows.value.get(conversationId)?.subject ?? '', conversationId, () => {
        if (number !== null) ports.open(conversationId)
      })
    }
  }

  function arrived(alerts: readonly WireAlert[]) {
    const known = new Set(list.value.map(({ id }) => id))
    const me = ports.me.value?.id ?? ''
    const news = alerts.filter((alert) => !known.has(alert.id) && isNewsTo(alert, me))
    if (news.length === 0) return
    list.value = mergedAlerts(list.value, news, mostKept)
    gathered.push(...news)
    timer ??= setTimeout(tell, gatherMilliseconds)
  }

  const sawUpTo = (at: string) => {
    if (at > seenAt.value) seenAt.value = at
  }

  return {
    list,
    unread,
    seenAt,
    /** Whether the list is open. */
    shown,
    textOf,
    arrived,
    /** What there was at sign-in is shown and not told; what came while the line was down is told. */
    load: (alerts: readonly WireAlert[], seen: string | null) => {
      if (seen !== null) sawUpTo(seen)
      if (loaded) arrived(alerts)
      else {
        const me = ports.me.value?.id ?? ''
        list.value = mergedAlerts(
          [],
          alerts.filter((alert) => isNewsTo(alert, me)),
          mostKept,
        )
      }
      loaded = true
    },
    sawUpTo,
    /** The person has looked at the list. */
    see: () => {
      const newest = list.value[0]?.at
      if (newest === undefined || newest <= seenAt.value) return
      sawUpTo(newest)
      ports.saw(newest)
    },
    clear: () => {
      clearTimeout(timer)
      timer = undefined
      gathered = []
      loaded = false
      list.value = []
      seenAt.value = ''
      shown.value = false
    },
  }
}
