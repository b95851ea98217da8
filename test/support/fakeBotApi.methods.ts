import { bot, type Chat, rawOf, type StoredMessage } from './fakeBotApi.chats.ts'
import { inlineOf, object, type Params, post, textOf } from './fakeBotApi.markup.ts'
import type { UploadedPart } from './fakeBotApi.multipart.ts'
import { bad, Refused } from './fakeBotApi.refused.ts'
import type { Updates } from './fakeBotApi.updates.ts'

export type Toast = { readonly queryId: string; readonly text?: string }
export type Uploads = Readonly<Record<string, UploadedPart>>
export type Method = (params: Params, uploads: Uploads) => unknown

/** What the bot and its chats have come to. */
export type BotState = {
  readonly chats: Map<number, Chat>
  readonly files: Map<string, { readonly path: string; readonly bytes: Buffer; readonly size: number }>
  /** The chats of the presses that are not answered, by the query's id. */
  readonly queries: Map<string, number>
  readonly toasts: (Toast & { readonly chatId: number })[]
  readonly commands: Map<string, readonly { command: string; description: string }[]>
  readonly descriptions: Map<string, string>
  readonly shortDescriptions: Map<string, string>
}

const pictures = ['ffd8ff', '89504e47', '47494638', '52494646']
const isPicture = (bytes: Buffer) =>
  pictures.some((magic) => bytes.subarray(0, magic.length / 2).toString('hex') === magic)

/** What each method does, all but getUpdates. It refuses what Telegram refuses. */
export function botMethods(state: BotState, updates: Updates): Readonly<Record<string, Method>> {
  const { chats, files, queries, toasts, commands, descriptions, shortDescriptions } = state

  const chatFor = (params: Params): Chat => {
    const chat = chats.get(Number(params.chat_id))
    if (!chat) return bad('chat not found')
    if (chat.blocked) throw new Refused(403, 'Forbidden: bot was blocked by the user')
    if (!chat.botIsThere) throw new Refused(403, 'Forbidden: bot was kicked from the supergroup chat')
    return chat
  }

  function sendFile(as: 'photo' | 'document', params: Params, uploads: Uploads) {
    const chat = chatFor(params)
    const said = textOf(params, 'caption', 1024)
    const reference = params[as]
    const key = typeof reference === 'string' ? reference.replace(/^attach:\/\//, '') : as
    const upload = uploads[key] ?? bad(`there is no ${as} in the request`)
    if (upload.bytes.length === 0) bad('file must be non-empty')
    if (as === 'photo' && upload.bytes.length > 10 * 1024 * 1024) bad('file is too big for a photo')
    if (as === 'photo' && !isPicture(upload.bytes)) bad('IMAGE_PROCESS_FAILED')
    if (upload.bytes.length > 50 * 1024 * 1024) throw new Refused(413, 'Request Entity Too Large')
    return post(chat, params, said, { as, name: upload.name, bytes: upload.bytes })
  }

  function edit(
    params: Params,
    change: (message: StoredMessage, inline: StoredMessage['inline']) => boolean,
  ) {
    const chat = chatFor(params)
    const message = chat.messages.find(({ messageId }) => messageId === Number(params.message_id))
    if (!message) return bad('message to edit not found')
    if (!message.fromBot || message.plainMarkup) return bad("message can't be edited")
    const inline = inlineOf(object(params.reply_markup))
    const sameButtons = JSON.stringify(inline) === JSON.stringify(message.inline)
    if (!change(message, inline) && sameButtons) return bad('message is not modified')
    if (inline) message.inline = inline
    else delete message.inline
    return rawOf(chat, message)
  }

  const language = (params: Params) => String(params.language_code ?? '')

  function described(into: Map<string, string>, params: Params, field: string, limit: number): true {
    const text = String(params[field] ?? '')
    if (text.length > limit) bad(`${field} is too long`)
    into.set(language(params), text)
    return true
  }

  return {
    getMe: () => bot,
    sendMessage: (params) => post(chatFor(params), params, textOf(params, 'text', 4096)),
    sendPhoto: (params, uploads) => sendFile('photo', params, uploads),
    sendDocument: (params, uploads) => sendFile('document', params, uploads),
    sendChatAction: (params) => chatFor(params) !== undefined,
    editMessageText: (params) =>
      edit(params, (message) => {
        const { text, entities } = textOf(params, 'text', 4096)
        const differs = text !== message.text
        Object.assign(message, { text, entities })
        return differs
      }),
    editMessageCaption: (params) =>
      edit(params, (message) => {
        const { text, entities } = textOf(params, 'caption', 1024)
        const differs = text !== message.text
        Object.assign(message, { text, entities })
        return differs
      }),
    editMessageReplyMarkup: (params) => edit(params, () => false),
    answerCallbackQuery: (params) => {
      const queryId = String(params.callback_query_id)
      const chatId = queries.get(queryId)
      if (chatId === undefined) {
        return bad('query is too old and response timeout expired or query ID is invalid')
      }
      const text = params.text
      if (typeof text === 'string' && text.length > 200) bad('MESSAGE_TOO_LONG')
      queries.delete(queryId)
      toasts.push({ chatId, queryId, ...(typeof text === 'string' && { text }) })
      return true
    },
    getFile: (params) => {
      const id = String(params.file_id)
      const file = files.get(id) ?? bad('invalid file_id')
      if (file.size > 20 * 1024 * 1024) bad('file is too big')
      return { file_id: id, file_unique_id: `u${id}`, file_size: file.size, file_path: file.path }
    },
    setMyCommands: (params) => {
      const list = (params.commands ?? []) as readonly { command: string; description: string }[]
      for (const { command, description } of list) {
        if (!/^[a-z0-9_]{1,32}$/.test(command)) bad('BOT_COMMAND_INVALID')
        if (description.length < 1 || description.length > 256) bad('BOT_COMMAND_DESCRIPTION_INVALID')
      }
      commands.set(language(params), list)
      return true
    },
    setMyDescription: (params) => described(descriptions, params, 'description', 512),
    setMyShortDescription: (params) => described(shortDescriptions, params, 'short_description', 120),
    leaveChat: (params) => {
      chatFor(params).botIsThere = false
      return true
    },
    setWebhook: (params) => {
      const secret = params.secret_token
      if (typeof secret === 'string' && !/^[\w-]{1,256}$/.test(secret))
        bad('secret token contains unallowed characters')
      updates.setWebhook({ url: String(params.url), ...(typeof secret === 'string' && { secret }) }, params)
      return true
    },
    deleteWebhook: () => {
      updates.setWebhook(undefined)
      return true
    },
  }
}
