import type { SqlPool } from '../db/client.ts'
import { conversationAt, openConversation } from '../db/queries/conversations.ts'
import { loadAggregates } from '../db/queries/loadAggregates.ts'
import { messageAt } from '../db/queries/messages.ts'
import type { OutboxItem } from '../db/queries/outbox.ts'
import type { Author } from '../engine/conversation/content.ts'
import { dueText } from '../engine/conversation/dueText.ts'
import type { ConversationEvent } from '../engine/conversation/event.ts'
import { renderMessage } from '../engine/conversation/render.ts'
import type { Desk } from '../engine/desk.ts'
import type { Language } from '../engine/language.ts'
import type { WireContent } from '../engine/wire.ts'
import { say } from '../locales/index.ts'
import type { Accept } from './conversations/accept.ts'
import type { EscalationSettings } from './notices/escalationSettings.ts'
import type { DeliveryResult } from './outbox.ts'
import { unsupportedBy } from './uploads/unsupportedBy.ts'
import type { Uploads } from './uploads/uploads.ts'

type Chat = { readonly chatId: number; readonly language?: Language }
type WithoutMoment<E> = E extends unknown ? Omit<E, 'at' | 'registration'> : never

/** What the bot's `deliver` takes. */
type Delivery = {
  readonly id: string
  readonly chatId: number
  readonly language: Language
  readonly author: Author
  readonly content: WireContent
}

export type TelegramChannel = ReturnType<typeof telegramChannel>

/** The server's side of the Telegram channel: what the bot needs of it, and how a queued message reaches the bot. */
export function telegramChannel(deps: {
  readonly sql: SqlPool
  readonly accept: Accept['accept']
  /** The desk that the bot serves, as it is at the moment. */
  readonly desk: () => Desk
  /** All of them: a conversation may have been passed to another. */
  readonly desks: ReadonlyMap<string, Desk>
  readonly uploads: Uploads
  readonly clock: () => Date
  readonly notices: EscalationSettings['chats']
}) {
  const { sql, accept, desk, desks, uploads, clock } = deps
  const addressOf = ({ chatId }: Chat) =>
    ({ channel: 'telegram', desk: desk().id, address: String(chatId) }) as const
  const open = (chat: Chat) =>
    openConversation(sql, addressOf(chat), {
      now: clock().toISOString(),
      language: chat.language,
      pushTo: String(chat.chatId),
    })

  const ports = {
    notices: deps.notices,
    async accept(chat: Chat, event: WithoutMoment<ConversationEvent>) {
      const { id, begun } = await open(chat)
      const at = clock().toISOString()
      if (begun && event.type !== 'visitor.started')
        await accept(id, { type: 'visitor.started', id: `started:${id}`, at })
      const accepted = await accept(id, { ...event, at } as ConversationEvent)
      if (accepted.ok) return { ok: true as const }
      const language = (await loadAggregates(sql, [id])).get(id)?.state.language ?? chat.language ?? 'kk'
      const { key, params, fields } = accepted.refusal
      const first = fields && Object.values(fields)[0]
      return { ok: false as const, refusal: first ? say[language](first) : say[language](key, params) }
    },
    async conversation(chat: Chat) {
      const id = await conversationAt(sql, addressOf(chat))
      const aggregate = id && (await loadAggregates(sql, [id])).get(id)
      if (!aggregate) return null
      const { state } = aggregate
      const now = clock().toISOString()
      const promised =
        'ticket' in state && !state.ticket.clocks.firstResponse.stoppedAt
          ? state.ticket.clocks.firstResponse.dueAt
          : undefined
      return {
        language: state.language,
        stage: state.stage,
        ...('ticket' in state && { ticketNumber: state.ticket.number }),
        ...(promised &&
          promised > now && {
            due: dueText(state.language, (desks.get(aggregate.desk) ?? desk()).zone, promised, now),
          }),
        ...(state.stage === 'live' && { operator: state.operator.name }),
      }
    },
    async storeFile(chat: Chat, file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }) {
      const { id } = await open(chat)
      const stored = await uploads.store({
        conversationId: id,
        by: 'visitor',
        attachments: desk().attachments,
        name: file.name,
        bytes: file.bytes,
        again: 'same',
      })
      return stored.ok ? stored : { ok: false as const, what: unsupportedBy(stored.refusal) }
    },
    async openFile(fileId: string) {
      const opened = await uploads.open(fileId)
      return opened ? { name: opened.file.name, type: opened.file.type, bytes: opened.bytes } : null
    },
  }

  /** Renders a queued message in the conversation's language and hands it to the bot. */
  async function deliver(
    item: Extract<OutboxItem, { notice: null }>,
    show: (delivery: Delivery) => Promise<DeliveryResult>,
  ): Promise<DeliveryResult> {
    const { conversationId, seq } = item
    const [message, aggregates] = await Promise.all([
      messageAt(sql, conversationId, seq),
      loadAggregates(sql, [conversationId]),
    ])
    const aggregate = aggregates.get(conversationId)
    if (!message || !aggregate) return { outcome: 'refused', description: 'the message is gone' }
    const { language } = aggregate.state
    const { author, content } = renderMessage(
      desks.get(message.desk) ?? desk(),
      { language, side: 'visitor', channel: 'telegram' },
      message,
    )
    return show({
      id: String(item.id),
      chatId: Number(item.address),
      language,
      author,
      content,
    })
  }

  return { ports, deliver }
}
