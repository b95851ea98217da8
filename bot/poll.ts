import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import type { Persist } from './persist.ts'
import type { BotLog, BotWorld } from './ports.ts'
import { type Trouble, troubleOf } from './trouble.ts'

/** The kinds of updates we ask Telegram for. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

const longPollSeconds = 30
const batch = 100
/** How long a slow update may hold the others of its batch back from being followed by new ones. */
const patienceMilliseconds = 500
const afterRefusalMilliseconds = 30_000

export type PollParts = {
  readonly api: Api
  /** The same, whose calls are cancelled when `signal` is aborted. */
  readonly receiving: Api
  readonly log: BotLog
  readonly world: BotWorld
  readonly signal: AbortSignal
  readonly persist: Persist
  /** Takes an update in. True: it may be confirmed; false: it is to come again. Never rejects. */
  readonly take: (update: Update) => Promise<boolean>
}

/**
 * Receives updates by long polling until `signal` is aborted, then waits for what is under way. Telegram forgets an
 * update when a later offset is asked for, so the offset never passes an update that has not been taken in; one slow
 * update does not keep new ones from coming. Once all is taken in, the offset is confirmed a last time.
 */
export async function poll({ api, receiving, log, world, signal, persist, take }: PollParts): Promise<void> {
  const underWay = new Map<number, Promise<void>>()
  const taken = new Set<number>()
  let next = 0

  const offset = () => (underWay.size > 0 ? Math.min(...underWay.keys()) : next)
  const start = (update: Update) => {
    const id = update.update_id
    const run = take(update).then((confirmed) => {
      if (!confirmed) return
      underWay.delete(id)
      taken.add(id)
    })
    underWay.set(id, run)
    next = Math.max(next, id + 1)
  }
  const receive = async (): Promise<readonly Update[]> => {
    const timeout = underWay.size > 0 ? 0 : longPollSeconds
    try {
      const asked = { offset: offset(), limit: batch, timeout, allowed_updates: [...allowedUpdates] }
      const updates = await persist(() => receiving.getUpdates(asked))
      if (updates?.length === 0 && underWay.size === 0) next = 0
      return updates ?? []
    } catch (error) {
      const trouble: Trouble = troubleOf(error)
      log.error({ reason: trouble.description }, 'Telegram refused to give updates')
      await world.sleep(afterRefusalMilliseconds, signal)
      return []
    }
  }

  while (!signal.aborted) {
    const fresh = (await receive()).filter(({ update_id: id }) => !underWay.has(id) && !taken.has(id))
    for (const update of fresh) start(update)
    const confirmed = offset()
    for (const id of taken) if (id < confirmed) taken.delete(id)
    if (underWay.size === 0) continue
    const rested = new AbortController()
    await Promise.race([
      Promise.all(underWay.values()),
      world.sleep(patienceMilliseconds, AbortSignal.any([signal, rested.signal])),
    ])
    rested.abort()
  }
  await Promise.all(underWay.values())
  if (next > 0) await api.getUpdates({ offset: offset(), limit: 1, timeout: 0 }).catch(() => undefined)
}
