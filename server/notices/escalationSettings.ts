import { createHash, randomInt, randomUUID } from 'node:crypto'
import type { SqlPool } from '../../db/client.ts'
import {
  connectChat,
  disconnectChat,
  escalationsOf,
  failedNotices,
  forgetChat,
  forgetFailedNotices,
  hasChatCode,
  insertChatCode,
  isConnectedChat,
  moveChat,
  queueNotices,
  saveEscalation,
  unsetEscalation,
} from '../../db/queries/escalations.ts'
import type { Desk } from '../../engine/desk.ts'
import { parseField } from '../../engine/identity/index.ts'
import type { Language } from '../../engine/language.ts'
import type {
  EscalationInput,
  WireChatCode,
  WireEscalation,
  WireEscalations,
} from '../../engine/wireEscalation.ts'
import { say } from '../../locales/index.ts'
import type { Operator } from '../auth/auth.ts'
import { type Outcome, refused } from '../auth/outcome.ts'
import { type EscalationChannels, recipientsOf } from './escalate.ts'

export type EscalationSettings = ReturnType<typeof createEscalationSettings>

const codeMilliseconds = 10 * 60_000
/** No letter or digit that is taken for another one. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const codeLength = 8

const hashOf = (code: string) => createHash('sha256').update(code.trim().toUpperCase()).digest('hex')
const newCode = () => Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Where supervisors are told outside the console: e-mail addresses, and a Telegram chat that a code connects. */
export function createEscalationSettings(ports: {
  readonly sql: SqlPool
  readonly desks: ReadonlyMap<string, Desk>
  readonly clock: () => Date
  readonly channels: EscalationChannels
  /** The bot's name in Telegram, when it can be told. */
  readonly botName: () => Promise<string | undefined>
  /** The bot is of no use in this chat any more. */
  readonly leaveChat: (chat: string) => Promise<void>
  /** Something was queued for the outbox. */
  readonly queued: () => void
}) {
  const { sql, clock, channels, desks } = ports

  async function storedOf(desk: string) {
    return (await escalationsOf(sql, [desk]))[0] ?? unsetEscalation(desk)
  }

  async function settingsOf(desk: string): Promise<WireEscalation> {
    const [stored, failures] = await Promise.all([storedOf(desk), failedNotices(sql, desk)])
    const { occasions, emails, telegramChat, telegramTitle } = stored
    const telegram = telegramChat === null ? null : { title: telegramTitle ?? telegramChat }
    return { desk, occasions, emails, telegram, failures }
  }

  return {
    async look(ids: readonly string[]): Promise<WireEscalations> {
      return {
        email: channels.email,
        telegram: channels.telegram ? { username: (await ports.botName()) ?? null } : null,
        desks: await Promise.all(ids.map(settingsOf)),
      }
    },

    async save(desk: string, input: EscalationInput): Promise<Outcome<{ settings: WireEscalation }>> {
      const emails: string[] = []
      for (const typed of input.emails) {
        const parsed = parseField('email', typed)
        if (!parsed.ok)
          return refused(400, 'refusal.escalation.email', { params: { address: typed.trim().slice(0, 80) } })
        const isNew = !emails.some((one) => one.toLowerCase() === parsed.value.toLowerCase())
        if (isNew) emails.push(parsed.value)
      }
      await saveEscalation(sql, desk, { occasions: [...new Set(input.occasions)], emails })
      await forgetFailedNotices(sql, desk)
      return { ok: true, settings: await settingsOf(desk) }
    },

    /** A code that connects the chat it is written in: good for ten minutes, and once. */
    async newCode(
      operator: Operator,
      desk: string,
      language: Language,
    ): Promise<Outcome<{ code: WireChatCode }>> {
      if (!channels.telegram) return refused(409, 'refusal.escalation.noTelegram')
      const code = newCode()
      const expiresAt = new Date(clock().getTime() + codeMilliseconds).toISOString()
      await insertChatCode(sql, {
        codeHash: hashOf(code),
        desk,
        language,
        operatorId: operator.id,
        expiresAt,
      })
      const name = await ports.botName()
      return {
        ok: true,
        code: {
          command: `/connect${name ? `@${name}` : ''} ${code}`,
          link: name ? `https://t.me/${name}?startgroup=${code}` : null,
          expiresAt,
        },
      }
    },

    async disconnect(desk: string): Promise<WireEscalation> {
      const chat = await disconnectChat(sql, desk)
      if (chat !== undefined && !(await isConnectedChat(sql, chat))) await ports.leaveChat(chat)
      return settingsOf(desk)
    },

    /** Sends everybody the desk tells a word that it arrives; how many there are. */
    async trial(desk: string): Promise<Outcome<{ sent: number }>> {
      const recipients = await recipientsOf(sql, await storedOf(desk), channels)
      if (recipients.length === 0) return refused(409, 'refusal.escalation.nobody')
      const at = clock().toISOString()
      await forgetFailedNotices(sql, desk)
      await queueNotices(
        sql,
        recipients.map(({ channel, address, language }) => ({
          channel,
          address,
          notice: { type: 'trial', key: randomUUID(), desk, language, at },
        })),
        at,
      )
      ports.queued()
      return { ok: true, sent: recipients.length }
    },

    /** What the bot asks of it. */
    chats: {
      /** Connects a chat in which a code was written; the words to say there. */
      async connect(chatId: number, title: string, code: string, language: Language): Promise<string> {
        const chat = { id: String(chatId), title: title.slice(0, 120) }
        const connected = await connectChat(sql, hashOf(code), chat, clock().toISOString())
        const desk = connected && desks.get(connected.desk)
        if (!connected || !desk) return say[language]('chat.wrongCode')
        return say[connected.language]('chat.connected', { desk: desk.name[connected.language] })
      },
      /** Whether the bot has something to do in a group: it is connected, or is about to be. */
      async standing(chatId: number): Promise<'connected' | 'expected' | 'unknown'> {
        if (await isConnectedChat(sql, String(chatId))) return 'connected'
        return (await hasChatCode(sql, clock().toISOString())) ? 'expected' : 'unknown'
      },
      /** The bot was sent away from there. */
      async left(chatId: number): Promise<void> {
        await forgetChat(sql, String(chatId))
      },
      async moved(from: number, to: number): Promise<void> {
        await moveChat(sql, String(from), String(to))
      },
    },
  }
}
