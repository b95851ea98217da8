import { useEffect, useState } from 'preact/hooks'
import type { WireQuestionGroup } from '../../../engine/wireArticles.ts'
import type { Answer } from '../../http.ts'
import { Awaited } from '../Awaited.tsx'
import { useApp, useWords } from '../context.ts'
import { DeskSelect } from '../DeskSelect.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { ArticlesFrame } from './ArticlesFrame.tsx'
import { QuestionGroup } from './QuestionGroup.tsx'

const periods = [7, 30, 90] as const

/** What visitors asked and no article answered, the likest together. */
export function QuestionsScreen() {
  return (
    <ArticlesFrame tab="questions">
      <Questions />
    </ArticlesFrame>
  )
}

function Questions() {
  const app = useApp()
  const words = useWords()
  const desks = app.ownDesks.value
  const { articleWish } = app
  const desk = articleWish.value.desk || desks[0]?.id || ''
  const [days, setDays] = useState<number>(30)
  const [dismissed, setDismissed] = useState(false)
  const [answer, setAnswer] = useState<Answer<readonly WireQuestionGroup[]>>()
  const load = () => void (desk && app.http.articles.questions(desk, days).then(setAnswer))
  useEffect(() => {
    setAnswer(undefined)
    load()
  }, [app, desk, days])

  const groups = answer?.ok ? answer.value.filter((group) => dismissed || !group.dismissed) : []
  const hidden = answer?.ok && answer.value.some((group) => group.dismissed)
  const settled = (group: WireQuestionGroup) => {
    if (answer?.ok) setAnswer({ ok: true, value: answer.value.filter((other) => other !== group) })
    load()
  }
  return (
    <>
      <div class="report-head">
        <h1>{words('questions.title')}</h1>
      </div>
      <p class="muted">{words('questions.lead')}</p>
      <div class="article-filters">
        <DeskSelect
          label={words('articles.desk')}
          desks={desks}
          value={desk}
          onChange={(chosen) => {
            articleWish.value = { ...articleWish.value, desk: chosen }
          }}
        />
        <fieldset class="segments" aria-label={words('questions.period')}>
          {periods.map((period) => (
            <button key={period} type="button" aria-pressed={days === period} onClick={() => setDays(period)}>
              {words('questions.days', { count: period })}
            </button>
          ))}
        </fieldset>
        {(hidden || dismissed) && (
          <label class="check">
            <input
              type="checkbox"
              checked={dismissed}
              onChange={(event) => setDismissed(event.currentTarget.checked)}
            />
            {words('questions.showDismissed')}
          </label>
        )}
      </div>
      <Awaited answer={answer} lines={8} onAgain={load} />
      {answer?.ok && groups.length === 0 && (
        <EmptyState icon="done" title={words('questions.none')} text={words('questions.noneText')} />
      )}
      <ul class="question-groups">
        {groups.map((group) => (
          <li key={`${group.questions[0]?.conversationId}/${group.questions[0]?.id}`}>
            <QuestionGroup desk={desk} group={group} onSettled={() => settled(group)} />
          </li>
        ))}
      </ul>
    </>
  )
}
