import { toneOf } from '../logic/countdown.ts'
import { lineText } from '../logic/lineText.ts'
import { pressingPromise } from '../logic/nextPromise.ts'
import { rowState } from '../logic/rowState.ts'
import type { ShownRow } from '../state/queue.ts'
import { ChannelIcon, LanguageBadge, RankBadges } from './Badges.tsx'
import { useApp, useWords } from './context.ts'
import { DueTime } from './DueTime.tsx'
import { OnlineDot } from './OnlineDot.tsx'

/** One conversation of the queue. `reachable`: the one that Tab leads to; the arrow keys lead on from it. */
export function QueueLine({ line, reachable }: { line: ShownRow; reachable: boolean }) {
  const app = useApp()
  const words = useWords()
  const { row, left } = line
  const thread = app.threads.thread.value
  const open = thread.status !== 'none' && thread.id === row.conversationId
  const { value: desks } = app.desks
  const desk =
    desks.length > 1 && app.queue.desk.value === undefined
      ? desks.find(({ id }) => id === row.desk)
      : undefined
  const mine = row.operator?.id === app.me.value?.id
  const pressing = pressingPromise(row, app.clock.now.value)
  const tone = pressing ? toneOf(pressing.promise, app.clock.now.value) : 'none'

  return (
    <li class="line" data-id={row.conversationId} data-tone={tone} data-left={left}>
      <button
        type="button"
        id={`row-${row.conversationId}`}
        tabIndex={reachable ? 0 : -1}
        {...(open && { 'aria-current': 'true' as const })}
        onFocus={() => {
          app.queue.cursor.value = row.conversationId
        }}
        onClick={(event) => {
          app.openConversation(row.conversationId)
          if (mine && event.detail > 0) app.focusWish.value = { composerOf: row.conversationId }
        }}
      >
        <span class="line-top">
          <OnlineDot row={row} />
          <span class={row.name ? 'line-name' : 'line-name unnamed'}>
            {row.name ?? words('visitor.unnamed')}
          </span>
          <DueTime row={row} />
        </span>
        <span class="line-middle">
          <span class="line-subject">{lineText(row)}</span>
          {row.unread > 0 && (
            <span class="unread" title={words('row.unread', { count: row.unread })}>
              {row.unread}
              <span class="unseen">{words('row.unread', { count: row.unread })}</span>
            </span>
          )}
        </span>
        <span class="line-bottom">
          <ChannelIcon channel={row.channel} />
          <span class="number">№ {row.ticketNumber}</span>
          {desk && (
            <span class="line-desk" title={desk.name}>
              {app.shortDeskNames.value.get(desk.id)}
            </span>
          )}
          <LanguageBadge language={row.language} />
          <RankBadges row={row} />
          <span class="line-state">
            {rowState(row, words) ??
              (mine
                ? app.queue.view.value === 'mine'
                  ? ''
                  : words('row.mine')
                : (row.operator?.name ?? ''))}
          </span>
        </span>
      </button>
    </li>
  )
}
