import type { Instant } from '../../engine/conversation/instant.ts'
import type { Outcome } from '../../engine/conversation/outcome.ts'
import { type Channel, channels, isMailed, type Level, type Priority } from '../../engine/desk.ts'
import type { ReportedTicket } from '../../engine/report.ts'
import type { ArticleUse, Deflection, QuestionCounts } from '../../engine/wireReport.ts'
import type { Sql, SqlPool } from '../client.ts'

/** Which tickets and conversations a report is about: each desk with its own period, `until` excluded. */
export type ReportScope = {
  readonly desks: readonly { readonly desk: string; readonly from: Instant; readonly until: Instant }[]
  readonly channel: Channel | undefined
  readonly operator: string | undefined
  readonly level: Level | undefined
}

export type DeskTicket = ReportedTicket & { readonly desk: string }

/** A ticket as it is exported. */
export type ExportedTicket = DeskTicket & {
  readonly number: number
  readonly channel: Channel
  readonly level: Level
  readonly priority: Priority
  readonly outcome: Outcome | null
  readonly comment: string | null
  readonly values: Readonly<Record<string, string>>
  readonly operatorName: string | null
}

/** So many tickets at a time, so that a long period does not hold up the conversations. */
const batch = 100

const desksOf = (sql: Sql, { desks }: ReportScope) => sql`
  jsonb_to_recordset(${JSON.stringify(desks)}::text::jsonb)
    as d(desk text, "from" timestamptz, until timestamptz)`

const columns = (sql: Sql) => sql`
  t.desk, t.registered_at as "registeredAt", t.first_response_due_at as "firstResponseDueAt",
  t.first_responded_at as "firstRespondedAt", t.first_response_breached_at as "firstResponseBreachedAt",
  t.resolution_due_at as "resolutionDueAt", t.resolution_breached_at as "resolutionBreachedAt",
  t.resolution_paused as "resolutionPaused", t.resolved_at as "resolvedAt", t.rating`

const ticketsOf = (sql: Sql, scope: ReportScope) => sql`
  ${desksOf(sql, scope)}
  join tickets t on t.desk = d.desk and t.registered_at >= d."from" and t.registered_at < d.until
    ${scope.channel === undefined ? sql`` : sql`and t.channel = ${scope.channel}`}
    ${scope.operator === undefined ? sql`` : sql`and t.operator_id = ${scope.operator}`}
    ${scope.level === undefined ? sql`` : sql`and t.level = ${scope.level}`}`

/** The tickets registered in the period, some at a time. */
export const reportedTickets = (sql: SqlPool, scope: ReportScope): AsyncIterable<DeskTicket[]> =>
  sql.inBatches(sql<DeskTicket[]>`select ${columns(sql)} from ${ticketsOf(sql, scope)}`, batch)

/** The same with all that is exported of them, in the order of their registration, some at a time. */
export const exportedTickets = (sql: SqlPool, scope: ReportScope): AsyncIterable<ExportedTicket[]> =>
  sql.inBatches(
    sql<ExportedTicket[]>`
    select ${columns(sql)}, t.number, t.channel, t.level, t.priority, t.outcome, t.comment, t."values", o.name as "operatorName"
    from ${ticketsOf(sql, scope)} left join operators o on o.id = t.operator_id
    order by t.registered_at, t.number`,
    batch,
  )

/**
 * What the assistant did for the conversations that began in the period, by their history. Opening the chat and
 * only reading the greeting begins nothing; who wrote a letter or called never came by the assistant.
 */
export async function deflectionIn(
  sql: Sql,
  scope: ReportScope,
): Promise<Omit<Deflection, 'questions' | 'articles'>> {
  const [counted] = await sql<Omit<Deflection, 'questions' | 'articles'>[]>`
    select count(*)::int as begun, count(*) filter (where articles > 0)::int as "withArticle",
      coalesce(sum(articles), 0)::int as "articlesShown", count(*) filter (where helped)::int as helped,
      count(*) filter (where registered)::int as "toPerson"
    from (
      select count(*) filter (where m.content->'activity'->>'type' = 'articleShown') as articles,
        bool_or(m.content->>'choice' = 'helped') as helped,
        bool_or(m.content->'activity'->>'type' = 'registered') as registered
      from ${desksOf(sql, scope)}
      join conversations c on c.desk = d.desk and c.created_at >= d."from" and c.created_at < d.until
        and c.channel <> all(${channels.filter(isMailed)})
        ${scope.channel === undefined ? sql`` : sql`and c.channel = ${scope.channel}`}
      join messages m on m.conversation_id = c.id
      group by c.id having bool_or(m.author->>'kind' = 'visitor')) as conversation`
  if (!counted) throw new Error('a count gave no row')
  return counted
}

const questionsOf = (sql: Sql, scope: ReportScope) => sql`
  ${desksOf(sql, scope)}
  join questions q on q.desk = d.desk and q.at >= d."from" and q.at < d.until and q.taught is null
    ${scope.channel === undefined ? sql`` : sql`and q.channel = ${scope.channel}`}`

/** What came of the questions that were put to the assistant in the period. */
export async function questionsIn(sql: Sql, scope: ReportScope): Promise<QuestionCounts> {
  const [counted] = await sql<QuestionCounts[]>`
    select count(*)::int as asked,
      count(*) filter (where q.offered <> '{}' or q.opened <> '{}')::int as offered,
      count(*) filter (where q.opened <> '{}')::int as opened,
      count(*) filter (where q.helped is not null)::int as helped,
      count(*) filter (where q.to_person)::int as "toPerson"
    from ${questionsOf(sql, scope)}`
  if (!counted) throw new Error('a count gave no row')
  return counted
}

/** How often each article was offered for those questions and opened, and what came then; the most often first. */
export const articleUseIn = (sql: Sql, scope: ReportScope): Promise<ArticleUse[]> =>
  sql<ArticleUse[]>`
    select used.*, jsonb_build_object('kk', coalesce(a.published, a.draft)->'kk'->>'title',
      'ru', coalesce(a.published, a.draft)->'ru'->>'title') as titles
    from (
      select q.desk, shown.article as id, count(*)::int as offered,
        count(*) filter (where shown.article = any(q.opened))::int as opened,
        count(*) filter (where q.helped = shown.article)::int as helped,
        count(*) filter (where q.not_helped = shown.article)::int as "notHelped",
        count(*) filter (where q.to_person and shown.article = any(q.opened))::int as "toPerson"
      from ${questionsOf(sql, scope)}
      cross join lateral (select distinct unnest(q.offered || q.opened) as article) as shown
      group by q.desk, shown.article) as used
    left join articles a on a.desk = used.desk and a.id = used.id
    order by used.opened desc, used.offered desc, used.id limit 300`
