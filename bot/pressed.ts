import type { Message, MessageEntity } from 'grammy/types'
import { maxCaption, maxText } from './render.ts'

/** How a message looks after one of its buttons was pressed: without buttons, with the chosen label. */
export type AfterPress =
  | { readonly edit: 'text' | 'caption'; readonly text: string; readonly entities: MessageEntity[] }
  | { readonly edit: 'buttons' }

const limits = { text: maxText, caption: maxCaption } as const

/**
 * The chosen label goes under the message's own words, whose styles are kept. When there is no room for it, or the
 * button is not found, only the buttons go.
 */
export function afterPress(message: Message, data: string): AfterPress {
  const label = message.reply_markup?.inline_keyboard
    .flat()
    .find((button) => 'callback_data' in button && button.callback_data === data)?.text
  const edit = message.text !== undefined ? 'text' : 'caption'
  const before = message.text ?? message.caption
  if (!label || before === undefined) return { edit: 'buttons' }
  const line = `→ ${label}`
  const text = `${before}\n\n${line}`
  if (text.length > limits[edit]) return { edit: 'buttons' }
  const entities = message.entities ?? message.caption_entities ?? []
  return {
    edit,
    text,
    entities: [...entities, { type: 'bold', offset: text.length - line.length, length: line.length }],
  }
}
