import type { UnansweredQuestion } from '../../db/queries/questions.ts'
import type { Desk } from '../../engine/desk.ts'
import { groupingSteps } from '../../engine/faq/groupQuestions.ts'
import { understand } from '../../engine/faq/index.ts'
import type { UnansweredWhy, WireQuestionGroup } from '../../engine/wireArticles.ts'
import { inTurns } from '../inTurns.ts'

const mostGroups = 200
const mostWordings = 12
const mostExamples = 5

function whyOf({ taught, toPerson, notHelped, intent }: UnansweredQuestion): UnansweredWhy {
  if (taught !== null) return 'taught'
  if (notHelped) return 'notHelped'
  if (intent === 'unknown') return 'unknown'
  return toPerson ? 'toPerson' : 'unclear'
}

/** What occurs most, the first of those that occur as often. */
function mostOf<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce<[T, number] | undefined>(
    (most, one) => (most && most[1] >= one[1] ? most : one),
    undefined,
  )?.[0]
}

function countsOf<T extends string>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return new Map([...counts].sort(([, one], [, two]) => two - one))
}

/** The article that answers a question best, as far as the desk's search can tell. */
function likest(desk: Desk, text: string): string | null {
  return understand(desk.faq, text, 1).results[0]?.id ?? null
}

function groupOf(desk: Desk, group: readonly UnansweredQuestion[]): WireQuestionGroup {
  const wordings = countsOf(group.map(({ text }) => text))
  const text = [...wordings.keys()][0] ?? ''
  const latest = group.toSorted((one, two) => (one.at < two.at ? 1 : -1))
  const taught = mostOf(group.flatMap(({ taught }) => (taught && desk.articles.has(taught) ? [taught] : [])))
  const examples = latest.filter(
    ({ conversationId }, at) => latest.findIndex((other) => other.conversationId === conversationId) === at,
  )
  return {
    text,
    language: mostOf(group.filter((one) => one.text === text).map(({ language }) => language)) ?? 'kk',
    count: examples.length,
    lastAt: latest[0]?.at ?? '',
    languages: [...countsOf(group.map(({ language }) => language)).keys()],
    wordings: [...wordings].slice(0, mostWordings).map(([wording, count]) => ({ text: wording, count })),
    why: Object.fromEntries(countsOf(group.map(whyOf))),
    examples: examples
      .slice(0, mostExamples)
      .map(({ conversationId, id, at, ticketNumber }) => ({ conversationId, id, at, ticketNumber })),
    guess: taught ?? likest(desk, text),
    taughtBy: latest.find((one) => one.taught !== null && one.taught === taught)?.taughtBy ?? null,
    dismissed: group.some(({ dismissed }) => dismissed),
    questions: group.map(({ conversationId, id }) => ({ conversationId, id })),
  }
}

/**
 * Unanswered questions of a desk by likeness: what most people ask first. A group is put aside as a whole, also for
 * those who ask the same later.
 */
export async function questionGroups(
  desk: Desk,
  questions: readonly UnansweredQuestion[],
): Promise<readonly WireQuestionGroup[]> {
  const groups = await inTurns(groupingSteps(questions))
  return groups
    .slice(0, mostGroups)
    .map((group) => groupOf(desk, group))
    .sort((one, two) => two.count - one.count || (one.lastAt < two.lastAt ? 1 : -1))
}
