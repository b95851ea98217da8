import type { Instant } from '../../engine/conversation/instant.ts'
import type { Language } from '../../engine/language.ts'
import type { QuestionRef } from '../../engine/wireArticles.ts'
import type { Sql } from '../client.ts'

/** A question that no article answered; the rule is `isUnanswered` of the engine. */
export type UnansweredQuestion = QuestionRef & {
  readonly at: Instant
  readonly language: Language
  readonly text: string
  readonly intent: string
  readonly notHelped: boolean
  readonly toPerson: boolean
  readonly taught: string | null
  readonly taughtBy: string | null
  readonly dismissed: boolean
  readonly ticketNumber: number | null
}

const mostQuestions = 3_000

/** The questions of a desk since a moment that no article answered, the latest first; those put aside are marked. */
export const unansweredQuestions = (sql: Sql, desk: string, since: Instant): Promise<UnansweredQuestion[]> =>
  sql<UnansweredQuestion[]>`
    select q.conversation_id as "conversationId", q.id, q.at, q.language, q.text, q.intent,
      q.not_helped is not null as "notHelped", q.to_person as "toPerson", q.taught, q.taught_by as "taughtBy",
      coalesce(q.settled = 'dismissed', false) as dismissed, c.ticket_number as "ticketNumber"
    from questions q join conversations c on c.id = q.conversation_id
    where q.desk = ${desk} and q.at >= ${since} and q.helped is null and q.settled is distinct from 'learned'
      and (q.taught is not null or q.not_helped is not null or q.to_person or q.intent = 'unknown'
        or (q.intent = 'question' and not q.confident and q.opened = '{}'))
    order by q.at desc limit ${mostQuestions}`

/** Says what a supervisor made of some questions of a desk; null: nothing yet. */
export async function settleQuestions(
  sql: Sql,
  desk: string,
  questions: readonly QuestionRef[],
  settled: 'learned' | 'dismissed' | null,
  done: { readonly at: Instant; readonly by: string },
): Promise<void> {
  await sql`
    update questions q set settled = ${settled}, settled_at = ${settled && done.at},
      settled_by = ${settled && done.by}
    from jsonb_to_recordset(${JSON.stringify(questions)}::text::jsonb) as g("conversationId" uuid, id text)
    where q.desk = ${desk} and q.conversation_id = g."conversationId" and q.id = g.id`
}

/** Whether the question was asked at the desk. */
export async function isQuestionOf(
  sql: Sql,
  desk: string,
  { conversationId, id }: QuestionRef,
): Promise<boolean> {
  const rows = await sql`
    select 1 from questions where conversation_id = ${conversationId} and id = ${id} and desk = ${desk}`
  return rows.length > 0
}
