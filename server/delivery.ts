import type { Sql } from '../db/client.ts'
import { reachOf } from '../db/queries/conversations.ts'
import type { Desk } from '../engine/desk.ts'
import type { Accept } from './conversations/accept.ts'
import type { Env } from './env.ts'
import { answersAt } from './mail/answersAt.ts'
import { createLetterDelivery } from './mail/deliverLetter.ts'
import type { ComposeLetter } from './mail/letterOfMessages.ts'
import { createMailer } from './mail/mailer.ts'
import { senderOf } from './mail/senderOf.ts'
import type { Metrics } from './metrics.ts'
import { createNoticeDelivery } from './notices/deliverNotice.ts'
import type { EscalationSettings } from './notices/escalationSettings.ts'
import { startOutbox } from './outbox.ts'
import type { TelegramChannel } from './telegramChannel.ts'
import type { Worker } from './worker.ts'

const channelOff = { outcome: 'retryAt', afterSeconds: 60, description: 'the channel is off' } as const

/** Brings what is queued to people: messages to Telegram chats, letters and escalations by e-mail and Telegram. */
export function startDelivery(ports: {
  readonly sql: Sql
  readonly env: Pick<Env, 'smtpUrl' | 'smtpFrom' | 'imapUrl' | 'publicUrl' | 'knownUrl'>
  readonly desks: ReadonlyMap<string, Desk>
  readonly clock: () => Date
  readonly accept: Accept['accept']
  readonly metrics: Metrics
  /** Writes a letter of what an event said. */
  readonly compose: ComposeLetter
  /** The groups that supervisors are told in. */
  readonly chats: EscalationSettings['chats']
  /** Undefined while Telegram is off. */
  readonly telegram: Pick<TelegramChannel, 'deliver'> | undefined
  readonly bot: () =>
    | {
        readonly deliver: Parameters<TelegramChannel['deliver']>[1]
        readonly username: () => Promise<string | undefined>
      }
    | undefined
  /** A notice could not be brought to anybody. */
  readonly lost: (notice: { readonly channel: string; readonly notice: string | undefined }) => void
  readonly failed: (error: unknown) => void
}): Worker {
  const { sql, env, desks, clock, accept, metrics, chats, telegram, bot } = ports
  const mailer = env.smtpUrl === undefined ? undefined : createMailer(env.smtpUrl)
  const deliverNotice = createNoticeDelivery({
    desks,
    clock,
    mailer,
    senderOf: (desk) => senderOf(env, desk),
    answersAt: (desk) => answersAt(env, desk),
    consoleUrl: env.knownUrl === undefined ? undefined : `${env.knownUrl}/console`,
    placeOf: async (desk, conversationId) => {
      const reach = await reachOf(sql, conversationId)
      const name = reach?.channel === 'telegram' ? await bot()?.username() : undefined
      return name === undefined
        ? { channel: 'chat', url: desk.portal.url }
        : { channel: 'telegram', url: `https://t.me/${name}` }
    },
    showInChat: ({ id, chatId, language }, text) =>
      bot()?.deliver({
        id,
        chatId,
        language,
        author: { kind: 'assistant' },
        content: { kind: 'said', text },
      }),
  })
  const deliverLetter =
    mailer &&
    createLetterDelivery({
      sql,
      desks,
      mailer,
      lettersOf: (desk) => ({
        compose: ports.compose,
        from: senderOf(env, desk),
        answersAt: answersAt(env, desk),
        knownUrl: env.knownUrl,
      }),
    })
  const outbox = startOutbox({
    sql,
    clock,
    deliver: async (item) => {
      if (item.notice !== null) return deliverNotice(item, item.notice)
      if (item.channel === 'email') return deliverLetter ? deliverLetter(item) : channelOff
      const show = bot()?.deliver
      return telegram && show ? telegram.deliver(item, show) : channelOff
    },
    unreachable: async (item, reason) => {
      if (item.conversationId === null) {
        if (item.channel === 'telegram' && reason === 'blocked') await chats.left(Number(item.address))
        return ports.lost({ channel: item.channel, notice: item.notice?.type })
      }
      await accept(item.conversationId, {
        type: 'channel.failed',
        id: `unreachable:${item.id}`,
        at: clock().toISOString(),
        reason: item.channel === 'email' ? 'email' : reason,
      })
    },
    moved: (item, address) => chats.moved(Number(item.address), Number(address)),
    ended: ({ channel, notice }, outcome) => {
      if (notice !== null) metrics.notices.inc({ channel, outcome })
    },
    failed: ports.failed,
  })
  return {
    wake: outbox.wake,
    async stop() {
      await outbox.stop()
      await mailer?.stop()
    },
  }
}
