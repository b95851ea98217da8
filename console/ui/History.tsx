import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { dayWords } from '../logic/dateWords.ts'
import { lastSeqOf, timeline } from '../logic/thread.ts'
import type { OpenThread } from '../state/thread.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { MessageView } from './MessageView.tsx'
import { PendingView } from './PendingView.tsx'

const nearEnd = 80

/** What has been said so far. It stays at the newest words unless somebody has gone back to read. */
export function History({ thread }: { thread: OpenThread }) {
  const app = useApp()
  const words = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const inner = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const fromEnd = useRef<number>(undefined)
  const [away, setAway] = useState(false)
  const [seenSeq, setSeenSeq] = useState(0)
  const zone = app.zoneOf(thread.detail.row.desk)
  const { messages, firstUnread } = thread
  const items = useMemo(() => timeline(messages, zone, firstUnread), [messages, zone, firstUnread])
  const known = useMemo(() => new Set(messages.map((message) => message.eventId)), [messages])
  const pending = app.acts.pending.value.filter(
    ({ action }) => action.conversationId === thread.id && !known.has(action.id),
  )
  const newest = lastSeqOf(messages)
  const mine = thread.detail.row.operator === null || thread.detail.row.operator.id === app.me.value?.id

  const toEnd = (behavior: ScrollBehavior = 'instant') =>
    frame.current?.scrollTo({ top: frame.current.scrollHeight, behavior })
  const look = () => {
    if (mine && atEnd.current && document.visibilityState === 'visible' && document.hasFocus())
      app.threads.seen()
  }
  const scrolled = () => {
    const box = frame.current
    if (!box) return
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd
    setAway(!atEnd.current)
    if (atEnd.current) setSeenSeq(newest)
    look()
  }

  useLayoutEffect(() => {
    atEnd.current = true
    setAway(false)
    const line = inner.current?.querySelector<HTMLElement>('.unread-line')
    const box = frame.current
    if (line && box) box.scrollTop = line.offsetTop - box.clientHeight / 2
    else toEnd()
    scrolled()
  }, [thread.id])
  useLayoutEffect(() => {
    const box = frame.current
    if (box && fromEnd.current !== undefined) box.scrollTop = box.scrollHeight - fromEnd.current
    else if (atEnd.current) toEnd()
    fromEnd.current = undefined
    look()
  }, [messages])
  useLayoutEffect(() => {
    if (pending.length > 0) toEnd()
  }, [pending.length])
  useEffect(() => {
    if (!inner.current || !frame.current) return
    const keep = new ResizeObserver(() => atEnd.current && toEnd())
    keep.observe(inner.current)
    keep.observe(frame.current)
    window.addEventListener('focus', look)
    return () => {
      keep.disconnect()
      window.removeEventListener('focus', look)
    }
  })

  const earlier = () => {
    const box = frame.current
    if (box) fromEnd.current = box.scrollHeight - box.scrollTop
    void app.threads.earlier()
  }

  return (
    <div class="history-frame">
      <div
        ref={frame}
        class="history"
        data-scrolls
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-label={words('thread.history')}
        onScroll={scrolled}
      >
        <div ref={inner} class="history-inner">
          {thread.hasEarlier && (
            <button
              type="button"
              class="button small earlier"
              aria-busy={app.threads.loadingEarlier.value}
              onClick={earlier}
            >
              {words(app.threads.loadingEarlier.value ? 'state.loading' : 'thread.earlier')}
            </button>
          )}
          {items.map((item) => {
            if (item.kind === 'day')
              return (
                <p key={`day-${item.at}`} class="day">
                  <span>{dayWords(item.at, app.clock.now.peek(), zone, words)}</span>
                </p>
              )
            if (item.kind === 'unread')
              return (
                <p key="unread" class="unread-line">
                  <span>{words('thread.unread')}</span>
                </p>
              )
            return (
              <MessageView
                key={item.message.seq}
                message={item.message}
                leads={item.leads}
                zone={zone}
                marks={thread.detail.marks}
              />
            )
          })}
          {pending.map((each) => (
            <PendingView key={each.action.id} pending={each} />
          ))}
          {app.threads.visitorTyping.value && (
            <p class="typing" role="status">
              <i />
              <i />
              <i />
              <span>{words('thread.typing')}</span>
            </p>
          )}
        </div>
      </div>
      {away && (
        <button type="button" class="to-end" onClick={() => toEnd('smooth')}>
          <Icon name="down" size={16} />
          {words(newest > seenSeq ? 'thread.newBelow' : 'thread.toEnd')}
        </button>
      )}
    </div>
  )
}
