import type { Api } from 'grammy'
import type { Message, Update } from 'grammy/types'
import type { Language } from '../engine/language.ts'
import { type ChatMemory, remember } from './chatMemory.ts'
import { inlineKeyboard } from './deliver.ts'
import { maxDownloadBytes } from './download.ts'
import { type Heard, listen } from './listen.ts'
import { pauseAfter } from './persist.ts'
import type { BotLog, BotPorts, BotWorld, ChatEvent, ChatStatus, TelegramChat } from './ports.ts'
import { afterPress } from './pressed.ts'
import { statusWords } from './statusWords.ts'
import { troubleOf } from './trouble.ts'
import { defaultLanguage, words } from './words.ts'

export type HandlerParts = {
  readonly api: Api
  readonly ports: BotPorts
  readonly memory: ChatMemory
  readonly log: BotLog
  readonly world: BotWorld
  readonly portalName: Readonly<Record<Language, string>>
  /** Where the desk's articles are read as pages, by language. */
  readonly helpPages?: Readonly<Record<Language, string>>
  /** The desk's own limit of a file. */
  readonly maxFileBytes: number
  readonly download: (fileId: string, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>
  readonly signal: AbortSignal
}

export type Handler = {
  /** Takes an update in; resolves once it is committed, rejects when it is worth trying again. */
  readonly handle: (update: Update) => Promise<void>
  /** Tells the chat of an update that we could not take it in. Never rejects. */
  readonly apologise: (update: Update) => Promise<void>
}

type Extra = Parameters<Api['sendMessage']>[2]

const maxToast = 200
const tries = 4
const longestWaitMilliseconds = 30_000

const languageButtons = inlineKeyboard([
  [
    { label: 'Қазақша', choice: 'language:kk' },
    { label: 'По-русски', choice: 'language:ru' },
  ],
])

/** Makes the side of the bot that acts on what it hears. */
export function handler(parts: HandlerParts): Handler {
  const { api, ports, memory, log, world, portalName, helpPages, maxFileBytes, download, signal } = parts
  const leftGroups = new Map<number, true>()

  /** Says something of the channel's own; what cannot be said is logged, because the event itself is committed. */
  async function tell(chatId: number, text: string, extra: Extra = {}): Promise<void> {
    for (let failures = 0; failures < tries && !signal.aborted; failures++) {
      try {
        await api.sendMessage(chatId, text, extra)
        return
      } catch (error) {
        const trouble = troubleOf(error)
        const pause = pauseAfter(trouble, failures, world.random)
        const again =
          (trouble.kind === 'tooMany' || trouble.kind === 'unavailable') && pause <= longestWaitMilliseconds
        if (!again || failures === tries - 1) {
          log.warn({ chatId, reason: trouble.description }, 'a reply of the bot was not delivered')
          return
        }
        await world.sleep(pause, signal)
      }
    }
  }

  /** A call that only makes things look better: its failure changes nothing. */
  async function nicety(call: Promise<unknown>): Promise<void> {
    try {
      await call
    } catch (error) {
      log.info({ reason: troubleOf(error).description }, 'a cosmetic call of the Bot API failed')
    }
  }

  const languageFor = (chat: TelegramChat, status: ChatStatus | null): Language =>
    status?.language ?? chat.language ?? defaultLanguage

  const sayFor = async (chat: TelegramChat) => words[languageFor(chat, await ports.conversation(chat))]

  async function accept(chat: TelegramChat, events: readonly ChatEvent[]): Promise<void> {
    for (const event of events) {
      const answer = await ports.accept(chat, event)
      if (!answer.ok) await tell(chat.chatId, answer.refusal)
    }
  }

  async function takeFile(heard: Extract<Heard, { what: 'file' }>): Promise<void> {
    const { chat, id, file, caption } = heard
    const refuse = (what: 'tooLarge' | 'tooMany' | 'refusedFile') =>
      accept(chat, [
        ...(caption ? [{ type: 'visitor.wrote', id, text: caption } as const] : []),
        { type: 'visitor.sentUnsupported', id: caption ? `${id}:${what}` : id, what },
      ])
    if ((file.bytes ?? 0) > Math.min(maxFileBytes, maxDownloadBytes)) return refuse('tooLarge')
    const bytes = await download(file.fileId, signal)
    const stored = await ports.storeFile(chat, {
      name: file.name,
      ...(file.type && { type: file.type }),
      bytes,
    })
    if (!stored.ok) return refuse(stored.what)
    await accept(chat, [
      { type: 'visitor.attached', id, file: stored.file, ...(caption && { text: caption }) },
    ])
  }

  async function toast(chat: TelegramChat, queryId: string, text: string): Promise<void> {
    if (text.length <= maxToast) return nicety(api.answerCallbackQuery(queryId, { text }))
    await nicety(api.answerCallbackQuery(queryId))
    await tell(chat.chatId, text)
  }

  function showChosen(message: Message, choice: string): Promise<void> {
    const { chat, message_id: messageId } = message
    if (memory.buttons.get(chat.id) === messageId) memory.buttons.delete(chat.id)
    const after = afterPress(message, choice)
    if (after.edit === 'buttons') return nicety(api.editMessageReplyMarkup(chat.id, messageId))
    const { text, entities } = after
    return nicety(
      after.edit === 'text'
        ? api.editMessageText(chat.id, messageId, text, {
            entities,
            link_preview_options: { is_disabled: true },
          })
        : api.editMessageCaption(chat.id, messageId, { caption: text, caption_entities: entities }),
    )
  }

  async function press({
    chat,
    queryId,
    choice,
    message,
  }: Extract<Heard, { what: 'pressed' }>): Promise<void> {
    if (!choice) {
      await toast(chat, queryId, (await sayFor(chat))('button.stale'))
      if (message) await nicety(api.editMessageReplyMarkup(message.chat.id, message.message_id))
      return
    }
    const answer = await ports.accept(chat, { type: 'visitor.chose', id: `tg:cb:${queryId}`, choice })
    if (!answer.ok) return toast(chat, queryId, answer.refusal)
    await nicety(api.answerCallbackQuery(queryId))
    if (message) await showChosen(message, choice)
  }

  async function inGroup({
    chatId,
    language,
    silent,
    joined,
  }: Extract<Heard, { what: 'group' }>): Promise<void> {
    if (!joined && leftGroups.has(chatId)) return
    const standing = silent ? 'unknown' : await ports.notices.standing(chatId)
    if (standing === 'expected' && joined)
      await tell(chatId, words[language ?? defaultLanguage]('group.connect'))
    if (standing !== 'unknown') return
    remember(leftGroups, chatId, true)
    if (!silent) await nicety(api.sendMessage(chatId, words[language ?? defaultLanguage]('group')))
    await nicety(api.leaveChat(chatId))
  }

  async function handle(update: Update): Promise<void> {
    const heard = listen(update)
    switch (heard.what) {
      case 'nothing':
        return
      case 'group':
        return inGroup(heard)
      case 'groupLeft':
        return ports.notices.left(heard.chatId)
      case 'groupMoved':
        return ports.notices.moved(heard.from, heard.to)
      case 'connect': {
        const { chatId, title, code, language = defaultLanguage } = heard
        leftGroups.delete(chatId)
        return tell(chatId, await ports.notices.connect(chatId, title, code, language))
      }
      case 'events':
        if (update.message?.contact) remember(memory.phoneAsked, heard.chat.chatId, true)
        return accept(heard.chat, heard.events)
      case 'file':
        return takeFile(heard)
      case 'pressed':
        return press(heard)
      case 'status': {
        const status = await ports.conversation(heard.chat)
        return tell(heard.chat.chatId, statusWords(status, words[languageFor(heard.chat, status)]))
      }
      case 'languages':
        return tell(heard.chat.chatId, (await sayFor(heard.chat))('language.choose'), {
          reply_markup: languageButtons,
        })
      case 'foreignContact':
        return tell(heard.chat.chatId, (await sayFor(heard.chat))('phone.foreign'))
      case 'help':
      case 'unknownCommand': {
        const language = languageFor(heard.chat, await ports.conversation(heard.chat))
        const help = words[language]('help', { portal: portalName[language] })
        const lead = heard.what === 'help' ? '' : `${words[language]('unknownCommand')}\n\n`
        const pages = helpPages
          ? `\n\n${words[language]('help.pages', { address: helpPages[language] })}`
          : ''
        return tell(heard.chat.chatId, lead + help + pages)
      }
    }
  }

  async function apologise(update: Update): Promise<void> {
    const heard = listen(update)
    if (!('chat' in heard)) return
    const { chat } = heard
    const status = await ports.conversation(chat).catch(() => null)
    const text = words[languageFor(chat, status)]('wentWrong')
    if (heard.what === 'pressed') return toast(chat, heard.queryId, text)
    await tell(chat.chatId, text)
  }

  return { handle, apologise }
}
