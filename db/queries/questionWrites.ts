import type { Sql } from '../client.ts'
import type { Change } from './commitChanges.ts'

/** The questions that a change asks, with what came of them at once. */
function askedRows({ before, effects }: Change) {
  return effects.flatMap((effect) => {
    if (effect.type !== 'noteQuestion') return []
    const { question } = effect
    return [
      {
        conversation_id: before.id,
        id: question.id,
        desk: before.desk,
        channel: before.channel,
        at: question.at,
        language: question.language,
        text: question.text,
        intent: question.intent,
        confident: question.confident,
        offered: question.offered,
        taught: question.taught?.article ?? null,
        taught_by: question.taught?.operator ?? null,
        ...outcomeOf(effects, question.id, question.opened),
      },
    ]
  })
}

/** All that came of one question, added up. */
function outcomeOf(effects: Change['effects'], id: string, openedBefore: readonly string[]) {
  const came = effects.flatMap((effect) =>
    effect.type === 'noteOutcome' && effect.question === id ? [effect.outcome] : [],
  )
  return {
    opened: [...new Set([...openedBefore, ...came.flatMap(({ opened }) => opened ?? [])])],
    helped: came.find(({ helped }) => helped !== undefined)?.helped ?? null,
    not_helped: came.find(({ notHelped }) => notHelped !== undefined)?.notHelped ?? null,
    to_person: came.some(({ toPerson }) => toPerson),
  }
}

/** What came of questions that were asked before. */
function outcomeRows({ before, effects }: Change) {
  const fresh = new Set(
    effects.flatMap((effect) => (effect.type === 'noteQuestion' ? [effect.question.id] : [])),
  )
  const earlier = new Set(
    effects.flatMap((effect) =>
      effect.type === 'noteOutcome' && !fresh.has(effect.question) ? [effect.question] : [],
    ),
  )
  return [...earlier].map((id) => ({ conversation_id: before.id, id, ...outcomeOf(effects, id, []) }))
}

/** What changes tell of visitors' questions, as parts of the statement that writes them; undefined: nothing. */
export function questionWrites(sql: Sql, changes: readonly Change[]) {
  const asked = changes.flatMap(askedRows)
  const came = changes.flatMap(outcomeRows)
  if (asked.length + came.length === 0) return undefined
  return sql`,
    asked as (
      insert into questions (conversation_id, id, desk, channel, at, language, text, intent, confident, offered,
        opened, taught, taught_by, helped, not_helped, to_person)
      select g.* from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as g(conversation_id uuid, id text,
        desk text, channel text, at timestamptz, language text, text text, intent text, confident boolean,
        offered text[], opened text[], taught text, taught_by text, helped text, not_helped text, to_person boolean)
      join changed on changed.id = g.conversation_id
      on conflict do nothing),
    came as (
      update questions q set helped = coalesce(g.helped, q.helped),
        not_helped = coalesce(g.not_helped, q.not_helped), to_person = q.to_person or g.to_person,
        opened = q.opened || array(select unnest(g.opened) except select unnest(q.opened))
      from jsonb_to_recordset(${JSON.stringify(came)}::text::jsonb) as g(conversation_id uuid, id text,
        opened text[], helped text, not_helped text, to_person boolean), changed
      where q.conversation_id = g.conversation_id and q.id = g.id and changed.id = g.conversation_id)`
}
