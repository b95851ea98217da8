import { randomUUID } from 'node:crypto'
import type { Sql, SqlPool } from '../../db/client.ts'
import { forgetAlerts } from '../../db/queries/alerts.ts'
import {
  forgetChatCodes,
  type QueuedNotice,
  type Recipient,
  readersOf,
  type StoredEscalation,
  tellDesk,
  untoldDesks,
} from '../../db/queries/escalations.ts'
import { startWorker, type Worker } from '../worker.ts'

/** A storm of breaches is one message a minute, not hundreds. */
const atMostEveryMilliseconds = 60_000
const linesTold = 10
const keptMilliseconds = 30 * 24 * 60 * 60_000
const cleanEveryMilliseconds = 60 * 60_000

/** Channels that are on. */
export type EscalationChannels = { readonly email: boolean; readonly telegram: boolean }

/** Everybody whom a desk tells now. */
export async function recipientsOf(
  sql: Sql,
  { emails, telegramChat, telegramLanguage }: StoredEscalation,
  channels: EscalationChannels,
): Promise<readonly Recipient[]> {
  const readers = channels.email && emails.length > 0 ? await readersOf(sql, emails) : []
  return [
    ...readers.map((reader) => ({ channel: 'email' as const, ...reader })),
    ...(channels.telegram && telegramChat !== null
      ? [{ channel: 'telegram' as const, address: telegramChat, language: telegramLanguage }]
      : []),
  ]
}

/**
 * Tells supervisors outside the console what has befallen their desks (edoc regulation, §16, of insults): at once, and
 * then at most once a minute for each desk with all that has come together.
 */
export function startEscalation(ports: {
  readonly sql: SqlPool
  readonly clock: () => Date
  readonly channels: EscalationChannels
  /** Something was queued for the outbox. */
  readonly queued: () => void
  readonly failed: (error: unknown) => void
}): Worker {
  const { sql, clock } = ports
  let cleanedAt = 0
  const before = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString()

  async function tell(desk: string, now: Date): Promise<void> {
    const at = now.toISOString()
    const limits = { now: at, unlessAfter: before(now, atMostEveryMilliseconds), lines: linesTold }
    const told = await tellDesk(sql, desk, limits, async (settings, lines, more) =>
      (await recipientsOf(sql, settings, ports.channels)).map(
        ({ channel, address, language }): QueuedNotice => ({
          channel,
          address,
          notice: { type: 'escalation', key: randomUUID(), desk, language, told: lines, more, at },
        }),
      ),
    )
    if (told) ports.queued()
  }

  async function clean(now: Date): Promise<void> {
    if (now.getTime() - cleanedAt < cleanEveryMilliseconds) return
    cleanedAt = now.getTime()
    await forgetAlerts(sql, before(now, keptMilliseconds))
    await forgetChatCodes(sql, now.toISOString())
  }

  return startWorker({
    clock,
    failed: ports.failed,
    async round() {
      const now = clock()
      const again: number[] = []
      for (const { desk, lastToldAt } of await untoldDesks(sql)) {
        const due = lastToldAt === null ? 0 : Date.parse(lastToldAt) + atMostEveryMilliseconds
        if (due <= now.getTime()) await tell(desk, now)
        else again.push(due)
      }
      await clean(now)
      return again.length > 0 ? new Date(Math.min(...again)).toISOString() : undefined
    },
  })
}
