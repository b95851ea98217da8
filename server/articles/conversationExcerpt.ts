import type { Sql } from '../../db/client.ts'
import { messagesAfter } from '../../db/queries/messages.ts'
import { renderMessage, type StoredMessage } from '../../engine/conversation/render.ts'
import type { Desk } from '../../engine/desk.ts'
import { questionText } from '../../engine/faq/askedQuestion.ts'
import type { Language } from '../../engine/language.ts'
import type { QuestionRef, WireExcerpt } from '../../engine/wireArticles.ts'

const before = 4
const after = 12

/** What was said around a question, as everybody in the conversation saw it; personal numbers masked. */
export async function conversationExcerpt(
  sql: Sql,
  desk: Desk,
  { conversationId, id }: QuestionRef,
  language: Language,
): Promise<WireExcerpt> {
  const messages = await messagesAfter(sql, conversationId, 0, 'everyone')
  const at = Math.max(
    0,
    messages.findIndex(({ eventId }) => eventId === id),
  )
  return messages
    .slice(Math.max(0, at - before), at + after)
    .map((message) => ({
      at: message.at,
      author: message.author.kind,
      text: textOf(desk, language, message),
      asked: message.eventId === id && message.author.kind === 'visitor',
    }))
    .filter(({ text }) => text !== '')
}

/** What a message says in words alone. */
function textOf(desk: Desk, language: Language, message: StoredMessage): string {
  const { content } = renderMessage(desk, { language, side: 'operator', channel: 'widget' }, message)
  switch (content.kind) {
    case 'text':
      return message.author.kind === 'visitor' ? questionText(content.text) : content.text
    case 'file':
      return content.text ?? content.file.name
    case 'answers':
      return content.rows.map(({ label }) => label).join(', ')
    case 'activity':
      return ''
    case 'said':
      return [
        content.text,
        content.article?.title ?? '',
        ...(content.articles ?? []).map(({ title }) => title),
        content.ask ?? '',
      ]
        .filter((line) => line !== '')
        .join('\n')
  }
}
