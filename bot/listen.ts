import type { CallbackQuery, ChatMemberUpdated, Message, Update, User } from 'grammy/types'
import type { ChoiceId, Unsupported } from '../engine/conversation/content.ts'
import { type Language, languages } from '../engine/language.ts'
import { isChoiceId } from './choiceId.ts'
import type { ChatEvent, TelegramChat } from './ports.ts'
import { languageOfCode } from './words.ts'

/** A file as Telegram announces it; its bytes are still to be downloaded. */
type AnnouncedFile = {
  readonly fileId: string
  readonly name: string
  readonly type?: string
  /** Left out when Telegram does not know. */
  readonly bytes?: number
}

/** What an update means to us. */
export type Heard =
  | { readonly what: 'events'; readonly chat: TelegramChat; readonly events: readonly ChatEvent[] }
  | {
      readonly what: 'file'
      readonly chat: TelegramChat
      readonly id: string
      readonly file: AnnouncedFile
      readonly caption?: string
    }
  | {
      readonly what: 'pressed'
      readonly chat: TelegramChat
      readonly queryId: string
      /** Left out when the button is not one of ours. */
      readonly choice?: ChoiceId
      readonly message?: Message
    }
  | {
      readonly what: 'status' | 'help' | 'unknownCommand' | 'languages' | 'foreignContact'
      readonly chat: TelegramChat
    }
  | {
      readonly what: 'group'
      readonly chatId: number
      readonly language?: Language
      /** A channel's readers are not addressed. */
      readonly silent: boolean
      /** The bot was just added, as against: somebody wrote there. */
      readonly joined: boolean
    }
  | {
      /** A code of a supervisor's was written there. */
      readonly what: 'connect'
      readonly chatId: number
      readonly title: string
      readonly code: string
      readonly language?: Language
    }
  | { readonly what: 'groupLeft'; readonly chatId: number }
  | { readonly what: 'groupMoved'; readonly from: number; readonly to: number }
  | { readonly what: 'nothing' }

const nothing: Heard = { what: 'nothing' }

const chatOf = (chatId: number, user: User | undefined): TelegramChat => {
  const language = languageOfCode(user?.language_code)
  return {
    chatId,
    ...(language && { language }),
    ...(user?.first_name && { firstName: user.first_name }),
    ...(user?.last_name && { lastName: user.last_name }),
    ...(user?.username && { username: user.username }),
  }
}

/** Text as it can be stored: no NUL, no half of a surrogate pair, no space around; undefined when nothing is left. */
const cleaned = (text: string | undefined): string | undefined =>
  text?.replaceAll('\u0000', '').toWellFormed().trim() || undefined

/** The event id of a message: can be made again from the message alone, so an edit finds its original. */
const messageEventId = (message: { chat: { id: number }; message_id: number }): string =>
  `tg:${message.chat.id}:${message.message_id}`

/** What we cannot keep, by the message's own field; `animation` stands before `document`, which comes with it. */
const unsupported: readonly (readonly [field: keyof Message, what: Unsupported])[] = [
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['animation', 'video'],
  ['venue', 'location'],
  ['location', 'location'],
]

/** Messages that Telegram makes by itself: nobody said anything. */
const service: readonly (keyof Message)[] = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'connected_website',
  'chat_background_set',
  'users_shared',
  'chat_shared',
  'successful_payment',
  'refunded_payment',
  'proximity_alert_triggered',
]

const connecting = /^\/(connect|start)(?:@\w+)?\s+([A-Za-z0-9]{4,20})\s*$/

/** The code by which a supervisor connects the chat; a group may get it by the link that adds the bot (`/start`). */
function hearConnect({ chat, from, text }: Message): Heard | undefined {
  const [, command, code] = connecting.exec(text ?? '') ?? []
  if (!code || (chat.type === 'private' && command !== 'connect')) return undefined
  const language = languageOfCode(from?.language_code)
  const named = [chat.title, chat.first_name, chat.username].find((name) => name !== undefined)
  return { what: 'connect', chatId: chat.id, title: named ?? '', code, ...(language && { language }) }
}

function hearCommand(message: Message, text: string, chat: TelegramChat): Heard {
  const [, name = '', argument = ''] = /^\/(\w+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text) ?? []
  const id = messageEventId(message)
  const chose = (choice: ChoiceId): Heard => ({
    what: 'events',
    chat,
    events: [{ type: 'visitor.chose', id, choice }],
  })
  switch (name.toLowerCase()) {
    case 'start':
      return {
        what: 'events',
        chat,
        events: [{ type: 'visitor.started', id, ...(chat.language && { language: chat.language }) }],
      }
    case 'lang': {
      const code = argument.trim().toLowerCase()
      const wanted = languages.find((language) => language === (code === 'kz' ? 'kk' : code))
      return wanted
        ? { what: 'events', chat, events: [{ type: 'visitor.switchedLanguage', id, language: wanted }] }
        : { what: 'languages', chat }
    }
    case 'new':
      return chose('new')
    case 'operator':
      return chose('operator')
    case 'status':
      return { what: 'status', chat }
    case 'help':
      return { what: 'help', chat }
    default:
      return { what: 'unknownCommand', chat }
  }
}

function fileOf(message: Message): AnnouncedFile | undefined {
  if (message.photo) {
    const [largest] = [...message.photo].sort((a, b) => b.width * b.height - a.width * a.height)
    if (!largest) return undefined
    return {
      fileId: largest.file_id,
      name: `photo_${message.message_id}.jpg`,
      type: 'image/jpeg',
      ...(largest.file_size !== undefined && { bytes: largest.file_size }),
    }
  }
  const { document } = message
  if (!document) return undefined
  return {
    fileId: document.file_id,
    name: document.file_name ?? `file_${message.message_id}`,
    ...(document.mime_type && { type: document.mime_type }),
    ...(document.file_size !== undefined && { bytes: document.file_size }),
  }
}

/** Something we cannot keep; the words that came with it are kept. */
function hearUnsupported(message: Message, what: Unsupported, chat: TelegramChat): Heard {
  const id = messageEventId(message)
  const said = cleaned(message.caption)
  return {
    what: 'events',
    chat,
    events: said
      ? [
          { type: 'visitor.wrote', id, text: said },
          { type: 'visitor.sentUnsupported', id: `${id}:${what}`, what },
        ]
      : [{ type: 'visitor.sentUnsupported', id, what }],
  }
}

function hearMessage(message: Message): Heard {
  const chat = chatOf(message.chat.id, message.from)
  const id = messageEventId(message)
  const wrote = (text: string): Heard => ({
    what: 'events',
    chat,
    events: [{ type: 'visitor.wrote', id, text }],
  })
  const text = cleaned(message.text)
  if (text) return /^\/\w/.test(text) ? hearCommand(message, text, chat) : wrote(text)
  if (message.contact) {
    if (message.contact.user_id !== message.from?.id) return { what: 'foreignContact', chat }
    const phone = message.contact.phone_number
    return wrote(phone.startsWith('+') ? phone : `+${phone}`)
  }
  const kind = unsupported.find(([field]) => message[field] !== undefined)
  if (kind) return hearUnsupported(message, kind[1], chat)
  const file = fileOf(message)
  if (file) {
    const caption = cleaned(message.caption)
    return { what: 'file', chat, id, file, ...(caption && { caption }) }
  }
  if (service.some((field) => message[field] !== undefined)) return nothing
  return hearUnsupported(message, 'other', chat)
}

function hearEdit(updateId: number, message: Message): Heard {
  const text = cleaned(message.text ?? message.caption)
  if (!text || text.startsWith('/')) return nothing
  const event: ChatEvent = {
    type: 'visitor.edited',
    id: `tg:edit:${updateId}`,
    of: messageEventId(message),
    text,
  }
  return { what: 'events', chat: chatOf(message.chat.id, message.from), events: [event] }
}

function hearPress(query: CallbackQuery): Heard {
  const message = query.message
  return {
    what: 'pressed',
    chat: chatOf(message?.chat.id ?? query.from.id, query.from),
    queryId: query.id,
    ...(query.data !== undefined && isChoiceId(query.data) && { choice: query.data }),
    ...(message && message.date !== 0 && { message }),
  }
}

function hearMembership(updateId: number, change: ChatMemberUpdated): Heard {
  const { status } = change.new_chat_member
  if (change.chat.type === 'private') {
    if (status !== 'kicked') return nothing
    const id = `tg:member:${updateId}`
    return {
      what: 'events',
      chat: chatOf(change.chat.id, change.from),
      events: [{ type: 'channel.failed', id, reason: 'blocked' }],
    }
  }
  if (status === 'left' || status === 'kicked') return { what: 'groupLeft', chatId: change.chat.id }
  return groupOf(change.chat, change.from, true)
}

function groupOf(chat: { id: number; type: string }, user: User | undefined, joined: boolean): Heard {
  const language = languageOfCode(user?.language_code)
  const silent = chat.type === 'channel'
  return { what: 'group', chatId: chat.id, ...(language && { language }), silent, joined }
}

/**
 * Understands an update: pure, so the same update is always heard the same way, with the same event ids.
 * A shared phone number is heard as what the visitor wrote: it answers whatever is being asked.
 */
export function listen(update: Update): Heard {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message
  const connect = update.message && hearConnect(update.message)
  if (connect) return connect
  if (message && message.chat.type !== 'private') {
    const { id } = message.chat
    if ('migrate_to_chat_id' in message && message.migrate_to_chat_id !== undefined)
      return { what: 'groupMoved', from: id, to: message.migrate_to_chat_id }
    if ('migrate_from_chat_id' in message && message.migrate_from_chat_id !== undefined)
      return { what: 'groupMoved', from: message.migrate_from_chat_id, to: id }
    return groupOf(message.chat, 'from' in message ? message.from : undefined, false)
  }
  if (update.message) return hearMessage(update.message)
  if (update.edited_message) return hearEdit(update.update_id, update.edited_message)
  if (update.callback_query) return hearPress(update.callback_query)
  if (update.my_chat_member) return hearMembership(update.update_id, update.my_chat_member)
  return nothing
}

/** The chat whose order an update keeps. */
export function chatOfUpdate(update: Update): number {
  const chat = (
    update.message ??
    update.edited_message ??
    update.callback_query?.message ??
    update.my_chat_member
  )?.chat
  return chat?.id ?? update.callback_query?.from.id ?? 0
}
