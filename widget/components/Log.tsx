import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useChat } from '../chat.ts'
import { bubbles, hasEarlier, link, loadingEarlier, operatorTyping, state } from '../store.ts'
import { type Section, sectionsOf } from '../thread.ts'
import { dayLabel, dayOf } from '../when.ts'
import { language, t } from '../words.ts'
import { BubbleView } from './BubbleView.tsx'
import { Icon } from './Icon.tsx'

const nearEdge = 60
/** The thread as it was found is not read out; what comes after this many milliseconds is. */
const quietAtFirst = 1_000

/**
 * The thread. It stays at the newest message unless the reader has scrolled up; a new message taller than the screen
 * is shown from its beginning; earlier ones come in at the top without moving what is being read.
 */
export function Log() {
  const chat = useChat()
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const seen = useRef({ first: 0, last: 0, waiting: 0, height: 0 })
  const [unseen, setUnseen] = useState(0)
  const [away, setAway] = useState(false)
  const [speaks, setSpeaks] = useState(false)
  const joined = state.value !== undefined
  const shown = bubbles.value
  const sections = useMemo(() => sectionsOf(shown, dayOf), [shown, language.value])

  const toEnd = (gently = false) => {
    const log = box.current!
    const isNear = log.scrollHeight - log.scrollTop < 3 * log.clientHeight
    log.scrollTo({ top: log.scrollHeight, behavior: gently && isNear ? 'smooth' : 'instant' })
    setUnseen(0)
  }

  useLayoutEffect(() => {
    const log = box.current!
    const before = seen.current
    const stored = shown.filter(({ seq }) => seq !== undefined)
    const first = stored[0]?.seq ?? 0
    const last = stored.at(-1)?.seq ?? 0
    const onTheWay = shown.length - stored.length
    const fresh = stored.filter(({ seq, author }) => seq! > before.last && author.kind !== 'visitor')
    if (before.first && first < before.first) log.scrollTop += log.scrollHeight - before.height
    else if (onTheWay > before.waiting || !before.last) toEnd()
    else if (fresh.length && follows.current) {
      const start = log.querySelector<HTMLElement>(`[data-seq="${fresh[0]!.seq}"]`)
      log.scrollTop = Math.min(log.scrollHeight, start ? start.offsetTop - 12 : log.scrollHeight)
    } else if (fresh.length)
      setUnseen((count) => count + fresh.filter((b) => b.content.kind !== 'activity').length)
    seen.current = { first, last, waiting: onTheWay, height: log.scrollHeight }
  }, [shown])

  useEffect(() => {
    const log = box.current!
    const resized = new ResizeObserver(() => {
      if (follows.current) log.scrollTop = log.scrollHeight
      seen.current.height = log.scrollHeight
    })
    resized.observe(log)
    resized.observe(content.current!)
    return () => resized.disconnect()
  }, [])

  useEffect(() => {
    if (joined) setTimeout(() => setSpeaks(true), quietAtFirst)
  }, [joined])

  const onScroll = () => {
    const log = box.current!
    follows.current = log.scrollHeight - log.scrollTop - log.clientHeight < nearEdge
    setAway(!follows.current)
    if (follows.current) setUnseen(0)
    if (log.scrollTop < nearEdge) chat.loadEarlier()
  }

  return (
    <main>
      <div
        class="log"
        ref={box}
        onScroll={onScroll}
        role="log"
        aria-live={speaks ? 'polite' : 'off'}
        aria-busy={loadingEarlier.value}
        aria-label={t('messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div class="thread" ref={content}>
          {hasEarlier.value && (
            <button type="button" class="earlier" disabled={loadingEarlier.value} onClick={chat.loadEarlier}>
              {loadingEarlier.value ? t('loadingEarlier') : t('earlier')}
            </button>
          )}
          {!joined && <Waiting />}
          {joined && !shown.length && <p class="nothing">{t('nothingYet')}</p>}
          {sections.map((section) => (
            <SectionView key={section.key} section={section} />
          ))}
          {operatorTyping.value && (
            <p class="typing">
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              {t('operatorTyping', { name: state.value?.operator ?? t('operatorNote') })}
            </p>
          )}
        </div>
      </div>
      {away && (
        <button
          type="button"
          class="newest"
          data-new={unseen > 0}
          aria-label={unseen ? undefined : t('toEnd')}
          title={t('toEnd')}
          onClick={() => toEnd(true)}
        >
          <Icon name="down" />
          {unseen > 0 && t('newMessages', { count: unseen })}
        </button>
      )}
    </main>
  )
}

function SectionView({ section }: { readonly section: Section }) {
  if (section.type === 'day') return <p class="day">{dayLabel(section.at, new Date(), t)}</p>
  if (section.type === 'activity') {
    const { content, seq } = section.bubble
    if (content.kind !== 'activity') return null
    return (
      <p class="activity" data-tone={content.tone} data-seq={seq}>
        {content.text}
      </p>
    )
  }
  const { author, bubbles: group } = section
  return (
    <div class="group" data-from={author.kind}>
      {author.kind === 'operator' && <p class="name">{author.name}</p>}
      {group.map((bubble, i) => (
        <BubbleView key={bubble.key} bubble={bubble} last={i === group.length - 1} />
      ))}
    </div>
  )
}

function Waiting() {
  if (link.value === 'unreachable')
    return (
      <div class="unreachable" role="alert">
        <Icon name="alert" />
        <strong>{t('unreachable')}</strong>
        <p>{t('unreachableNote')}</p>
      </div>
    )
  return (
    <div class="skeleton" role="status" aria-label={t('connecting')}>
      <i />
      <i />
      <i />
    </div>
  )
}
