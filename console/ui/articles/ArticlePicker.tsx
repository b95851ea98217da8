import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { WireArticleChoices } from '../../../engine/wireArticles.ts'
import type { QueueRow } from '../../../engine/wireConsole.ts'
import { lastQuestion } from '../../logic/lastQuestion.ts'
import { useApp, useWords } from '../context.ts'
import { Dialog } from '../Dialog.tsx'
import { Skeleton } from '../Skeleton.tsx'

const pauseMilliseconds = 150

/** Finds an article to answer with: by the visitor's question first, in the language of the conversation. */
export function ArticlePicker({ row, onClose }: { row: QueueRow; onClose: () => void }) {
  const app = useApp()
  const words = useWords()
  const id = useId()
  const thread = app.threads.thread.value
  const [question] = useState(() =>
    thread.status === 'open' ? lastQuestion(thread.messages, row) : row.subject,
  )
  const [typed, setTyped] = useState('')
  const [choices, setChoices] = useState<WireArticleChoices>()
  const [at, setAt] = useState(0)
  const [teaches, setTeaches] = useState(question !== '')
  const list = useRef<HTMLDivElement>(null)
  const looked = typed.trim() || question

  useEffect(() => {
    let wanted = true
    const timer = setTimeout(
      () =>
        void app.http.articles.choices(row.desk, looked, row.language).then((answer) => {
          if (!wanted) return
          if (answer.ok) {
            setChoices(narrowed(answer.value, typed))
            setAt(0)
          } else app.showRefusal(answer)
        }),
      typed === '' ? 0 : pauseMilliseconds,
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [app, row.desk, row.language, looked, typed])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const articles = choices?.articles ?? []
  function send(place = at) {
    const article = articles[place]
    if (!article) return
    app.act(row.conversationId, {
      type: 'sharedArticle',
      article: article.id,
      ...(teaches && question && { question }),
    })
    onClose()
    app.focusWish.value = { composerOf: row.conversationId }
  }
  function pressed(event: KeyboardEvent) {
    if (event.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((at + step + articles.length) % Math.max(1, articles.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      send()
    }
  }
  const found = choices?.found ?? 0
  return (
    <Dialog title={words('pick.title')} wide onClose={onClose}>
      {question && (
        <p class="pick-question" lang={row.language}>
          {words('pick.question', { text: question })}
        </p>
      )}
      <input
        class="input"
        data-first
        role="combobox"
        autocomplete="off"
        aria-label={words('pick.search')}
        aria-expanded={true}
        aria-controls={id}
        aria-autocomplete="list"
        {...(articles[at] && { 'aria-activedescendant': `${id}-${at}` })}
        placeholder={words('pick.search')}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={pressed}
      />
      {!choices && <Skeleton lines={4} />}
      <div
        ref={list}
        class="pick-list"
        id={id}
        role="listbox"
        aria-label={words('pick.title')}
        lang={row.language}
      >
        {articles.map((article, place) => (
          <div key={article.id}>
            {place === 0 && found > 0 && <p class="pick-part">{words('pick.found')}</p>}
            {place === found && <p class="pick-part">{words('pick.others')}</p>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field */}
            <div
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => setAt(place)}
              onDblClick={() => send(place)}
            >
              <strong>{article.title}</strong>
              <small>{article.excerpt}</small>
            </div>
          </div>
        ))}
        {choices && articles.length === 0 && <p class="muted">{words('questions.noArticle')}</p>}
      </div>
      {question && (
        <label class="check">
          <input
            type="checkbox"
            checked={teaches}
            onChange={(event) => setTeaches(event.currentTarget.checked)}
          />
          {words('pick.lesson')}
        </label>
      )}
      <div class="dialog-actions">
        <p class="muted pick-foot">
          {words(`pick.language.${row.language}`)} <span class="wide-only">{words('pick.keys')}</span>
        </p>
        <button type="button" class="button primary" disabled={articles.length === 0} onClick={() => send()}>
          {words('pick.send')}
        </button>
      </div>
    </Dialog>
  )
}

/** While something is typed, of the articles that the search does not find only those with the words in their title. */
function narrowed(choices: WireArticleChoices, typed: string): WireArticleChoices {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return choices
  const { found, articles } = choices
  const named = articles.slice(found).filter(({ title }) => title.toLowerCase().includes(wanted))
  return { found, articles: [...articles.slice(0, found), ...named] }
}
