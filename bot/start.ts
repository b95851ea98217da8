import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import type { DeskProfile } from '../engine/desk.ts'
import type { Language } from '../engine/language.ts'
import { chatMemory } from './chatMemory.ts'
import { type Deliver, deliverer } from './deliver.ts'
import { downloader } from './download.ts'
import { handler } from './handle.ts'
import { lanes } from './lanes.ts'
import { chatOfUpdate } from './listen.ts'
import { persistence } from './persist.ts'
import { allowedUpdates, poll } from './poll.ts'
import type { BotLog, BotPorts, BotWorld } from './ports.ts'
import { profileCalls } from './profile.ts'
import { troubleOf } from './trouble.ts'

export type BotSettings = {
  readonly token: string
  /** https://api.telegram.org unless told otherwise. */
  readonly apiRoot?: string
  readonly ports: BotPorts
  readonly log: BotLog
  readonly desk: Pick<DeskProfile, 'portal' | 'attachments'>
  /** Where the desk's articles are read as pages, by language. */
  readonly helpPages?: Readonly<Record<Language, string>>
  /** Where Telegram is to push updates to; without it they are polled for. */
  readonly webhook?: { readonly url: string; readonly secret: string }
  /** False: only delivers, because another process of the same bot receives; true unless told otherwise. */
  readonly receives?: boolean
  readonly world?: BotWorld
}

export type Bot = {
  /** Shows a message in its chat; of one chat, one after another. Never rejects. */
  readonly deliver: Deliver
  /** Shows for some seconds that an operator is typing. Never rejects. */
  readonly typing: (chatId: number) => Promise<void>
  /** The bot's user name; undefined while Telegram does not tell it. Never rejects. */
  readonly username: () => Promise<string | undefined>
  /** Leaves a group. Never rejects. */
  readonly leave: (chatId: number) => Promise<void>
  /**
   * Takes in an update that came by webhook. Resolves once it is committed, or given up after several tries; rejects
   * when the bot is being stopped: then answer 503, and Telegram sends it again.
   */
  readonly handleUpdate: (update: Update) => Promise<void>
  /** Stops receiving, and resolves when what is under way has been committed and confirmed. */
  readonly stop: () => Promise<void>
}

/** grammY's types name a stand-in for Node's own class. */
type GrammySignal = AbortSignal & NonNullable<Parameters<Api['getMe']>[0]>

const tries = 4
/** How long the name of the bot is waited for. */
const nameMilliseconds = 3_000
/** Longer than a long poll, shorter than the minute after which an outbox may hand a delivery to somebody else. */
const callTimeoutSeconds = 50
/** Chats that are served side by side. */
const width = 8

const realWorld: BotWorld = {
  random: Math.random,
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      signal?.addEventListener('abort', done)
    }),
}

/**
 * Starts the Telegram channel: presents the bot in both languages and receives updates by polling or webhook. Returns
 * at once; an unreachable Telegram or a wrong token is logged and tried again, and never ends the process. The token
 * is in no log line.
 */
export function startBot(settings: BotSettings): Bot {
  const { token, ports, desk, webhook, receives = true, world = realWorld } = settings
  const apiRoot = (settings.apiRoot ?? 'https://api.telegram.org').replace(/\/+$/, '')
  const log = withoutToken(settings.log, token)
  const api = new Api(token, { apiRoot, timeoutSeconds: callTimeoutSeconds })
  const stopping = new AbortController()
  const { signal } = stopping
  const receiving = cancelledBy(signal, new Api(token, { apiRoot, timeoutSeconds: callTimeoutSeconds }))
  const memory = chatMemory()
  const persist = persistence(log, world, signal)
  const inLane = lanes(width)
  const { handle, apologise } = handler({
    api,
    ports,
    memory,
    log,
    world,
    portalName: desk.portal.name,
    ...(settings.helpPages && { helpPages: settings.helpPages }),
    maxFileBytes: desk.attachments.maxMegabytes * 1024 * 1024,
    download: downloader(api, apiRoot, token),
    signal,
  })

  /** True once the update is done with; false when the bot stops first. */
  async function takeInTurn(update: Update): Promise<boolean> {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        await handle(update)
        return true
      } catch (error) {
        const facts = { update: update.update_id, reason: reasonOf(error) }
        if (failures === tries) {
          log.error(facts, 'an update was given up')
          await apologise(update)
          return true
        }
        log.warn(facts, 'an update could not be taken in: trying again')
        await world.sleep(1_000 * 4 ** (failures - 1), signal)
      }
    }
    return false
  }

  const take = (update: Update) => inLane(chatOfUpdate(update), () => takeInTurn(update))

  async function present(): Promise<void> {
    for (const call of profileCalls(receiving, desk.portal.name)) await persist(call)
  }

  async function receive(): Promise<void> {
    if (webhook) {
      const { url, secret } = webhook
      await persist(() =>
        receiving.setWebhook(url, { secret_token: secret, allowed_updates: [...allowedUpdates] }),
      )
    } else {
      await persist(() => receiving.deleteWebhook())
      await poll({ api, receiving, log, world, signal, persist, take })
    }
  }

  const guarded = (work: Promise<void>, message: string) =>
    work.catch((error: unknown) => log.error({ reason: troubleOf(error).description }, message))
  const working = receives
    ? Promise.all([
        guarded(receive(), 'Telegram updates cannot be received'),
        guarded(present(), 'the bot’s commands and descriptions were not set'),
      ])
    : Promise.resolve()
  const pushed = new Set<Promise<boolean>>()
  let named: string | undefined

  return {
    deliver: deliverer(api, ports, memory, world.random),
    typing: async (chatId) => {
      await api.sendChatAction(chatId, 'typing').catch(() => undefined)
    },
    username: async () => {
      named ??= await Promise.race([
        api.getMe().then(
          ({ username }) => username,
          () => undefined,
        ),
        world.sleep(nameMilliseconds, signal).then(() => undefined),
      ])
      return named
    },
    leave: async (chatId) => {
      await api.leaveChat(chatId).catch(() => undefined)
    },
    handleUpdate: async (update) => {
      const run = take(update)
      pushed.add(run)
      const done = await run.finally(() => pushed.delete(run))
      if (!done) throw new Error('the bot is being stopped')
    },
    stop: async () => {
      stopping.abort()
      await working
      await Promise.allSettled(pushed)
    },
  }
}

function cancelledBy(signal: AbortSignal, api: Api): Api {
  api.config.use((call, method, payload) => call(method, payload, signal as GrammySignal))
  return api
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')

/** Whatever an error may quote, the token stays out of the log. */
function withoutToken(log: BotLog, token: string): BotLog {
  const clean = (facts: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(facts).map(([key, value]) => [
        key,
        typeof value === 'string' ? value.replaceAll(token, '<token>') : value,
      ]),
    )
  return {
    info: (facts, message) => log.info(clean(facts), message),
    warn: (facts, message) => log.warn(clean(facts), message),
    error: (facts, message) => log.error(clean(facts), message),
  }
}
