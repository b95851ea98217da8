import { type Api, InputFile } from 'grammy'
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import type { Author } from '../engine/conversation/content.ts'
import type { Language } from '../engine/language.ts'
import type { WireContent, WireFile } from '../engine/wire.ts'
import { type ChatMemory, remember } from './chatMemory.ts'
import type { Rows } from './keyboard.ts'
import { pauseAfter } from './persist.ts'
import type { BotPorts } from './ports.ts'
import { type Markup, maxCaption, maxText, render, type Showing } from './render.ts'
import { htmlOf, plainOf, type Run } from './runs.ts'
import { type Trouble, troubleOf } from './trouble.ts'

/** One message of a conversation on its way to a chat. */
export type Delivery = {
  /** The same at every try, so that what was already shown of it is not shown again. */
  readonly id: string
  readonly chatId: number
  readonly language: Language
  readonly author: Author
  /** Rendered in `language`. */
  readonly content: WireContent
}

/**
 * What became of a delivery. `retryAt`: try again after so many seconds. `unreachable`: the visitor blocked the bot or
 * their account is gone (`blocked`), or Telegram knows no such chat (`refused`). `refused`: Telegram does not take
 * this very message, so trying again is of no use. `moved`: the group is another chat from now on.
 */
type DeliveryResult =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'retryAt'; readonly afterSeconds: number; readonly description: string }
  | { readonly outcome: 'unreachable'; readonly reason: 'blocked' | 'refused' }
  | { readonly outcome: 'refused'; readonly description: string }
  | { readonly outcome: 'moved'; readonly address: string }

export type Deliver = (delivery: Delivery) => Promise<DeliveryResult>

/** Telegram takes larger pictures as documents only. */
const maxPhotoBytes = 10 * 1024 * 1024

type TelegramMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

/** Rows of buttons as Telegram takes them. */
export const inlineKeyboard = (rows: Rows): InlineKeyboardMarkup => ({
  inline_keyboard: rows.map((row) =>
    row.map(({ label, choice }) => ({ text: label, callback_data: choice })),
  ),
})

function markupOf(markup: Markup): TelegramMarkup {
  if (markup.kind === 'buttons') return inlineKeyboard(markup.rows)
  if (markup.kind === 'removeAskPhone') return { remove_keyboard: true }
  return {
    keyboard: [[{ text: markup.label, request_contact: true }]],
    resize_keyboard: true,
    one_time_keyboard: true,
  }
}

type Sent = { readonly message_id: number }

/** Sends with styles, and once more without any when Telegram cannot parse it. */
async function withPlainFallback(
  send: (text: string, parse_mode?: 'HTML') => Promise<Sent>,
  runs: readonly Run[],
  limit: number,
) {
  try {
    return await send(htmlOf(runs), 'HTML')
  } catch (error) {
    if (troubleOf(error).kind !== 'unparsable') throw error
    return await send(plainOf(runs).slice(0, limit))
  }
}

async function sendFile(
  api: Api,
  ports: Pick<BotPorts, 'openFile'>,
  chatId: number,
  showing: Extract<Showing, { kind: 'file' }>,
): Promise<Sent | null> {
  const { file, caption, markup } = showing
  const reply = markup && { reply_markup: markupOf(markup) }
  const send = (as: 'photo' | 'document') =>
    withPlainFallback(
      async (text, parse_mode) => {
        const opened = await ports.openFile(file.id)
        if (!opened) throw new FileGone()
        const input = new InputFile(opened.bytes, sendableName(opened.name))
        const other = { ...(text && { caption: text }), ...(parse_mode && { parse_mode }), ...reply }
        return as === 'photo' ? api.sendPhoto(chatId, input, other) : api.sendDocument(chatId, input, other)
      },
      caption,
      maxCaption,
    )
  try {
    return await send(mayBePhoto(file) ? 'photo' : 'document')
  } catch (error) {
    if (error instanceof FileGone) return null
    if (!mayBePhoto(file) || troubleOf(error).kind !== 'refused') throw error
    return await send('document')
  }
}

class FileGone extends Error {}

const mayBePhoto = (file: WireFile) => file.image && file.bytes <= maxPhotoBytes

/** A name that a multipart header can carry unquoted. */
const sendableName = (name: string) => name.replace(/[\r\n";\\]/g, '_')

const sendMessage = (api: Api, chatId: number, { runs, markup }: Extract<Showing, { kind: 'message' }>) =>
  withPlainFallback(
    (text, parse_mode) =>
      api.sendMessage(chatId, text, {
        ...(parse_mode && { parse_mode }),
        link_preview_options: { is_disabled: true },
        ...(markup && { reply_markup: markupOf(markup) }),
      }),
    runs,
    maxText,
  )

/** What a failure means to a delivery that has failed so many times before. */
function resultOf(trouble: Trouble, failures: number, random: () => number): DeliveryResult {
  switch (trouble.kind) {
    case 'blocked':
      return { outcome: 'unreachable', reason: 'blocked' }
    case 'noChat':
      return { outcome: 'unreachable', reason: 'refused' }
    case 'moved':
      return { outcome: 'moved', address: String(trouble.movedTo) }
    case 'refused':
    case 'unparsable':
      return { outcome: 'refused', description: trouble.description }
    default:
      return {
        outcome: 'retryAt',
        afterSeconds: Math.ceil(pauseAfter(trouble, failures, random) / 1_000),
        description: trouble.description,
      }
  }
}

type Progress = { readonly showings: readonly Showing[]; readonly done: number; readonly failures: number }

/**
 * Makes the function that shows a message in its chat. It never rejects. A message of several parts that stopped in
 * the middle goes on from there when it is delivered again (unless the process was restarted in between); one that is
 * delivered again while it is still under way is not sent twice.
 * Deliveries of one chat are to be awaited one after another.
 */
export function deliverer(
  api: Api,
  ports: Pick<BotPorts, 'openFile'>,
  memory: ChatMemory,
  random: () => number,
): Deliver {
  const unfinished = new Map<string, Progress>()
  const underWay = new Map<string, Promise<DeliveryResult>>()

  async function showOne(chatId: number, showing: Showing): Promise<boolean> {
    const sent =
      showing.kind === 'file'
        ? await sendFile(api, ports, chatId, showing)
        : await sendMessage(api, chatId, showing)
    if (!sent) return false
    const kind = showing.markup?.kind
    if (kind === 'askPhone') remember(memory.phoneAsked, chatId, true)
    if (kind === 'removeAskPhone') memory.phoneAsked.delete(chatId)
    if (kind === 'buttons') await replaceButtons(chatId, sent.message_id)
    return true
  }

  /** Only the newest buttons of a chat stay: an old “skip” must not skip another question. */
  async function replaceButtons(chatId: number, messageId: number): Promise<void> {
    const old = memory.buttons.get(chatId)
    remember(memory.buttons, chatId, messageId)
    if (old !== undefined) await api.editMessageReplyMarkup(chatId, old).catch(() => undefined)
  }

  async function attempt({ id, chatId, language, author, content }: Delivery): Promise<DeliveryResult> {
    const phoneAsked = memory.phoneAsked.has(chatId)
    const started = unfinished.get(id)
    const showings = started?.showings ?? render({ author, content, language, phoneAsked })
    let done = started?.done ?? 0
    try {
      for (const showing of showings.slice(done)) {
        if (!(await showOne(chatId, showing))) {
          unfinished.delete(id)
          return { outcome: 'refused', description: 'the file is gone' }
        }
        done++
      }
      unfinished.delete(id)
      return { outcome: 'delivered' }
    } catch (error) {
      const failures = started?.failures ?? 0
      const result = resultOf(troubleOf(error), failures, random)
      if (result.outcome === 'retryAt') remember(unfinished, id, { showings, done, failures: failures + 1 })
      else unfinished.delete(id)
      return result
    }
  }

  return (delivery) => {
    const running = underWay.get(delivery.id)
    if (running) return running
    const run = attempt(delivery).finally(() => underWay.delete(delivery.id))
    underWay.set(delivery.id, run)
    return run
  }
}
