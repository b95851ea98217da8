import type { StoredFile, Unsupported } from '../engine/conversation/content.ts'
import type { ConversationEvent, VisitorEvent } from '../engine/conversation/event.ts'
import type { StageName } from '../engine/conversation/state.ts'
import type { Language } from '../engine/language.ts'

/** A private chat with the bot, as much as the server needs to know the contact by. */
export type TelegramChat = {
  /** The same as the Telegram user's id. */
  readonly chatId: number
  /** The language of the visitor's Telegram when it is one of ours: a hint until they choose or write. */
  readonly language?: Language
  readonly firstName?: string
  readonly lastName?: string
  readonly username?: string
}

type WithoutMoment<E> = E extends unknown ? Omit<E, 'at' | 'registration'> : never

/**
 * What happened in a chat. The server adds the moment. Ids are made from Telegram's own, so an update that comes
 * again makes the same id: `tg:<chat>:<message>`, `tg:cb:<query>`, `tg:edit:<update>`, `tg:member:<update>`.
 */
export type ChatEvent = WithoutMoment<VisitorEvent | Extract<ConversationEvent, { type: 'channel.failed' }>>

/** The text of a refusal is in the visitor's language and is shown to them as it is. */
export type AcceptAnswer = { readonly ok: true } | { readonly ok: false; readonly refusal: string }

export type ChatStatus = {
  readonly language: Language
  readonly stage: StageName
  readonly ticketNumber?: number
  /** When the answer is promised, in the conversation's language, such as “до 15:30”. */
  readonly due?: string
  /** The name of the operator who answers. */
  readonly operator?: string
}

type IncomingFile = {
  readonly name: string
  /** As the sender's app named it: not to be trusted. */
  readonly type?: string
  /** Can be read once; fails when the download breaks, and then storeFile must fail too. */
  readonly bytes: AsyncIterable<Uint8Array>
}

export type OpenedFile = {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>
}

/** What the bot needs of the server. An expected refusal is an answer; a rejection means “try again later”. */
export type BotPorts = {
  /**
   * Commits an event of the chat's conversation, creating contact and conversation on first use, and resolves only
   * after the commit. An event id that was seen is dropped and answered `{ ok: true }`.
   */
  readonly accept: (chat: TelegramChat, event: ChatEvent) => Promise<AcceptAnswer>
  /** Where the chat's conversation stands, or null when there is none yet. */
  readonly conversation: (chat: TelegramChat) => Promise<ChatStatus | null>
  /** Keeps a file of the chat, or says why the desk does not take it. */
  readonly storeFile: (
    chat: TelegramChat,
    file: IncomingFile,
  ) => Promise<
    | { readonly ok: true; readonly file: StoredFile }
    | { readonly ok: false; readonly what: Extract<Unsupported, 'tooLarge' | 'tooMany' | 'refusedFile'> }
  >
  /** Opens a stored file to be sent to a chat; null when it is gone. Each call opens it anew. */
  readonly openFile: (fileId: string) => Promise<OpenedFile | null>
  readonly notices: NoticeChats
}

/** Chats in which supervisors are told of what befalls their desks. */
type NoticeChats = {
  /** Somebody has written a code there; resolves with the words to answer. */
  readonly connect: (chatId: number, title: string, code: string, language: Language) => Promise<string>
  /** Whether the bot has something to do in a group; `expected`: somebody holds a code. */
  readonly standing: (chatId: number) => Promise<'connected' | 'expected' | 'unknown'>
  /** The bot is in the group no longer. */
  readonly left: (chatId: number) => Promise<void>
  /** A group is another chat from now on. */
  readonly moved: (from: number, to: number) => Promise<void>
}

type LogLine = (facts: Readonly<Record<string, unknown>>, message: string) => void

/** The part of a logger that the bot uses; pino's fits. */
export type BotLog = { readonly info: LogLine; readonly warn: LogLine; readonly error: LogLine }

/** Time and chance, given from outside. */
export type BotWorld = {
  /** Resolves after so many milliseconds, or at once when `signal` is aborted; never rejects. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** At least 0 and below 1. */
  readonly random: () => number
}
