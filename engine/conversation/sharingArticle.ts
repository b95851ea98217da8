import type { Desk } from '../desk.ts'
import { isWorthLearning, questionText } from '../faq/askedQuestion.ts'
import type { Effect } from './effect.ts'
import type { OperatorEvent } from './event.ts'
import { refuse } from './say.ts'
import type { At, Conversation } from './state.ts'
import type { Step } from './step.ts'

type Live = At<'live'>
type Shared = Extract<OperatorEvent, { type: 'operator.sharedArticle' }>

/** What the visitor asked is a way of asking for the article that an operator answered it with. */
function lesson(
  { language }: Conversation,
  { id, at, article, question, operator }: Shared,
): readonly Effect[] {
  if (question === undefined || !isWorthLearning(question)) return []
  return [
    {
      type: 'noteQuestion',
      question: {
        id,
        at,
        language,
        text: questionText(question),
        intent: 'question',
        confident: false,
        offered: [],
        opened: [],
        taught: { article, operator: operator.name },
      },
    },
  ]
}

/** An operator answers with an article: it counts as their words, and as a lesson for the assistant. */
export function shareArticle(
  desk: Desk,
  state: Live,
  event: Shared,
  spoke: (desk: Desk, state: Live, event: OperatorEvent) => Step,
): Step {
  const { article } = event
  if (!desk.articles.has(article)) return [state, [refuse('refusal.article.gone')]]
  const articlesSeen = [...state.articlesSeen.filter((seen) => seen !== article), article]
  const [next, effects] = spoke(desk, { ...state, articlesSeen }, event)
  return [next, [...effects, ...lesson(state, event)]]
}
