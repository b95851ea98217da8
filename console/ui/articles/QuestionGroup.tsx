import { useState } from 'preact/hooks'
import { languages } from '../../../engine/language.ts'
import { maxPhrasingLength } from '../../../engine/limits.ts'
import type { QuestionRef, UnansweredWhy, WireQuestionGroup } from '../../../engine/wireArticles.ts'
import { momentWords } from '../../logic/dateWords.ts'
import { useApp, useWords } from '../context.ts'
import { Field } from '../Field.tsx'
import { LanguageList } from '../LanguageList.tsx'
import { ArticleChooser } from './ArticleChooser.tsx'
import { ExcerptDialog } from './ExcerptDialog.tsx'

const reasons: readonly UnansweredWhy[] = ['taught', 'unknown', 'unclear', 'notHelped', 'toPerson']

type Props = {
  readonly desk: string
  readonly group: WireQuestionGroup
  readonly onSettled: () => void
}

/** Questions that ask the same, and what can be made of them. */
export function QuestionGroup({ desk, group, onSettled }: Props) {
  const app = useApp()
  const words = useWords()
  const [phrasing, setPhrasing] = useState(group.text)
  const [language, setLanguage] = useState(group.language)
  const [article, setArticle] = useState<string | undefined>(group.guess ?? undefined)
  const [busy, setBusy] = useState(false)
  const [shown, setShown] = useState<QuestionRef>()
  const when = (at: string) => momentWords(Date.parse(at), app.clock.now.peek(), app.zoneOf(desk), words)

  async function learn() {
    if (!article || phrasing.trim().length < 2 || busy) return
    setBusy(true)
    const { questions } = group
    const answer = await app.http.articles.learn(desk, { article, language, phrasing, questions })
    setBusy(false)
    if (!answer.ok) return app.showRefusal(answer)
    const title = answer.value.titles[app.preferences.language.peek()] ?? answer.value.titles.ru ?? ''
    app.toasts.show({ tone: 'good', text: words('questions.learnt', { title }) })
    onSettled()
  }
  async function settle(dismissed: boolean) {
    setBusy(true)
    const answer = await app.http.articles.settle(desk, { dismissed, questions: group.questions })
    setBusy(false)
    if (!answer.ok) return app.showRefusal(answer)
    if (dismissed) app.toasts.show({ tone: 'plain', text: words('questions.dismissed') })
    onSettled()
  }
  function writeArticle() {
    const phrasings = group.wordings.map(({ text }) => text)
    const text = { title: '', body: '', phrasings }
    app.articleSeed.value = {
      desk,
      content: language === 'kk' ? { kk: text, ru: null } : { kk: null, ru: text },
      questions: group.questions,
    }
    app.router.go({ name: 'article', desk })
  }
  const others = group.wordings.filter(({ text }) => text !== group.text)
  return (
    <article class="question-group" aria-label={group.text}>
      <header>
        <h2 lang={group.language}>{group.text}</h2>
        <p class="question-facts">
          <strong>{words('questions.asked', { count: group.count })}</strong>
          <span>{words('questions.last', { when: when(group.lastAt) })}</span>
          <LanguageList languages={group.languages} />
          {reasons
            .filter((why) => group.why[why])
            .map((why) => (
              <span key={why} class="chip">
                {words(`questions.why.${why}`)}
                {group.count > 1 && ` · ${group.why[why]}`}
              </span>
            ))}
          {group.dismissed && <span class="badge">{words('questions.hidden')}</span>}
        </p>
        {group.taughtBy && <p class="muted">{words('questions.taughtBy', { name: group.taughtBy })}</p>}
      </header>
      <div class="question-more">
        {others.length > 0 && (
          <details>
            <summary>
              {words('questions.wordings')} <span class="count">{others.length}</span>
            </summary>
            <ul>
              {others.map(({ text, count }) => (
                <li key={text}>
                  <button type="button" class="as-text" onClick={() => setPhrasing(text)}>
                    {text}
                  </button>
                  {count > 1 && <span class="count">{count}</span>}
                </li>
              ))}
            </ul>
          </details>
        )}
        <details>
          <summary>
            {words('questions.examples')} <span class="count">{group.examples.length}</span>
          </summary>
          <ul>
            {group.examples.map((example) => (
              <li key={example.conversationId + example.id}>
                <button type="button" class="as-text" onClick={() => setShown(example)}>
                  {words('questions.example', { when: when(example.at) })}
                  {example.ticketNumber !== null &&
                    `, ${words('questions.ticket', { number: String(example.ticketNumber) })}`}
                </button>
              </li>
            ))}
          </ul>
        </details>
      </div>
      <form
        class="question-act"
        onSubmit={(event) => {
          event.preventDefault()
          void learn()
        }}
      >
        <Field label={words('questions.phrasing')}>
          {(control) => (
            <div class="with-button">
              <input
                {...control}
                class="input"
                maxLength={maxPhrasingLength}
                value={phrasing}
                onInput={(event) => setPhrasing(event.currentTarget.value)}
              />
              <select
                class="input compact"
                aria-label={words('article.languages')}
                value={language}
                onChange={(event) => setLanguage(event.currentTarget.value === 'kk' ? 'kk' : 'ru')}
              >
                {languages.map((each) => (
                  <option key={each} value={each}>
                    {words(`article.${each}`)}
                  </option>
                ))}
              </select>
            </div>
          )}
        </Field>
        <ArticleChooser
          desk={desk}
          language={app.preferences.language.value}
          label={words('questions.article')}
          question={group.text}
          chosen={article}
          onChoose={({ id }) => setArticle(id)}
        />
        <div class="question-buttons">
          <button
            type="submit"
            class="button primary"
            disabled={busy || !article || phrasing.trim().length < 2}
          >
            {words('questions.learn')}
          </button>
          <button type="button" class="button" disabled={busy} onClick={writeArticle}>
            {words('questions.newArticle')}
          </button>
          <button type="button" class="button" disabled={busy} onClick={() => void settle(!group.dismissed)}>
            {words(group.dismissed ? 'questions.bringBack' : 'questions.dismiss')}
          </button>
        </div>
      </form>
      {shown && (
        <ExcerptDialog desk={desk} question={shown} group={group} onClose={() => setShown(undefined)} />
      )}
    </article>
  )
}
