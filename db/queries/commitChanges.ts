import type { Alert } from '../../engine/alert.ts'
import type { Author, Content } from '../../engine/conversation/content.ts'
import type { Effect } from '../../engine/conversation/effect.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import { pushChannel, pushedOf } from '../../engine/conversation/pushed.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import type { Letter } from '../../engine/letter.ts'
import type { Sql } from '../client.ts'
import { alertNames, alertRow, alertTypes } from './alerts.ts'
import type { Aggregate } from './loadAggregates.ts'
import type { MessageAtDesk } from './messages.ts'
import { letterRow } from './outbox.ts'
import { questionWrites } from './questionWrites.ts'
import { ticketColumns, ticketRows } from './ticketRows.ts'

/** Told to every process when deadlines or messages to push were written. */
export const workChannel = 'komekshi_work'
/** What it is told with when somebody may have to be given a conversation, or have it taken back. */
export const ticketWork = 'tickets'

/** Everything one conversation's events lead to, written together or not at all. */
export type Change = {
  readonly before: Aggregate
  readonly after: Aggregate
  readonly messages: readonly MessageAtDesk[]
  readonly effects: readonly Effect[]
  /** Deadlines that have been raised by these events. */
  readonly raised: readonly { readonly timer: string; readonly dueAt: Instant }[]
  /** What people are to look at. */
  readonly alerts: readonly Alert[]
  /** E-mails that the visitor is to get. */
  readonly letters: readonly Letter[]
}

const stageOperator = (state: Conversation): string | null => ('operator' in state ? state.operator.id : null)
const stageTicket = (state: Conversation): number | null => ('ticket' in state ? state.ticket.number : null)

/** What decides who is given what: where a request stands, with whom, who is waited for. */
function assignmentFacts(state: Conversation): string {
  if (!('ticket' in state)) return state.stage
  const { unansweredSince, waitingFor, postponed, passedOn, priority } = state.ticket
  const held = [waitingFor, postponed, passedOn].map((one) => one !== undefined)
  return JSON.stringify([state.stage, stageOperator(state), unansweredSince, priority, ...held])
}

const concernsAssignment = ({ before, after }: Change): boolean =>
  before.state !== after.state && assignmentFacts(before.state) !== assignmentFacts(after.state)

/** Whether a message is one that operators have to read. */
const isUnread = (author: Author, content: Content): boolean =>
  author.kind === 'visitor' && (content.kind === 'text' || content.kind === 'file' || content.kind === 'edit')

const conversationRow = ({ before, after, messages }: Change) => ({
  id: before.id,
  version: before.version,
  calendar_version: after.calendarVersion,
  desk: after.desk,
  last_seq: after.lastSeq,
  state: after.state,
  stage: after.state.stage,
  operator_id: stageOperator(after.state),
  ticket_number: stageTicket(after.state),
  unread_more: messages.filter(({ author, content }) => isUnread(author, content)).length,
  last_text: after.lastText,
  last_at: after.lastAt,
})

const messageRows = ({ before, after, messages }: Change) =>
  messages.map((message, index) => ({
    conversation_id: before.id,
    seq: message.seq,
    event_id: message.eventId,
    first: index === 0 || messages[index - 1]?.eventId !== message.eventId,
    desk: message.desk === after.desk ? null : message.desk,
    at: message.at,
    audience: message.audience,
    author: message.author,
    content: message.content,
  }))

const pushedRows = ({ before, messages }: Change) =>
  before.address === null
    ? []
    : pushedOf(before.channel, messages).map(({ seq, at }) => ({
        channel: pushChannel(before.channel),
        address: before.address,
        conversation_id: before.id,
        seq,
        notice: null,
        next_attempt_at: at,
      }))

const outboxRows = (change: Change) => [
  ...pushedRows(change),
  ...change.letters.map((letter) => letterRow(change.after, letter)),
]

/** What becomes of each deadline. One that was raised goes only as it was: it may have been moved meanwhile. */
function timerRows({ before, effects, raised }: Change) {
  const last = new Map<string, { readonly due_at: Instant | null; readonly raised_at: Instant | null }>()
  for (const { timer, dueAt } of raised) last.set(timer, { due_at: null, raised_at: dueAt })
  for (const effect of effects) {
    if (effect.type === 'setTimer') last.set(effect.timer, { due_at: effect.dueAt, raised_at: null })
    if (effect.type === 'cancelTimers')
      for (const timer of effect.timers) last.set(timer, { due_at: null, raised_at: null })
  }
  return [...last].map(([name, row]) => ({ conversation_id: before.id, name, ...row }))
}

/**
 * Writes the changes of many conversations by one statement, so that a busy moment costs one round trip.
 * A conversation is written only at the version it was read at; the ids of those written come back, the others have
 * been changed by another process meanwhile and are to be read again. A repeated event violates `messages_event`
 * and fails the statement as a whole: write the changes one by one then.
 */
export async function commitChanges(sql: Sql, changes: readonly Change[]): Promise<ReadonlySet<string>> {
  const timers = changes.flatMap(timerRows)
  const tickets = changes.flatMap(({ after, effects }) => ticketRows(after, effects))
  const outbox = changes.flatMap(outboxRows)
  const json = (rows: readonly object[]) => JSON.stringify(rows)
  const moved = changes.flatMap(({ before, after }) =>
    before.desk === after.desk ? [] : [{ conversation_id: before.id, desk: before.desk }],
  )
  const alerts = changes.flatMap(({ after, alerts }) => alerts.map((alert) => alertRow(after, alert)))
  const rare = timers.length + tickets.length + outbox.length + alerts.length + moved.length > 0
  const toAssign = changes.some(concernsAssignment)
  const announced =
    toAssign || outbox.length + alerts.length > 0 || timers.some(({ due_at }) => due_at !== null)
  const rareWrites = sql`,
    left_behind as (
      update messages m set desk = g.desk from jsonb_to_recordset(${json(moved)}::text::jsonb) as g(
        conversation_id uuid, desk text), changed
      where m.conversation_id = g.conversation_id and m.desk is null and changed.id = g.conversation_id),
    cleared as (
      delete from timers t using jsonb_to_recordset(${json(timers)}::text::jsonb) as g(conversation_id uuid,
        name text, due_at timestamptz, raised_at timestamptz), changed
      where g.due_at is null and t.conversation_id = g.conversation_id and t.name = g.name
        and (g.raised_at is null or t.due_at = g.raised_at) and changed.id = g.conversation_id),
    set_timers as (
      insert into timers (conversation_id, name, due_at)
      select g.* from jsonb_to_recordset(${json(timers)}::text::jsonb) as g(conversation_id uuid, name text,
        due_at timestamptz) join changed on changed.id = g.conversation_id where g.due_at is not null
      on conflict (conversation_id, name) do update set due_at = excluded.due_at, claimed_until = null),
    saved_tickets as (
      insert into tickets (${sql.unsafe(ticketColumns.names)})
      select g.* from jsonb_to_recordset(${json(tickets)}::text::jsonb) as g(${sql.unsafe(ticketColumns.typed)})
      join changed on changed.id = g.conversation_id
      on conflict (number) do update set ${sql.unsafe(ticketColumns.replaced)}),
    alerted as (
      insert into alerts (${sql.unsafe(alertNames)})
      select g.* from jsonb_to_recordset(${json(alerts)}::text::jsonb) as g(${sql.unsafe(alertTypes)})
      join changed on changed.id = g.conversation_id),
    queued as (
      insert into outbox (channel, address, conversation_id, seq, notice, next_attempt_at)
      select g.* from jsonb_to_recordset(${json(outbox)}::text::jsonb) as g(channel text, address text,
        conversation_id uuid, seq int, notice jsonb, next_attempt_at timestamptz)
      join changed on changed.id = g.conversation_id order by g.conversation_id, g.seq)`
  const rows = await sql<{ id: string }[]>`
    with changed as (
      update conversations c set version = c.version + 1, calendar_version = g.calendar_version, desk = g.desk,
        last_seq = g.last_seq, state = g.state, stage = g.stage, operator_id = g.operator_id,
        ticket_number = g.ticket_number, unread = c.unread + g.unread_more, last_text = g.last_text,
        last_at = g.last_at
      from jsonb_to_recordset(${json(changes.map(conversationRow))}::text::jsonb) as g(id uuid, version int,
        calendar_version int, desk text, last_seq int, state jsonb, stage text, operator_id uuid,
        ticket_number int, unread_more int, last_text text, last_at timestamptz)
      where c.id = g.id and c.version = g.version returning c.id),
    posted as (
      insert into messages (conversation_id, seq, event_id, first, desk, at, audience, author, content)
      select m.* from jsonb_to_recordset(${json(changes.flatMap(messageRows))}::text::jsonb) as m(
        conversation_id uuid, seq int, event_id text, first boolean, desk text, at timestamptz, audience text,
        author jsonb, content jsonb) join changed on changed.id = m.conversation_id)${rare ? rareWrites : sql``}${questionWrites(sql, changes) ?? sql``}
    select id, ${announced ? sql`(select pg_notify(${workChannel}, ${toAssign ? ticketWork : ''}))` : sql`null`} as announced from changed`
  return new Set(rows.map(({ id }) => id))
}
