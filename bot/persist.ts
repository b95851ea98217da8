import type { BotLog, BotWorld } from './ports.ts'
import { type Trouble, troubleOf } from './trouble.ts'

const slowMilliseconds = 60_000
const longestMilliseconds = 30_000
const shortestMilliseconds = 1_000

/**
 * How long to wait before the next try, in milliseconds: what Telegram asks for; a minute when the token is wrong;
 * else twice as long each time up to half a minute, with jitter.
 */
export function pauseAfter(trouble: Trouble, failures: number, random: () => number): number {
  if (trouble.afterSeconds !== undefined) return trouble.afterSeconds * 1_000
  if (trouble.kind === 'unauthorized') return slowMilliseconds
  const full = Math.min(longestMilliseconds, shortestMilliseconds * 2 ** Math.min(failures, 10))
  return Math.round(full * (0.5 + random() / 2))
}

export type Persist = <T>(call: () => Promise<T>) => Promise<T | undefined>

const hints: Partial<Record<Trouble['kind'], string>> = {
  conflict: 'another process receives this Telegram bot’s updates: waiting for it to stop',
  unauthorized: 'Telegram does not know this token: check TELEGRAM_BOT_TOKEN; trying again every minute',
}

/**
 * Makes the caller that never gives up: a call of the Bot API is tried until it succeeds or `signal` is aborted
 * (then it resolves to undefined). Each kind of trouble is logged once until it is over, another poller only once at
 * all. What Telegram refuses as wrong in itself (400) is thrown.
 */
export function persistence(log: BotLog, world: BotWorld, signal: AbortSignal): Persist {
  const told = new Set<Trouble['kind']>()
  const tell = (trouble: Trouble) => {
    if (told.has(trouble.kind)) return
    told.add(trouble.kind)
    const facts = { reason: trouble.description }
    const hint = hints[trouble.kind]
    if (trouble.kind === 'unauthorized') log.error(facts, hint ?? '')
    else log.warn(facts, hint ?? 'Telegram cannot be reached: trying again')
  }
  return async (call) => {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const result = await call()
        if (failures > 0) for (const kind of told) if (kind !== 'conflict') told.delete(kind)
        return result
      } catch (error) {
        if (signal.aborted) return undefined
        const trouble = troubleOf(error)
        if (trouble.kind === 'refused') throw error
        tell(trouble)
        await world.sleep(pauseAfter(trouble, failures, world.random), signal)
      }
    }
    return undefined
  }
}
