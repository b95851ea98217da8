import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { Priority } from '../../engine/desk.ts'
import type { ConversationDetail, QueueRow, WireClock } from '../../engine/wireConsole.ts'
import { contactHref } from '../logic/contactHref.ts'
import { momentWords } from '../logic/dateWords.ts'
import { shownVerdict } from '../logic/verdict.ts'
import type { OpenThread } from '../state/thread.ts'
import { ContractFacts } from './ContractFacts.tsx'
import { CopyButton } from './CopyButton.tsx'
import { useApp, useWords } from './context.ts'
import { FileView } from './FileView.tsx'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { Rows } from './Rows.tsx'
import { Stars } from './Stars.tsx'

/** Who it is, what they ask, and how the promise stands. */
export function AboutPane() {
  const app = useApp()
  const words = useWords()
  const thread = app.threads.thread.value
  if (thread.status !== 'open') return null
  const { detail } = thread
  return (
    <aside class="pane about" aria-label={words('about.label')}>
      <a
        class="icon-button narrow-only"
        href={`#/conversation/${thread.id}`}
        title={words('about.back')}
        aria-label={words('about.back')}
      >
        <Icon name="back" />
      </a>
      <Section title={words('about.person')}>
        {detail.identityRefused && <p class="notice">{words('about.refused')}</p>}
        {detail.identity.length > 0 && (
          <dl class="facts">
            {detail.identity.map((row) => (
              <IdentityRow key={`${thread.id}-${row.field}`} conversationId={thread.id} row={row} />
            ))}
          </dl>
        )}
        {!detail.identityRefused && detail.identity.length === 0 && (
          <p class="muted">{words('about.nobodyKnown')}</p>
        )}
      </Section>
      <TicketSection thread={thread} />
      {app.desks.value.find(({ id }) => id === detail.row.desk)?.contracts && (
        <Section title={words('about.contract')}>
          <ContractFacts row={app.openRow.value ?? detail.row} contract={detail.contract} />
        </Section>
      )}
      <Section title={words('about.request')}>
        {detail.request.length > 0 ? (
          <Rows rows={detail.request} />
        ) : (
          <p class="muted">{words('about.noRequest')}</p>
        )}
      </Section>
      <MissingSection detail={detail} />
      {detail.files.length > 0 && (
        <Section title={words('about.files')}>
          <div class="file-grid">
            {detail.files.map((file) => (
              <FileView key={file.id} file={file} small />
            ))}
          </div>
        </Section>
      )}
      {detail.articlesSeen.length > 0 && (
        <Section title={words('about.articles')}>
          <ul class="offered-articles">
            {detail.articlesSeen.map((article) => (
              <li key={article.id}>
                <Icon name="book" size={14} />
                {article.title}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </aside>
  )
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId()
  return (
    <section class="about-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** What the desk needs to know and nobody has told yet, and a way to ask for it. */
function MissingSection({ detail }: Pick<OpenThread, 'detail'>) {
  const app = useApp()
  const words = useWords()
  const row = app.openRow.value ?? detail.row
  if (detail.missing.length === 0 || row.stage === 'resolved') return null
  return (
    <Section title={words('about.missing')}>
      <ul class="missing-fields">
        {detail.missing.map(({ id, label }) => (
          <li key={id}>{label}</li>
        ))}
      </ul>
      {app.allowed.value.has('askedForInformation') && (
        <button
          type="button"
          class="button small about-act"
          onClick={() => {
            app.dialog.value = 'askMissing'
          }}
        >
          <Icon name="question" size={16} />
          {words('about.askMissing')}
        </button>
      )}
    </Section>
  )
}

/** How a promise stands: its moment while it is open, else how it was kept. */
function ClockFact({
  clock,
  over,
  zone,
  now,
}: {
  clock: WireClock
  over: boolean
  zone: string
  now: number
}) {
  const words = useWords()
  const verdict = shownVerdict(clock, now)
  return (
    <div>
      <dt>{words(`ticket.${clock.metric}`)}</dt>
      <dd class={`verdict ${verdict}`}>
        {words(`verdict.${verdict}`)}
        {!over && (verdict === 'running' || verdict === 'overdue') && (
          <span>{momentWords(Date.parse(clock.dueAt), now, zone, words)}</span>
        )}
      </dd>
    </div>
  )
}

/** From the most pressing to the least, as one chooses. */
const priorities: readonly Priority[] = ['immediate', 'urgent', 'normal', 'low']

/** The priority: whoever may set it chooses, and the promises are planned anew at once. */
function PriorityField({ row }: { row: QueueRow }) {
  const app = useApp()
  const words = useWords()
  if (!app.allowed.value.has('prioritised')) return <>{words(`priority.${row.priority}`)}</>
  return (
    <select
      class="input small"
      aria-label={words('ticket.priority')}
      title={words('priority.hint')}
      value={row.priority}
      disabled={app.acts.busy.value.has(`prioritised:${row.conversationId}`)}
      onChange={({ currentTarget: { value } }) => {
        const priority = priorities.find((each) => each === value)
        if (priority) app.act(row.conversationId, { type: 'prioritised', priority })
      }}
    >
      {priorities.map((each) => (
        <option key={each} value={each}>
          {words(`priority.${each}`)}
        </option>
      ))}
    </select>
  )
}

function TicketSection({ thread }: { thread: OpenThread }) {
  const app = useApp()
  const words = useWords()
  const { detail } = thread
  const row = app.openRow.value ?? detail.row
  const zone = app.zoneOf(row.desk)
  const now = app.clock.now.value
  const desk = app.desks.value.find((each) => each.id === row.desk)
  return (
    <Section title={words('about.ticket')}>
      <dl class="facts">
        <div>
          <dt>{words('ticket.number')}</dt>
          <dd class="with-tool">
            <strong>№ {row.ticketNumber}</strong>
            <CopyButton text={String(row.ticketNumber)} label={words('copy.number')} />
          </dd>
        </div>
        {app.desks.value.length > 1 && desk && (
          <div>
            <dt>{words('ticket.desk')}</dt>
            <dd>{desk.name}</dd>
          </div>
        )}
        <div>
          <dt>{words('ticket.channel')}</dt>
          <dd>{words(`channel.${row.channel}`)}</dd>
        </div>
        {detail.mailedTo !== null && (
          <div>
            <dt>{words('ticket.mailedTo')}</dt>
            <dd>{detail.mailedTo}</dd>
          </div>
        )}
        <div>
          <dt>{words('ticket.level')}</dt>
          <dd>{words(`level.${row.level}`)}</dd>
        </div>
        {row.dedicated && (
          <div>
            <dt>{words('ticket.dedicated')}</dt>
            <dd>{row.dedicated.name}</dd>
          </div>
        )}
        <div>
          <dt>{words('ticket.priority')}</dt>
          <dd>
            <PriorityField row={row} />
          </dd>
        </div>
        <div>
          <dt>{words('ticket.registered')}</dt>
          <dd>{momentWords(Date.parse(row.registeredAt), now, zone, words)}</dd>
        </div>
        {detail.clocks.map((clock) => (
          <ClockFact key={clock.metric} clock={clock} over={row.stage === 'resolved'} zone={zone} now={now} />
        ))}
        {(detail.rating !== null || row.stage === 'resolved') && (
          <div>
            <dt>{words('ticket.rating')}</dt>
            <dd>{detail.rating === null ? words('rating.none') : <Stars count={detail.rating} />}</dd>
          </div>
        )}
        {detail.comment !== null && (
          <div>
            <dt>{words('ticket.comment')}</dt>
            <dd class="comment">{detail.comment}</dd>
          </div>
        )}
      </dl>
    </Section>
  )
}

type Identity = ConversationDetail['identity'][number]

function IdentityRow({ conversationId, row }: { conversationId: string; row: Identity }) {
  const app = useApp()
  const words = useWords()
  const [whole, setWhole] = useState<string>()
  const [busy, setBusy] = useState(false)
  const value = whole ?? row.value
  const href = row.masked && whole === undefined ? undefined : contactHref(value)
  const contact = href && /phone|contact|email/i.test(row.field)
  async function toggle() {
    if (whole !== undefined) return setWhole(undefined)
    setBusy(true)
    setWhole(await app.reveal(conversationId, row.field))
    setBusy(false)
  }
  return (
    <div>
      <dt>{row.label}</dt>
      <dd class="with-tool">
        {contact ? <a href={href}>{value}</a> : <span>{value}</span>}
        {row.masked && (
          <IconButton
            icon={whole === undefined ? 'eye' : 'eyeOff'}
            label={words(whole === undefined ? 'about.show' : 'about.hide', { what: row.label })}
            disabled={busy}
            class="small"
            onClick={() => void toggle()}
          />
        )}
        {(!row.masked || whole !== undefined) && (
          <CopyButton text={value} label={words('copy.named', { what: row.label })} />
        )}
      </dd>
    </div>
  )
}
