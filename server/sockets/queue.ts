import type { StoredRow } from '../../db/queries/queueRows.ts'
import { preparedWords } from '../../engine/conversation/preparedWords.ts'
import { rowsOf, wireFile } from '../../engine/conversation/render.ts'
import type { Clocks, Conversation } from '../../engine/conversation/state.ts'
import { type Desk, metrics } from '../../engine/desk.ts'
import { maskPersonalData } from '../../engine/identity/index.ts'
import type { Language } from '../../engine/language.ts'
import { type Clock, isOpenClock, isPaused } from '../../engine/sla.ts'
import type { ConversationDetail, QueueRow, WireClock, WireMarks, WirePromise } from '../../engine/wire.ts'

/** A conversation that operators work on: it has a ticket. */
type Worked = Extract<Conversation, { ticket: unknown }>
export const isWorked = (state: Conversation): state is Worked => 'ticket' in state

/** The beginning of what the visitor described; the first long text of the desk's request. */
function subjectOf(desk: Desk, state: Worked): string {
  const field = desk.request.fields.find(({ kind }) => kind === 'longText')
  return maskPersonalData((field && state.ticket.values[field.id]) || '').slice(0, 160)
}

function nameOf(desk: Desk, state: Worked): string | null {
  const field = desk.identification.fields.find(({ kind }) => kind === 'fullName')
  return (field && state.ticket.values[field.id]) ?? null
}

const openPromise = ({ dueAt, warned, breachedAt }: Clock): WirePromise => ({
  dueAt,
  warned,
  breached: breachedAt !== undefined,
})
const promiseOf = (clock: Clock | undefined): WirePromise | null =>
  isOpenClock(clock) ? openPromise(clock) : null

/** How each of a ticket's promises stands, in the order in which they are made. */
const clocksOf = (clocks: Clocks): readonly WireClock[] =>
  metrics.flatMap((metric) => {
    const clock = clocks[metric]
    if (!clock) return []
    const { dueAt, stoppedAt, breachedAt } = clock
    const breached = breachedAt !== undefined
    return [{ metric, dueAt, stoppedAt: stoppedAt ?? null, paused: isPaused(clock), breached }]
  })

/** A line of the console's queue; undefined for a conversation without a ticket. */
export function queueRow(desk: Desk, row: StoredRow): QueueRow | undefined {
  const { state } = row
  if (!isWorked(state)) return undefined
  const { ticket } = state
  const { firstResponse, nextResponse, resolution } = ticket.clocks
  return {
    conversationId: row.id,
    desk: row.desk,
    channel: row.channel,
    stage: state.stage === 'ended' ? 'resolved' : state.stage,
    outcome: ticket.outcome ?? null,
    language: state.language,
    ticketNumber: ticket.number,
    level: ticket.level,
    priority: ticket.priority,
    name: nameOf(desk, state),
    subject: subjectOf(desk, state),
    lastText: maskPersonalData(row.lastText),
    lastAt: row.lastAt,
    registeredAt: ticket.registeredAt,
    operator: state.stage === 'waiting' ? null : state.operator,
    visitorOnline: row.visitorOnline,
    contractRank: null,
    returnedAt: null,
    unread: row.unread,
    waitingForVisitor: ticket.waitingFor !== undefined,
    postponed: ticket.postponed ? { until: ticket.postponed.until ?? null } : null,
    passedOn: ticket.passedOn ? { to: ticket.passedOn.to, dueOn: ticket.passedOn.dueOn ?? null } : null,
    warned: ticket.warnedAt !== undefined,
    silenceOver: ticket.waitingFor?.over === true,
    firstResponse: promiseOf(firstResponse),
    nextResponse: promiseOf(nextResponse),
    resolution:
      resolution && isOpenClock(resolution)
        ? { ...openPromise(resolution), paused: isPaused(resolution) }
        : null,
  }
}

export type DetailWithoutMessages = Omit<ConversationDetail, 'messages' | 'hasEarlier'>

/** What an operator sees beside the thread: who it is, what they ask, what they have read; the IIN masked. */
export function conversationDetail(
  desk: Desk,
  row: StoredRow,
  language: Language,
  marks: WireMarks,
): DetailWithoutMessages | undefined {
  const line = queueRow(desk, row)
  if (!line || !isWorked(row.state)) return undefined
  const { ticket, articlesSeen } = row.state
  const valuesOf = (fields: Desk['request']['fields']) =>
    Object.fromEntries(
      fields.flatMap(({ id }) => (ticket.values[id] === undefined ? [] : [[id, ticket.values[id]]])),
    )
  const personal = desk.identification.fields.filter(({ kind }) => kind === 'iin').map(({ id }) => id)
  return {
    row: line,
    clocks: clocksOf(ticket.clocks),
    identity: rowsOf(desk, language, valuesOf(desk.identification.fields), 'operator').map((one) => ({
      ...one,
      masked: personal.includes(one.field),
    })),
    identityRefused: ticket.identityRefused,
    request: rowsOf(desk, language, valuesOf(desk.request.fields), 'operator'),
    files: ticket.files.map(wireFile),
    articlesSeen: articlesSeen.map((id) => ({ id, title: desk.articles.get(id)?.[language].title ?? id })),
    marks,
    rating: ticket.rating ?? null,
    comment: ticket.comment === undefined ? null : maskPersonalData(ticket.comment),
    prepared: preparedWords(desk, row.state.ticket, row.state.language, language),
  }
}
