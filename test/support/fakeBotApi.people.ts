import type { Update } from 'grammy/types'
import {
  bot,
  type Chat,
  date,
  newChat,
  type Profile,
  person,
  rawOf,
  type ShownMessage,
  shown,
  telegramChat,
} from './fakeBotApi.chats.ts'
import { object } from './fakeBotApi.markup.ts'
import type { BotState, Toast } from './fakeBotApi.methods.ts'
import type { Updates } from './fakeBotApi.updates.ts'

/** A person with the bot's private chat open. What they do returns the update that the bot is to get. */
export type FakeUser = {
  readonly sends: (text: string) => Update
  /** Presses the newest inline button with this label; or the button under the input field. */
  readonly presses: (label: string) => Update
  /** Presses a button by its data, though it is shown no more: a client may do it late. */
  readonly pressesStale: (data: string, messageId?: number) => Update
  readonly sharesContact: (phone?: string) => Update
  readonly sharesForeignContact: (phone?: string) => Update
  readonly sendsPhoto: (bytes: Uint8Array, caption?: string) => Update
  /** `size`: what Telegram announces, when it is to differ from the bytes. */
  readonly sendsDocument: (
    bytes: Uint8Array,
    file: {
      readonly name: string
      readonly type?: string
      readonly caption?: string
      readonly size?: number
    },
  ) => Update
  /** Any other kind of message, by its own fields: `{ sticker: {…} }`. */
  readonly sendsOther: (fields: Readonly<Record<string, unknown>>) => Update
  /** Changes the text (or caption) of an earlier message. */
  readonly edits: (update: Update, text: string) => Update
  readonly blocks: () => Update
  readonly unblocks: () => Update
  /** The bot's messages, oldest first, as they are shown now. */
  readonly messages: () => readonly ShownMessage[]
  /** The keyboard under the input field: labels, or none. */
  readonly keyboard: () => readonly string[]
  readonly toasts: () => readonly Toast[]
  /** Waits until one of the bot's messages shows this, and gives the newest that does. */
  readonly sees: (what: string | RegExp) => Promise<ShownMessage>
}

export type FakeGroup = {
  readonly addsBot: (by?: Profile) => Update
  readonly someoneWrites: (text: string) => Update
  readonly sendsBotAway: () => Update
  /** The group has grown into a supergroup, which is another chat. */
  readonly becomes: (chatId: number) => Update
  readonly messages: () => readonly ShownMessage[]
  readonly botIsThere: () => boolean
}

/** Who writes to the bot: people in their private chats, and groups. */
export function fakePeople(
  state: BotState,
  { give }: Pick<Updates, 'give'>,
  until: (condition: () => boolean, what: string) => Promise<void>,
) {
  const { chats, files, queries, toasts } = state
  let lastFile = 0
  let lastQuery = 0

  function openChat(id: number, kind: Chat['kind'], profile: Profile): Chat {
    const chat = chats.get(id) ?? newChat(id, kind, profile)
    chats.set(id, chat)
    return chat
  }

  const keepFile = (bytes: Uint8Array, folder: string, size = bytes.length): string => {
    lastFile += 1
    const id = `file${lastFile}`
    files.set(id, { path: `${folder}/${id}`, bytes: Buffer.from(bytes), size })
    return id
  }

  function user(chatId: number, profile: Profile = {}): FakeUser {
    const chat = openChat(chatId, 'private', profile)
    const from = person(chatId, chat.profile)

    const says = (fields: Record<string, unknown>): Update => {
      chat.lastMessageId += 1
      const raw = { message_id: chat.lastMessageId, date, chat: telegramChat(chat), from, ...fields }
      chat.messages.push({
        messageId: chat.lastMessageId,
        fromBot: false,
        text: String(fields.text ?? ''),
        entities: [],
        plainMarkup: false,
        raw,
      })
      return give({ message: raw } as unknown as Omit<Update, 'update_id'>)
    }
    const presses = (data: string, message: Record<string, unknown>): Update => {
      lastQuery += 1
      const id = `query${lastQuery}`
      queries.set(id, chatId)
      const query = { id, from, chat_instance: String(chatId), data, message }
      return give({ callback_query: query } as unknown as Omit<Update, 'update_id'>)
    }
    const membership = (status: 'kicked' | 'member'): Update => {
      chat.blocked = status === 'kicked'
      const change = {
        chat: telegramChat(chat),
        from,
        date,
        old_chat_member: { user: bot, status: status === 'kicked' ? 'member' : 'kicked' },
        new_chat_member: { user: bot, status, ...(status === 'kicked' && { until_date: 0 }) },
      }
      return give({ my_chat_member: change } as unknown as Omit<Update, 'update_id'>)
    }
    const contact = (userId: number | undefined, phone: string) => ({
      contact: {
        phone_number: phone,
        first_name: from.first_name,
        ...(userId !== undefined && { user_id: userId }),
      },
    })
    const sharesContact = (phone = '77011234567') => says(contact(chatId, phone))

    const find = (what: string | RegExp) =>
      [...shown(chat)]
        .reverse()
        .find(({ text }) => (typeof what === 'string' ? text.includes(what) : what.test(text)))

    return {
      sends: (text) => says({ text }),
      presses: (label) => {
        for (const message of [...chat.messages].reverse()) {
          const button = message.inline?.flat().find(({ text }) => text === label)
          if (button) return presses(button.callback_data ?? '', rawOf(chat, message))
        }
        const key = chat.keyboard.flat().find(({ text }) => text === label)
        if (!key)
          throw new Error(`no button “${label}” among: ${JSON.stringify(shown(chat).map((m) => m.buttons))}`)
        return key.request_contact ? sharesContact() : says({ text: label })
      },
      pressesStale: (data, messageId = 1) => {
        const message = chat.messages.find((one) => one.messageId === messageId && one.fromBot)
        const raw = message
          ? rawOf(chat, message)
          : { message_id: messageId, date: 0, chat: telegramChat(chat) }
        return presses(data, raw)
      },
      sharesContact,
      sharesForeignContact: (phone = '77059998877') => says(contact(chatId + 1, phone)),
      sendsPhoto: (bytes, caption) => {
        const photo = [90, 1280, 320].map((width) => ({
          file_id: keepFile(bytes, `photos${width}`),
          file_unique_id: `p${width}`,
          width,
          height: width,
          file_size: bytes.length,
        }))
        return says({ photo, ...(caption !== undefined && { caption }) })
      },
      sendsDocument: (bytes, { name, type, caption, size = bytes.length }) => {
        const document = {
          file_id: keepFile(bytes, 'documents', size),
          file_unique_id: 'd',
          file_name: name,
          file_size: size,
          ...(type && { mime_type: type }),
        }
        return says({ document, ...(caption !== undefined && { caption }) })
      },
      sendsOther: (fields) => says({ ...fields }),
      edits: (update, text) => {
        const original = object(update.message)
        const field = 'caption' in original ? 'caption' : 'text'
        const edited = { ...original, [field]: text, edit_date: date + 1 }
        return give({ edited_message: edited } as unknown as Omit<Update, 'update_id'>)
      },
      blocks: () => membership('kicked'),
      unblocks: () => membership('member'),
      messages: () => shown(chat),
      keyboard: () => chat.keyboard.flat().map(({ text }) => text),
      toasts: () => toasts.filter((toast) => toast.chatId === chatId),
      sees: async (what) => {
        await until(() => find(what) !== undefined, `chat ${chatId} shows ${what}`)
        return find(what) as ShownMessage
      },
    }
  }

  function group(chatId: number): FakeGroup {
    const chat = openChat(chatId, 'supergroup', {})
    const service = (fields: object) => {
      chat.lastMessageId += 1
      const message = {
        message_id: chat.lastMessageId,
        date,
        chat: telegramChat(chat),
        from: person(1, {}),
        ...fields,
      }
      return give({ message } as unknown as Omit<Update, 'update_id'>)
    }
    return {
      addsBot: (by = {}) => {
        chat.botIsThere = true
        const change = {
          chat: telegramChat(chat),
          from: person(1, by),
          date,
          old_chat_member: { user: bot, status: 'left' },
          new_chat_member: { user: bot, status: 'member' },
        }
        return give({ my_chat_member: change } as unknown as Omit<Update, 'update_id'>)
      },
      someoneWrites: (text) => service({ text }),
      becomes: (to) => service({ migrate_to_chat_id: to }),
      sendsBotAway: () => {
        chat.botIsThere = false
        const change = {
          chat: telegramChat(chat),
          from: person(1, {}),
          date,
          old_chat_member: { user: bot, status: 'member' },
          new_chat_member: { user: bot, status: 'kicked' },
        }
        return give({ my_chat_member: change } as unknown as Omit<Update, 'update_id'>)
      },
      messages: () => shown(chat),
      botIsThere: () => chat.botIsThere,
    }
  }

  return { user, group }
}
