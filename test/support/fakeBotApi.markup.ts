import type { Chat, InlineButton, KeyboardButton, ShownMessage, StoredMessage } from './fakeBotApi.chats.ts'
import { rawOf } from './fakeBotApi.chats.ts'
import { type Entity, parseHtml } from './fakeBotApi.html.ts'
import { bad } from './fakeBotApi.refused.ts'

export type Params = Readonly<Record<string, unknown>>

export const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** The text of a message and its markup, as a method takes it. */
export function textOf(params: Params, field: 'text' | 'caption', limit: number) {
  const given = params[field]
  const raw = typeof given === 'string' ? given : ''
  const mode = params.parse_mode
  if (mode !== undefined && mode !== 'HTML') bad('unsupported parse_mode')
  const listed = params[field === 'text' ? 'entities' : 'caption_entities']
  const parsed =
    mode === 'HTML'
      ? parseHtml(raw)
      : { text: raw, entities: Array.isArray(listed) ? (listed as Entity[]) : [] }
  const text = parsed.text.trim()
  if (field === 'text' && text === '') bad('message text is empty')
  if (text.length > limit) bad(field === 'text' ? 'message is too long' : 'message caption is too long')
  for (const { offset, length } of parsed.entities) {
    if (offset < 0 || length < 1 || offset + length > parsed.text.length) bad('ENTITY_BOUNDS_INVALID')
  }
  return { text, entities: parsed.entities }
}

/** The buttons under a message, as a method takes them. */
export function inlineOf(markup: Record<string, unknown>): readonly (readonly InlineButton[])[] | undefined {
  const rows = markup.inline_keyboard
  if (rows === undefined) return undefined
  const inline = rows as readonly (readonly InlineButton[])[]
  for (const button of inline.flat()) {
    if (!button.text) bad("can't parse inline keyboard button: text must be non-empty")
    if (!button.url && !button.callback_data) bad('BUTTON_TYPE_INVALID')
    if (Buffer.byteLength(button.callback_data ?? '') > 64) bad('BUTTON_DATA_INVALID')
  }
  if (inline.some((row) => row.length > 8)) bad('too many buttons in a row')
  return inline.flat().length > 0 ? inline : undefined
}

/** Puts a message of the bot into a chat. */
export function post(
  chat: Chat,
  params: Params,
  said: { text: string; entities: readonly Entity[] },
  file?: ShownMessage['file'],
) {
  const markup = object(params.reply_markup)
  const inline = inlineOf(markup)
  chat.lastMessageId += 1
  const message: StoredMessage = {
    messageId: chat.lastMessageId,
    fromBot: true,
    ...said,
    ...(inline && { inline }),
    plainMarkup: 'keyboard' in markup || 'remove_keyboard' in markup,
    ...(file && { file }),
    raw: {},
  }
  if (Array.isArray(markup.keyboard))
    chat.keyboard = markup.keyboard as readonly (readonly KeyboardButton[])[]
  if (markup.remove_keyboard === true) chat.keyboard = []
  chat.messages.push(message)
  return rawOf(chat, message)
}
