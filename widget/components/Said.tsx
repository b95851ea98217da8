import type { WireChoice, WireContent } from '../../engine/wire.ts'
import { isBusy, useChat } from '../chat.ts'
import { active, state } from '../store.ts'
import { t } from '../words.ts'
import { FileView } from './FileView.tsx'
import { Form } from './Form.tsx'
import { Icon } from './Icon.tsx'
import { Plain, Rich } from './Prose.tsx'
import { Rating } from './Rating.tsx'
import { Rows } from './Rows.tsx'
import { TicketCard } from './TicketCard.tsx'

type SaidContent = Extract<WireContent, { kind: 'said' }>

/**
 * What the assistant says, with its buttons, articles, form, cards; only the newest of them can be used. A button that
 * stands below the thread anyway is not shown twice, nor is a file that a line of the summary names.
 */
export function Said({ content, seq }: { readonly content: SaidContent; readonly seq: number }) {
  const chat = useChat()
  const live = active.value === seq
  const { text, ask, form, articles, article, summary, ticket, rating } = content
  const alwaysThere = (choice: WireChoice) => choice.id === 'operator' && state.value?.canAskOperator
  const choices = content.choices?.filter((choice) => !alwaysThere(choice))
  const loose =
    summary?.files.filter(({ name }) => !summary.rows.some(({ value }) => value.includes(name))) ?? []
  return (
    <>
      {text && (
        <div class="bubble">
          <Plain text={text} />
        </div>
      )}
      {article && (
        <article class="card">
          <h2>{article.title}</h2>
          <Rich body={article.body} />
        </article>
      )}
      {articles && articles.length > 0 && (
        <ul class="articles" aria-label={t('articles')}>
          {articles.map(({ id, title, choice }) => (
            <li key={id}>
              <button type="button" disabled={!live || isBusy()} onClick={() => chat.choose(choice, title)}>
                <Icon name="article" />
                <span>{title}</span>
                {live && <Icon name="chevron" />}
              </button>
            </li>
          ))}
        </ul>
      )}
      {summary && (
        <section class="card" aria-label={t('summary')}>
          <h2>{t('summary')}</h2>
          <Rows
            rows={summary.rows}
            onEdit={
              live && !isBusy()
                ? (row) => chat.choose(`edit:${row.field}`, t('change', { label: row.label }))
                : undefined
            }
          />
          {loose.length > 0 && (
            <>
              <h3>{t('files')}</h3>
              {loose.map((file) => (
                <FileView key={file.id} file={file} compact />
              ))}
            </>
          )}
        </section>
      )}
      {ticket && <TicketCard ticket={ticket} />}
      {live && form && <Form form={form} seq={seq} />}
      {live && rating && <Rating />}
      {ask && (
        <div class="bubble">
          <Plain text={ask} />
        </div>
      )}
      {live && choices && choices.length > 0 && (
        <div class="choices">
          {choices.map(({ id, label, primary }) => (
            <button
              key={id}
              type="button"
              class="chip"
              data-primary={primary}
              disabled={isBusy()}
              onClick={() => chat.choose(id, label)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
