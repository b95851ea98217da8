import type { QueueRow } from '../../engine/wireConsole.ts'
import { pressingPromise } from '../logic/nextPromise.ts'
import { rareActs } from '../logic/permitted.ts'
import { rowState } from '../logic/rowState.ts'
import type { DialogName } from '../state/app.ts'
import type { ConsoleKey } from '../words.ts'
import { ChannelIcon, LanguageBadge, RankBadges } from './Badges.tsx'
import { useApp, useWords } from './context.ts'
import { DueTime } from './DueTime.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { OnlineDot } from './OnlineDot.tsx'

/** Whose conversation this is, how it stands, and what can be done with it. */
export function ThreadHead({ row }: { row: QueueRow }) {
  const app = useApp()
  const words = useWords()
  const id = row.conversationId
  const ready = app.threads.thread.value.status === 'open'
  const about = () => {
    if (matchMedia('(min-width: 1000px)').matches)
      app.preferences.aboutShown.value = !app.preferences.aboutShown.value
    else {
      const route = app.router.route.value
      app.router.go({ name: 'conversation', id, about: !(route.name === 'conversation' && route.about) })
    }
  }
  const state =
    row.stage === 'resolved'
      ? (rowState(row, words) ?? words('thread.resolved'))
      : row.operator === null
        ? words('thread.waits')
        : row.operator.id === app.me.value?.id
          ? rowState(row, words)
          : words('thread.by', { name: row.operator.name })
  return (
    <header class="thread-head">
      <a
        class="icon-button narrow-only"
        href="#/"
        title={words('action.toQueue')}
        aria-label={words('action.toQueue')}
      >
        <Icon name="back" />
      </a>
      <div class="thread-title">
        <h1>
          <span {...(row.name === null && { class: 'unnamed' })}>{row.name ?? words('visitor.unnamed')}</span>
          <OnlineDot row={row} />
        </h1>
        <p>
          <ChannelIcon channel={row.channel} />
          <span class="number">№ {row.ticketNumber}</span>
          <LanguageBadge language={row.language} />
          <RankBadges row={row} />
          {state && <span class="thread-state">{state}</span>}
          {pressingPromise(row, app.clock.now.value) && <DueTime row={row} />}
        </p>
      </div>
      <div class="actions" role="toolbar" aria-label={words('actions.label')}>
        {ready && <Actions row={row} />}
        <IconButton
          icon="about"
          label={words('about.toggle')}
          pressed={app.preferences.aboutShown.value}
          onClick={about}
        />
      </div>
    </header>
  )
}

function Actions({ row }: { row: QueueRow }) {
  const app = useApp()
  const id = row.conversationId
  const may = app.allowed.value
  const show = (dialog: DialogName) => () => {
    app.dialog.value = dialog
  }
  return (
    <>
      {may.has('closedUnanswered') && (
        <Action
          act="closedUnanswered"
          id={id}
          icon="clock"
          look="primary"
          onClick={show('closeUnanswered')}
        />
      )}
      {may.has('askedForInformation') && (
        <Action act="askedForInformation" id={id} icon="question" keys="I" onClick={show('ask')} />
      )}
      {may.has('transferred') && (
        <Action act="transferred" id={id} icon="arrows" keys="X" onClick={show('transfer')} />
      )}
      {may.has('released') && (
        <Action
          act="released"
          id={id}
          icon="undo"
          keys="L"
          onClick={() => app.act(id, { type: 'released' })}
        />
      )}
      {rareActs.some((act) => may.has(act)) && <MoreMenu />}
      {may.has('resolved') && (
        <Action act="resolved" id={id} icon="done" keys="E" look="good" onClick={show('resolve')} />
      )}
      {may.has('tookOver') && (
        <Action
          act="tookOver"
          id={id}
          icon="user"
          keys="T"
          look="primary"
          onClick={() => app.act(id, { type: 'tookOver' })}
        />
      )}
      {may.has('took') && (
        <Action
          act="took"
          id={id}
          icon="user"
          keys="T"
          look={row.stage === 'resolved' ? 'plain' : 'primary'}
          {...(row.stage === 'resolved' && { name: 'act.reopened' as const })}
          onClick={() => app.act(id, { type: 'took' })}
        />
      )}
    </>
  )
}

type ActionProps = {
  readonly act: keyof typeof hints
  readonly id: string
  readonly icon: IconName
  readonly keys?: string
  readonly look?: 'primary' | 'good' | 'plain'
  readonly name?: ConsoleKey
  readonly onClick: () => void
}

const hints = {
  took: 'help.take',
  tookOver: 'help.takeOver',
  released: 'help.release',
  transferred: 'help.transfer',
  askedForInformation: 'help.ask',
  closedUnanswered: 'closeUnanswered.hint',
  resolved: 'help.resolve',
} as const

function Action({ act, id, icon, keys, look, name, onClick }: ActionProps) {
  const app = useApp()
  const words = useWords()
  const busy = app.acts.busy.value.has(`${act}:${id}`)
  return (
    <button
      type="button"
      class={`button action ${look ?? ''}`}
      title={name ? words(name) : words(hints[act]) + (keys ? ` (${keys})` : '')}
      {...(!name && keys && { 'aria-keyshortcuts': keys })}
      aria-busy={busy}
      disabled={busy}
      onClick={onClick}
    >
      <Icon name={icon} size={17} />
      <span class="action-name">{words(name ?? `act.${act}`)}</span>
    </button>
  )
}
