import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Language } from '../../../engine/language.ts'
import type { WireArticleChoice } from '../../../engine/wireArticles.ts'
import { useApp, useWords } from '../context.ts'

type Props = {
  readonly desk: string
  readonly language: Language
  readonly label: string
  /** Looked for until something is typed. */
  readonly question: string
  readonly chosen: string | undefined
  readonly onChoose: (article: WireArticleChoice) => void
}

const shownAtMost = 8
const pauseMilliseconds = 150

/** One article of a desk, found by its title or by what people ask. */
export function ArticleChooser({ desk, language, label, question, chosen, onChoose }: Props) {
  const app = useApp()
  const words = useWords()
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const [open, setOpen] = useState(false)
  const [choices, setChoices] = useState<readonly WireArticleChoice[]>([])
  const [at, setAt] = useState(0)
  const known = useRef<WireArticleChoice | undefined>(undefined)
  const looked = typed ?? question
  const searching = open || known.current?.id !== chosen

  useEffect(() => {
    if (!searching) return
    let wanted = true
    const timer = setTimeout(
      () =>
        void app.http.articles.choices(desk, looked, language).then((answer) => {
          if (!wanted || !answer.ok) return
          known.current = answer.value.articles.find((article) => article.id === chosen) ?? known.current
          const titled = looked.trim().toLowerCase()
          const { articles, found } = answer.value
          const byTitle = articles.slice(found).filter(({ title }) => title.toLowerCase().includes(titled))
          setChoices(
            [...articles.slice(0, found), ...(typed ? byTitle : articles.slice(found))].slice(0, shownAtMost),
          )
          setAt(0)
        }),
      typed === undefined ? 0 : pauseMilliseconds,
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [app, desk, language, looked, typed, chosen, searching])

  const title = known.current?.id === chosen ? known.current?.title : undefined
  function choose(article: WireArticleChoice) {
    known.current = article
    setTyped(undefined)
    setOpen(false)
    onChoose(article)
  }
  function pressed(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt((at + step + choices.length) % Math.max(1, choices.length))
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      const article = choices[at]
      if (article) choose(article)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      event.preventDefault()
      setTyped(undefined)
      setOpen(false)
    }
  }
  return (
    <div
      class="field chooser"
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
        setTyped(undefined)
        setOpen(false)
      }}
    >
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        role="combobox"
        autocomplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(open && choices[at] && { 'aria-activedescendant': `${id}-${at}` })}
        placeholder={words('questions.chooseArticle')}
        value={typed ?? title ?? ''}
        onFocus={(event) => {
          event.currentTarget.select()
          setOpen(true)
        }}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          setOpen(true)
        }}
        onKeyDown={pressed}
      />
      {open && (
        <div class="chooser-list" id={`${id}-list`} role="listbox" aria-label={label}>
          {choices.map((article, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
            <div
              key={article.id}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(article)}
            >
              <strong>{article.title}</strong>
              <small>{article.excerpt}</small>
            </div>
          ))}
          {choices.length === 0 && <p class="muted">{words('questions.noArticle')}</p>}
        </div>
      )}
    </div>
  )
}
