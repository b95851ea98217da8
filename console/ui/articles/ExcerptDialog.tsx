import { useEffect, useState } from 'preact/hooks'
import type { QuestionRef, WireExcerpt, WireQuestionGroup } from '../../../engine/wireArticles.ts'
import type { Answer } from '../../http.ts'
import { useApp, useWords } from '../context.ts'
import { Dialog } from '../Dialog.tsx'
import { Skeleton } from '../Skeleton.tsx'

type Props = {
  readonly desk: string
  readonly question: QuestionRef
  readonly group: WireQuestionGroup
  readonly onClose: () => void
}

/** What was said around a question. */
export function ExcerptDialog({ desk, question, group, onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const [answer, setAnswer] = useState<Answer<WireExcerpt>>()
  useEffect(() => {
    void app.http.articles.excerpt(desk, question).then(setAnswer)
  }, [app, desk, question])
  const example = group.examples.find(({ id }) => id === question.id)
  return (
    <Dialog title={words('questions.thread')} wide onClose={onClose}>
      {!answer && <Skeleton lines={5} />}
      {answer && !answer.ok && <p class="notice">{app.refusalText(answer)}</p>}
      {answer?.ok && (
        <ol class="excerpt">
          {answer.value.map(({ author, text, asked }, at) => (
            <li key={at} class={author} {...(asked && { 'aria-current': true as const })}>
              <small>{words(author === 'operator' ? 'questions.operator' : `author.${author}`)}</small>
              <p>{text}</p>
            </li>
          ))}
        </ol>
      )}
      {example?.ticketNumber != null && (
        <div class="dialog-actions">
          <a class="button" href={`#/conversation/${question.conversationId}`}>
            {words('questions.openTicket')}
          </a>
        </div>
      )}
    </Dialog>
  )
}
