import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { type View, views } from '../logic/queueOrder.ts'
import { useApp, useWords } from './context.ts'
import { EmptyState } from './EmptyState.tsx'
import { Icon } from './Icon.tsx'
import { QueueLine } from './QueueLine.tsx'
import { Skeleton } from './Skeleton.tsx'
import { useCalmMoves } from './useCalmMoves.ts'

const stillness = 20_000
const emptyIcons = { waiting: 'done', mine: 'widget', live: 'done', resolved: 'book' } as const

/** The queue: the next one to answer stands on top; nothing moves under a hand that points at it. */
export function QueuePane() {
  const app = useApp()
  const words = useWords()
  const { queue } = app
  const shown = queue.shown.value
  const list = useRef<HTMLUListElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const still = useRef<ReturnType<typeof setTimeout>>(undefined)
  useCalmMoves(
    list,
    shown.map(({ row }) => row.conversationId),
  )

  const wish = app.focusWish.value
  // before the next key press, which is to be typed here
  useLayoutEffect(() => {
    if (wish !== 'search') return
    app.focusWish.value = undefined
    search.current?.select()
  }, [app, wish])
  useEffect(() => () => clearTimeout(still.current), [])

  const release = () => {
    clearTimeout(still.current)
    queue.release()
  }
  const hold = () => {
    queue.hold()
    clearTimeout(still.current)
    still.current = setTimeout(queue.release, stillness)
  }
  const here = shown.some(({ row }) => row.conversationId === queue.cursor.value)
  const first = queue.view.value === 'waiting' ? shown.find(({ left }) => !left) : undefined

  return (
    <section class="pane queue" id="work" tabIndex={-1} aria-label={words('queue.label')}>
      <div class="queue-head">
        <ViewTabs />
        <div class="queue-filters">
          <label class="search">
            <Icon name="search" size={16} />
            <span class="unseen">{words('queue.search')}</span>
            <input
              ref={search}
              type="search"
              placeholder={words('queue.search')}
              value={queue.query.value}
              onInput={(event) => {
                release()
                queue.query.value = event.currentTarget.value
              }}
              onKeyDown={(event) => {
                if (event.key === 'Escape') {
                  queue.query.value = ''
                  event.currentTarget.blur()
                } else if (event.key === 'Enter' && shown[0])
                  app.openConversation(shown[0].row.conversationId)
              }}
            />
            <kbd class="wide-only">/</kbd>
          </label>
          {app.desks.value.length > 1 && (
            <select
              class="input compact"
              aria-label={words('queue.desk')}
              value={queue.desk.value ?? ''}
              onChange={(event) => {
                release()
                queue.desk.value = event.currentTarget.value || undefined
              }}
            >
              <option value="">{words('queue.allDesks')}</option>
              {app.desks.value.map((desk) => (
                <option key={desk.id} value={desk.id} title={desk.name}>
                  {app.shortDeskNames.value.get(desk.id)}
                </option>
              ))}
            </select>
          )}
        </div>
        <div class="queue-acts">
          {first && (
            <button
              type="button"
              class="button primary take-next"
              title={`${words('action.takeNext')} (T)`}
              aria-keyshortcuts="T"
              onClick={app.takeNext}
            >
              {words('action.takeNext')}
              <kbd class="wide-only">T</kbd>
            </button>
          )}
          {app.ownDesks.value.length > 0 && (
            <button
              type="button"
              class="button put-down"
              title={`${words('hand.hint')} (C)`}
              aria-keyshortcuts="C"
              onClick={() => {
                app.dialog.value = 'handRequest'
              }}
            >
              <Icon name="plus" size={17} />
              <span>{words('hand.new')}</span>
            </button>
          )}
        </div>
      </div>
      {queue.outdated.value && (
        <button type="button" class="fresh" onClick={release}>
          {words('queue.outdated')}
        </button>
      )}
      <div class="queue-scroll">
        {!queue.loaded.value ? (
          <Skeleton lines={12} />
        ) : shown.length === 0 ? (
          <NothingHere view={queue.view.value} />
        ) : (
          <ul
            ref={list}
            class="rows"
            onPointerMove={(event) => event.pointerType === 'mouse' && hold()}
            onPointerLeave={release}
            onFocusIn={(event) => (event.target as Element).matches(':focus-visible') && hold()}
            onFocusOut={(event) => {
              if (!list.current?.contains(event.relatedTarget as Node | null)) release()
            }}
          >
            {shown.map((line, place) => (
              <QueueLine
                key={line.row.conversationId}
                line={line}
                reachable={here ? queue.cursor.value === line.row.conversationId : place === 0}
              />
            ))}
          </ul>
        )}
        {queue.hidden.value > 0 && (
          <button type="button" class="button more-lines" onClick={queue.showMore}>
            {words('queue.more', { count: queue.hidden.value })}
          </button>
        )}
      </div>
    </section>
  )
}

function NothingHere({ view }: { view: View }) {
  const { queue } = useApp()
  const words = useWords()
  if (queue.query.value.trim() !== '')
    return <EmptyState icon="search" title={words('empty.search')} text={words('empty.searchText')} />
  return (
    <EmptyState icon={emptyIcons[view]} title={words(`empty.${view}`)} text={words(`empty.${view}Text`)} />
  )
}

function ViewTabs() {
  const { queue } = useApp()
  const words = useWords()
  return (
    <fieldset class="tabs" aria-label={words('queue.views')}>
      {views.map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={queue.view.value === view}
          onClick={() => queue.look(view)}
        >
          {words(`view.${view}`)}
          <span class={`count ${queue.calling.value[view] ? 'loud' : ''}`}>{queue.counts.value[view]}</span>
        </button>
      ))}
    </fieldset>
  )
}
