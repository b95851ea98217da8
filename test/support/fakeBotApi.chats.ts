import type { Entity } from './fakeBotApi.html.ts'

export type InlineButton = { readonly text: string; readonly callback_data?: string; readonly url?: string }
export type KeyboardButton = { readonly text: string; readonly request_contact?: boolean }

/** A message of the bot as the chat shows it now. */
export type ShownMessage = {
  readonly messageId: number
  /** The text or the caption, without markup. */
  readonly text: string
  readonly entities: readonly Entity[]
  /** Labels of the inline buttons, by row; empty once they were taken away. */
  readonly buttons: readonly (readonly string[])[]
  readonly file?: { readonly as: 'photo' | 'document'; readonly name: string; readonly bytes: Buffer }
}

export type Profile = {
  readonly first_name?: string
  readonly last_name?: string
  readonly username?: string
  readonly language_code?: string
}

export type StoredMessage = {
  messageId: number
  fromBot: boolean
  text: string
  entities: readonly Entity[]
  inline?: readonly (readonly InlineButton[])[]
  plainMarkup: boolean
  file?: ShownMessage['file']
  raw: Record<string, unknown>
}

export type Chat = {
  readonly id: number
  readonly kind: 'private' | 'supergroup'
  profile: Profile
  blocked: boolean
  botIsThere: boolean
  readonly messages: StoredMessage[]
  keyboard: readonly (readonly KeyboardButton[])[]
  lastMessageId: number
}

const botId = 7_000_000_001
export const bot = { id: botId, is_bot: true, first_name: 'Komekshi', username: 'komekshi_bot' }
/** When everything was said. */
export const date = 1_780_000_000

/** A chat that is opened now. */
export const newChat = (id: number, kind: Chat['kind'], profile: Profile): Chat => ({
  id,
  kind,
  profile,
  blocked: false,
  botIsThere: kind === 'private',
  messages: [],
  keyboard: [],
  lastMessageId: 0,
})

export const telegramChat = (chat: Chat) =>
  chat.kind === 'private'
    ? { id: chat.id, type: 'private', first_name: chat.profile.first_name ?? 'Гость' }
    : { id: chat.id, type: 'supergroup', title: 'Топ' }

/** A message of the bot as Telegram sends it. */
export function rawOf(chat: Chat, message: StoredMessage): Record<string, unknown> {
  const { text, entities, file, inline } = message
  return {
    message_id: message.messageId,
    date,
    chat: telegramChat(chat),
    from: bot,
    ...(file
      ? {
          [file.as === 'photo' ? 'photo' : 'document']: file.as === 'photo' ? [] : {},
          caption: text,
          caption_entities: entities,
        }
      : { text, entities }),
    ...(inline && { reply_markup: { inline_keyboard: inline } }),
  }
}

export const person = (id: number, profile: Profile) => ({
  id,
  is_bot: false,
  first_name: 'Гость',
  ...profile,
})

/** The bot's messages as the chat shows them. */
export const shown = (chat: Chat): readonly ShownMessage[] =>
  chat.messages
    .filter(({ fromBot }) => fromBot)
    .map(({ messageId, text, entities, inline = [], file }) => ({
      messageId,
      text,
      entities,
      buttons: inline.map((row) => row.map((button) => button.text)),
      ...(file && { file }),
    }))
