import type { ServerResponse } from 'node:http'
import type { Update } from 'grammy/types'
import type { Params } from './fakeBotApi.markup.ts'
import { Refused } from './fakeBotApi.refused.ts'

type Poll = {
  readonly offset: number
  readonly limit: number
  readonly answer: (updates: readonly Update[]) => void
  readonly fail: (failure: Refused) => void
}

export type Updates = ReturnType<typeof createUpdates>

/** What the bot is to get, by polling or by webhook, until it has confirmed it; `changed` is told of progress. */
export function createUpdates(changed: () => void) {
  const queue: Update[] = []
  const again = new Set<Update>()
  let allowed: readonly string[] = []
  let webhook: { readonly url: string; readonly secret?: string } | undefined
  let pushing = false
  let stopped = false
  let waiting: Poll | undefined
  let lastUpdateId = 100_000_000

  function serve(): void {
    if (webhook) return void push()
    if (!waiting) return
    const ready = queue.filter((update) => again.has(update) || update.update_id >= (waiting?.offset ?? 0))
    if (ready.length === 0) return
    const poll = waiting
    waiting = undefined
    const batch = ready.slice(0, poll.limit)
    for (const update of batch) {
      if (again.delete(update) && update.update_id < poll.offset) queue.splice(queue.indexOf(update), 1)
    }
    poll.answer(batch)
  }

  async function push(): Promise<void> {
    if (pushing) return
    pushing = true
    for (let tries = 0; webhook && queue.length > 0 && tries < 100 && !stopped; tries++) {
      const update = queue[0] as Update
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret && { 'x-telegram-bot-api-secret-token': webhook.secret }),
        },
        body: JSON.stringify(update),
      }).catch(() => null)
      if (response?.ok) {
        queue.shift()
        tries = 0
      } else await new Promise((resolve) => setTimeout(resolve, 20))
      changed()
    }
    pushing = false
  }

  function give(content: Omit<Update, 'update_id'>): Update {
    lastUpdateId += 1
    const update = { update_id: lastUpdateId, ...content } as Update
    const kind = Object.keys(content)[0] ?? ''
    if (allowed.length === 0 || allowed.includes(kind)) queue.push(update)
    serve()
    return update
  }

  /** A call of getUpdates. */
  function getUpdates(params: Params, response: ServerResponse): Promise<readonly Update[]> {
    if (webhook) {
      throw new Refused(409, "Conflict: can't use getUpdates method while webhook is active")
    }
    const offset = Number(params.offset ?? 0)
    allowed = (params.allowed_updates as readonly string[] | undefined) ?? allowed
    for (const update of [...queue]) {
      if (update.update_id < offset && !again.has(update)) queue.splice(queue.indexOf(update), 1)
    }
    changed()
    waiting?.fail(new Refused(409, 'Conflict: terminated by other getUpdates request'))
    return new Promise((resolve, reject) => {
      const settle = <T>(finish: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer)
          if (waiting === poll) waiting = undefined
          finish(value)
        }
      }
      const poll: Poll = {
        offset,
        limit: Number(params.limit ?? 100),
        answer: settle(resolve),
        fail: settle(reject),
      }
      const timer = setTimeout(() => poll.answer([]), Number(params.timeout ?? 0) * 1_000)
      response.once('close', () => poll.answer([]))
      waiting = poll
      serve()
    })
  }

  return {
    give,
    getUpdates,
    redeliver(update: Update) {
      again.add(update)
      if (!queue.includes(update)) queue.unshift(update)
      serve()
    },
    /** Those that the bot has not confirmed. */
    get unconfirmed(): readonly Update[] {
      return [...queue]
    },
    get webhook() {
      return webhook
    },
    /** Pushes from now on; undefined: waits for polls. */
    setWebhook(next: typeof webhook, params?: Params) {
      webhook = next
      allowed = (params?.allowed_updates as readonly string[] | undefined) ?? allowed
      void push()
    },
    stop() {
      stopped = true
      waiting?.answer([])
    },
  }
}
