import { useEffect, useRef, useState } from 'preact/hooks'
import type { WireAlert } from '../../engine/wireEscalation.ts'
import { toneOfAlert } from '../logic/alerts.ts'
import { momentWords } from '../logic/dateWords.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'

const icons = { plain: 'undo', warning: 'clock', danger: 'warning' } as const

/** The bell: what has happened that this person is to look at, with the count of what they have not seen. */
export function AlertsMenu() {
  const app = useApp()
  const words = useWords()
  const { alerts } = app
  const frame = useRef<HTMLDivElement>(null)
  const shown = alerts.shown.value
  const unread = alerts.unread.value
  /** Up to when they had been seen when the list was opened: the newer ones stand out while it is open. */
  const [seenBefore, setSeenBefore] = useState('')
  const close = () => {
    alerts.shown.value = false
  }
  useEffect(() => {
    if (!shown) return
    setSeenBefore(alerts.seenAt.peek())
    frame.current?.querySelector<HTMLElement>('.alerts-panel')?.focus()
    const pressedBeside = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) close()
    }
    const escaped = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      close()
      frame.current?.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', pressedBeside)
    document.addEventListener('keydown', escaped)
    return () => {
      document.removeEventListener('pointerdown', pressedBeside)
      document.removeEventListener('keydown', escaped)
    }
  }, [shown])
  const route = app.router.route.value
  useEffect(() => close, [route])
  useEffect(() => {
    if (shown) alerts.see()
  }, [shown, alerts.list.value])

  return (
    <div
      ref={frame}
      class="alerts-frame"
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && !frame.current?.contains(event.relatedTarget)) close()
      }}
    >
      <IconButton
        icon="bell"
        label={unread > 0 ? words('alerts.unread', { count: unread }) : words('alerts.title')}
        expanded={shown}
        onClick={() => {
          alerts.shown.value = !shown
        }}
      >
        {unread > 0 && (
          <span class="bell-count" aria-hidden="true">
            {unread > 9 ? '9+' : unread}
          </span>
        )}
      </IconButton>
      {shown && (
        <div class="alerts-panel" role="dialog" aria-label={words('alerts.title')} tabIndex={-1}>
          <header>
            <h2>{words('alerts.title')}</h2>
            {app.me.value?.role !== 'operator' && <a href="#/escalation">{words('alerts.settings')}</a>}
          </header>
          <PermissionOffer />
          {alerts.list.value.length === 0 ? (
            <p class="alerts-none">{words('alerts.none')}</p>
          ) : (
            <ul>
              {alerts.list.value.map((alert) => (
                <AlertLine key={alert.id} alert={alert} fresh={alert.at > seenBefore} onOpen={close} />
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}

function AlertLine({ alert, fresh, onOpen }: { alert: WireAlert; fresh: boolean; onOpen: () => void }) {
  const app = useApp()
  const words = useWords()
  const tone = toneOfAlert(alert.kind)
  const moment = momentWords(Date.parse(alert.at), app.clock.now.value, app.zoneOf(alert.desk), words)
  const desk = app.desks.value.length > 1 ? app.shortDeskNames.value.get(alert.desk) : undefined
  const inside = (
    <>
      <Icon name={icons[tone]} size={16} />
      <span class="alert-text">
        {app.alerts.textOf(alert)}
        <small>{desk ? `${moment} · ${desk}` : moment}</small>
      </span>
      {fresh && <span class="alert-fresh" role="img" aria-label={words('alerts.fresh')} />}
    </>
  )
  return (
    <li class={`alert-line ${tone}`}>
      {alert.number === null ? (
        <div>{inside}</div>
      ) : (
        <button
          type="button"
          onClick={() => {
            onOpen()
            app.openConversation(alert.conversationId)
          }}
        >
          {inside}
        </button>
      )}
    </li>
  )
}

/** Asked where alerts are looked at, and only while the browser has not been given an answer. */
function PermissionOffer() {
  const app = useApp()
  const words = useWords()
  const known = typeof Notification === 'undefined' ? 'denied' : Notification.permission
  const [permission, setPermission] = useState(known)
  const { notificationsOffered } = app.preferences
  if (permission !== 'default' || !notificationsOffered.value) return null
  return (
    <div class="alerts-offer">
      <p>{words('notifications.about')}</p>
      <div class="alerts-offer-acts">
        <button
          type="button"
          class="button small primary"
          onClick={() => void Notification.requestPermission().then(setPermission)}
        >
          {words('notifications.allow')}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => {
            notificationsOffered.value = false
          }}
        >
          {words('notifications.notNow')}
        </button>
      </div>
    </div>
  )
}
