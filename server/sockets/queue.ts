import type { StoredRow } from '../../db/queries/queueRows.ts'
import { findAnyField, findField } from '../../engine/conversation/draft.ts'
import { missingFields } from '../../engine/conversation/missingFields.ts'
import { preparedWords } from '../../engine/conversation/preparedWords.ts'
import { rowsOf, wireFile } from '../../engine/conversation/render.ts'
import type { Clocks, Conversation } from '../../engine/conversation/state.ts'
import { type Desk, type DeskField, deskFields, metrics } from '../../engine/desk.ts'
import { maskField, maskPersonalData } from '../../engine/identity/index.ts'
import type { Language } from '../../engine/language.ts'
import { type Clock, isOpenClock, isPaused } from '../../engine/sla.ts'
import type { WireMarks } from '../../engine/wire.ts'
import type { ConversationDetail, QueueRow, WireClock, WirePromise } from '../../engine/wireConsole.ts'
import type { WireContract } from '../../engine/wireContracts.ts'

/** A conversation that operators work on: it has a ticket. */
type Worked = Extract<Conversation, { ticket: unknown }>
export const isWorked = (state: Conversation): state is Worked => 'ticket' in state

/** The first value of a kind of field; a request from another desk has that desk's fields. */
const valueOfKind = (
  desk: Desk,
  { ticket: { values } }: Worked,
  wanted: DeskField['kind'],
): string | undefined => {
  const own = deskFields(desk).find(({ id, kind }) => kind === wanted && values[id] !== undefined)
  const id = own?.id ?? Object.keys(values).find((one) => findAnyField(desk, one)?.kind === wanted)
  return id === undefined ? undefined : values[id]
}

/** The beginning of what the visitor described. */
const subjectOf = (desk: Desk, state: Worked): string =>
  maskPersonalData(valueOfKind(desk, state, 'longText') ?? '').slice(0, 160)

const nameOf = (desk: Desk, state: Worked): string | null => valueOfKind(desk, state, 'fullName') ?? null

/** Whether a value tells who the person is: by the desk's own fields, else by those of the desk it came from. */
const tellsWho = (desk: Desk, id: string): boolean =>
  desk.identification.fields.some((field) => field.id === id) ||
  (!findField(desk, id) &&
    [...desk.others.values()].some((other) => other.identification.fields.some((field) => field.id === id)))

/** The values that fit, in the order of the desk's fields, then those of another desk's. */
const inFieldOrder = (
  desk: Desk,
  values: Readonly<Record<string, string>>,
  fits: (id: string) => boolean,
): Readonly<Record<string, string>> => {
  const own = deskFields(desk).map(({ id }) => id)
  const ids = [...own, ...Object.keys(values).filter((id) => !own.includes(id))]
  return Object.fromEntries(
    ids.flatMap((id) => (values[id] !== undefined && fits(id) ? [[id, values[id]]] : [])),
  )
}

/** The place of a contract's type among the desk's; of one without a type, after them all. */
function contractRank(desk: Desk, contract: StoredRow['contract']): number | null {
  const types = desk.contracts?.types ?? []
  if (contract === null || types.length === 0) return null
  const rank = types.findIndex(({ id }) => id === contract.type)
  return rank === -1 ? types.length : rank
}

const wireCameBy = ({ cameBy }: Worked['ticket']): QueueRow['cameBy'] =>
  cameBy ? { how: cameBy.how, by: cameBy.by ?? null, from: cameBy.from ?? null } : null

/** Since when a conversation waits that came back from an operator without an answer. */
const returnedAt = ({ stage, ticket: { cameBy } }: Worked): QueueRow['returnedAt'] =>
  stage === 'waiting' && (cameBy?.how === 'silent' || cameBy?.how === 'away') ? cameBy.at : null

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
    name: nameOf(desk, state) ?? mailedTo(row),
    subject: subjectOf(desk, state),
    lastText: maskPersonalData(row.lastText),
    lastAt: row.lastAt,
    registeredAt: ticket.registeredAt,
    operator: state.stage === 'waiting' ? null : state.operator,
    visitorOnline: row.visitorOnline,
    contractRank: contractRank(desk, row.contract),
    dedicated: row.contract?.operator ?? null,
    cameBy: wireCameBy(ticket),
    returnedAt: returnedAt(state),
    unattended: ticket.unattendedAt !== undefined,
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

/** The address that what is said goes to, where it goes by e-mail. */
const mailedTo = ({ channel, address }: StoredRow): string | null =>
  address !== null && channel !== 'telegram' ? maskField('email', address) : null

export type DetailWithoutMessages = Omit<ConversationDetail, 'messages' | 'hasEarlier'>

/** What an operator sees beside the thread: who it is, what they ask, what they have read; the IIN masked. */
export function conversationDetail(
  desk: Desk,
  row: StoredRow,
  language: Language,
  marks: WireMarks,
  contract: WireContract | null,
): DetailWithoutMessages | undefined {
  const line = queueRow(desk, row)
  if (!line || !isWorked(row.state)) return undefined
  const { ticket, articlesSeen } = row.state
  const identity = inFieldOrder(desk, ticket.values, (id) => tellsWho(desk, id))
  const request = inFieldOrder(desk, ticket.values, (id) => !tellsWho(desk, id))
  return {
    row: line,
    mailedTo: mailedTo(row),
    clocks: clocksOf(ticket.clocks),
    contract,
    identity: rowsOf(desk, language, identity, 'operator').map((one) => ({
      ...one,
      masked: findAnyField(desk, one.field)?.kind === 'iin',
    })),
    identityRefused: ticket.identityRefused,
    request: rowsOf(desk, language, request, 'operator'),
    missing: missingFields(desk, ticket).map(({ id, label }) => ({ id, label: label[language] })),
    files: ticket.files.map(wireFile),
    articlesSeen: articlesSeen.map((id) => ({ id, title: desk.articles.get(id)?.[language].title ?? id })),
    marks,
    rating: ticket.rating ?? null,
    comment: ticket.comment === undefined ? null : maskPersonalData(ticket.comment),
    prepared: preparedWords(desk, row.state.ticket, row.state.language, language),
  }
}
