import { countdownWords, toneOf } from '../logic/countdown.ts'
import { momentWords } from '../logic/dateWords.ts'
import { type DueLine, dueBoard, dueGroups } from '../logic/dueBoard.ts'
import { LanguageBadge, RankBadges } from './Badges.tsx'
import { useApp, useWords } from './context.ts'
import { EmptyState } from './EmptyState.tsx'
import { Icon } from './Icon.tsx'

/** What falls due: every promise of the supervisor's desks that is late or ends today, as it stands this second. */
export function DueBoard() {
  const app = useApp()
  const words = useWords()
  const now = app.clock.now.value
  const board = dueBoard(app.queue.rows.value.values(), now, app.zoneOf)
  const pressing = ['overdue', 'quarter', 'hour'] as const
  const calm = pressing.every((group) => board.get(group)?.length === 0)
  return (
    <main class="report due-board" id="work" tabIndex={-1}>
      <div class="report-head">
        <h1>{words('due.title')}</h1>
        <p class="muted">{words('due.about')}</p>
      </div>
      {calm && <EmptyState icon="clock" title={words('due.none')} text={words('due.noneText')} />}
      {dueGroups.map((group) => {
        const lines = board.get(group) ?? []
        return (
          lines.length > 0 && (
            <section key={group} class={`card due-group ${group}`} aria-labelledby={`due-${group}`}>
              <h2 id={`due-${group}`}>
                {words(`due.group.${group}`)} <span class="count">{lines.length}</span>
              </h2>
              <ul>
                {lines.map((line) => (
                  <DueBoardLine key={`${line.row.conversationId}:${line.metric}`} line={line} now={now} />
                ))}
              </ul>
            </section>
          )
        )
      })}
    </main>
  )
}

function DueBoardLine({ line: { row, metric, promise }, now }: { line: DueLine; now: number }) {
  const app = useApp()
  const words = useWords()
  const zone = app.zoneOf(row.desk)
  const tone = toneOf(promise, now)
  const moment = momentWords(Date.parse(promise.dueAt), now, zone, words)
  return (
    <li>
      <a href={`#/conversation/${row.conversationId}`} class="due-line">
        <span class={`due ${tone}`} title={words(`due.${metric}.until`, { moment })}>
          <Icon name={tone === 'overdue' ? 'warning' : 'clock'} size={14} />
          {countdownWords(promise, now, zone, words)}
        </span>
        <span class="due-metric">{words(`ticket.${metric}`)}</span>
        <span class="due-who">
          <strong>{row.name ?? words('visitor.unnamed')}</strong>
          <span class="number">№ {row.ticketNumber}</span>
        </span>
        <span class="due-badges">
          {app.desks.value.length > 1 && (
            <span class="line-desk">{app.shortDeskNames.value.get(row.desk)}</span>
          )}
          <LanguageBadge language={row.language} />
          <RankBadges row={row} />
        </span>
        <span class="due-operator">{row.operator?.name ?? words('due.nobody')}</span>
      </a>
    </li>
  )
}
