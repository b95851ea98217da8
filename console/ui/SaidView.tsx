import type { WireContent } from '../../engine/wire.ts'
import { useWords } from './context.ts'
import { FileView } from './FileView.tsx'
import { Icon } from './Icon.tsx'
import { LinkedText } from './LinkedText.tsx'
import { RichTextView } from './RichTextView.tsx'
import { Rows } from './Rows.tsx'

type Said = Extract<WireContent, { kind: 'said' }>

/** What the assistant said and offered, as a record: nothing here can be pressed by an operator. */
export function SaidView({ said }: { said: Said }) {
  const words = useWords()
  return (
    <>
      {said.text && (
        <p class="words">
          <LinkedText text={said.text} />
        </p>
      )}
      {said.article && (
        <details class="article">
          <summary>
            <Icon name="book" size={16} />
            {said.article.title}
          </summary>
          <RichTextView body={said.article.body} />
        </details>
      )}
      {said.articles && said.articles.length > 0 && (
        <ul class="offered-articles">
          {said.articles.map((article) => (
            <li key={article.id}>
              <Icon name="book" size={14} />
              {article.title}
            </li>
          ))}
        </ul>
      )}
      {said.summary && (
        <>
          <Rows rows={said.summary.rows} />
          {said.summary.files.map((file) => (
            <FileView key={file.id} file={file} small />
          ))}
        </>
      )}
      {said.form && (
        <p class="offered">
          <span>{words('said.form')}</span>
          {said.form.fields.map((field) => (
            <span key={field.id} class="chip">
              {field.label}
            </span>
          ))}
        </p>
      )}
      {said.choices && said.choices.length > 0 && (
        <p class="offered">
          <span class="unseen">{words('said.choices')}</span>
          {said.choices.map((choice) => (
            <span key={choice.id} class="chip">
              {choice.label}
            </span>
          ))}
        </p>
      )}
      {said.rating && <p class="offered">{words('said.rating')}</p>}
    </>
  )
}
