import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Language } from '../../../engine/language.ts'
import { maxBodyLength, maxTitleLength } from '../../../engine/limits.ts'
import { marked, type TextForm } from '../../logic/articleForm.ts'
import { useWords } from '../context.ts'
import { Field } from '../Field.tsx'
import { ArticlePreview } from './ArticlePreview.tsx'

const marks = [
  { mark: 'strong', sign: 'B' },
  { mark: 'list', sign: '•' },
  { mark: 'steps', sign: '1.' },
  { mark: 'link', sign: '↗' },
] as const

type Props = {
  readonly language: Language
  readonly text: TextForm
  readonly disabled: boolean
  readonly onChange: (change: Partial<TextForm>) => void
}

/** One language of an article: title, answer, ways of asking, and how it will look. */
export function LanguageEditor({ language, text, disabled, onChange }: Props) {
  const words = useWords()
  const area = useRef<HTMLTextAreaElement>(null)
  const selection = useRef<{ from: number; to: number } | undefined>(undefined)
  useLayoutEffect(() => {
    const wanted = selection.current
    if (!wanted || !area.current) return
    selection.current = undefined
    area.current.focus()
    area.current.setSelectionRange(wanted.from, wanted.to)
  }, [text.body])

  function mark(kind: (typeof marks)[number]['mark']) {
    const box = area.current
    if (!box) return
    const next = marked(text.body, box.selectionStart, box.selectionEnd, kind)
    selection.current = next
    onChange({ body: next.body })
  }
  return (
    <fieldset class="language-editor" lang={language} disabled={disabled}>
      <legend>{words(`article.${language}`)}</legend>
      <Field label={words('article.titleField')}>
        {(control) => (
          <input
            {...control}
            class="input"
            maxLength={maxTitleLength}
            value={text.title}
            onInput={(event) => onChange({ title: event.currentTarget.value })}
          />
        )}
      </Field>
      <div class="body-field">
        <div class="marks" role="toolbar" aria-label={words('article.marks')}>
          {marks.map(({ mark: kind, sign }) => (
            <button
              key={kind}
              type="button"
              class="button small"
              title={words(`article.mark.${kind}`)}
              aria-label={words(`article.mark.${kind}`)}
              onClick={() => mark(kind)}
            >
              <span aria-hidden="true">{sign}</span>
            </button>
          ))}
        </div>
        <Field label={words('article.body')}>
          {(control) => (
            <textarea
              {...control}
              ref={area}
              class="input body"
              rows={12}
              maxLength={maxBodyLength}
              value={text.body}
              onInput={(event) => onChange({ body: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <ArticlePreview language={language} title={text.title} body={text.body} />
      <Field label={words('article.phrasings')} hint={words('article.phrasingsHint')}>
        {(control) => (
          <textarea
            {...control}
            class="input"
            rows={8}
            value={text.phrasings}
            onInput={(event) => onChange({ phrasings: event.currentTarget.value })}
          />
        )}
      </Field>
    </fieldset>
  )
}
