import { DateTime } from 'luxon'
import type { SqlPool } from '../../db/client.ts'
import { type ExportedTicket, exportedTickets, type ReportScope } from '../../db/queries/report.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import { type Cell, csvOf } from '../../engine/csv.ts'
import type { Desk } from '../../engine/desk.ts'
import { maskPersonalData } from '../../engine/identity/index.ts'
import type { Language } from '../../engine/language.ts'
import { measureTicket } from '../../engine/report.ts'
import { deskNamed } from './report.ts'
import { words } from './words.ts'

const columns = [
  'number',
  'desk',
  'channel',
  'level',
  'priority',
  'registeredAt',
  'dueAt',
  'respondedAt',
  'verdict',
  'responseMinutes',
  'resolveBy',
  'resolvedAt',
  'resolutionVerdict',
  'outcome',
  'resolutionMinutes',
  'rating',
  'comment',
  'operator',
  'subject',
] as const

const longestSubject = 160

/** Whole minutes, because a decimal point is a date to some spreadsheets. */
const whole = (minutes: number | null): number | null => (minutes === null ? null : Math.round(minutes))

/** The beginning of what the visitor described, with every IIN and BIN masked. */
function subjectOf(desk: Desk, { values }: ExportedTicket): string {
  const field = desk.request.fields.find(({ kind }) => kind === 'longText')
  return maskPersonalData((field && values[field.id]) || '').slice(0, longestSubject)
}

function cellsOf(desk: Desk, ticket: ExportedTicket, language: Language, now: Instant): readonly Cell[] {
  const measured = measureTicket(desk.calendar, ticket, now)
  const { verdict, resolutionVerdict, responseMinutes, resolutionHours } = measured
  const local = (at: Instant | null) =>
    at === null ? null : DateTime.fromISO(at, { zone: desk.zone }).toFormat('yyyy-MM-dd HH:mm')
  const cells: Readonly<Record<(typeof columns)[number], Cell>> = {
    number: ticket.number,
    desk: desk.name[language],
    channel: words[language](`channel.${ticket.channel}`),
    level: words[language](`level.${ticket.level}`),
    priority: words[language](`priority.${ticket.priority}`),
    registeredAt: local(ticket.registeredAt),
    dueAt: local(ticket.firstResponseDueAt),
    respondedAt: local(ticket.firstRespondedAt),
    verdict: words[language](`verdict.${verdict}`),
    responseMinutes: whole(responseMinutes),
    resolveBy: local(ticket.resolutionDueAt),
    resolvedAt: local(ticket.resolvedAt),
    resolutionVerdict: resolutionVerdict && words[language](`verdict.${resolutionVerdict}`),
    outcome: ticket.outcome && words[language](`outcome.${ticket.outcome}`),
    resolutionMinutes: whole(resolutionHours === null ? null : resolutionHours * 60),
    rating: ticket.rating,
    comment: ticket.comment === null ? null : maskPersonalData(ticket.comment),
    operator: ticket.operatorName,
    subject: subjectOf(desk, ticket),
  }
  return columns.map((column) => cells[column])
}

/** The tickets behind a report, one a line, in local time and the words of `language`; nobody's IIN is in it. */
export async function ticketsCsv(
  sql: SqlPool,
  desks: ReadonlyMap<string, Desk>,
  scope: ReportScope,
  language: Language,
  now: Instant,
): Promise<string> {
  const rows: (readonly Cell[])[] = [columns.map((column) => words[language](`column.${column}`))]
  for await (const tickets of exportedTickets(sql, scope))
    for (const ticket of tickets) rows.push(cellsOf(deskNamed(desks, ticket.desk), ticket, language, now))
  return csvOf(rows)
}
