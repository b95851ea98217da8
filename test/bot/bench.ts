import type { BotWorld } from '../../bot/ports.ts'
import { type Bot, type BotSettings, startBot } from '../../bot/start.ts'
import { type FakeBotApi, startFakeBotApi } from '../support/fakeBotApi.ts'
import { type MemoryPorts, memoryPorts } from './memoryPorts.ts'

type LogEntry = {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly facts: Readonly<Record<string, unknown>>
}

export type Bench = {
  readonly telegram: FakeBotApi
  readonly ports: MemoryPorts
  readonly bot: Bot
  readonly log: readonly LogEntry[]
  /** Every pause the bot asked for, in milliseconds; none is really waited for. */
  readonly pauses: readonly number[]
  readonly stop: () => Promise<void>
}

/** Pauses shorter than this only wait for work under way: they last until that work is done. */
const shortMilliseconds = 600

/** Time that passes at once: a pause is over in the event loop's next turn. */
export function simulatedWorld(): { readonly world: BotWorld; readonly pauses: number[] } {
  const pauses: number[] = []
  const sleep: BotWorld['sleep'] = (milliseconds, signal) => {
    if (milliseconds < shortMilliseconds) {
      return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
    }
    pauses.push(milliseconds)
    return new Promise((resolve) => setImmediate(resolve))
  }
  return { world: { sleep, random: () => 0.5 }, pauses }
}

/** The desk's part that the bot uses. */
export const desk: BotSettings['desk'] = {
  portal: { name: { kk: 'eDoc', ru: 'eDoc' }, url: 'https://edoc.example' },
  attachments: { maxMegabytes: 10, types: ['png', 'jpg', 'pdf'] },
}

/** A bot between a fake Telegram and a server in memory. */
export async function startBench(
  over: Partial<BotSettings> = {},
  prepare: (telegram: FakeBotApi, ports: MemoryPorts) => void = () => undefined,
): Promise<Bench> {
  const telegram = await startFakeBotApi()
  const ports = memoryPorts()
  prepare(telegram, ports)
  const log: LogEntry[] = []
  const line = (level: LogEntry['level']) => (facts: LogEntry['facts'], message: string) => {
    log.push({ level, facts, message })
  }
  const { world, pauses } = simulatedWorld()
  const bot = startBot({
    token: telegram.token,
    apiRoot: telegram.root,
    ports,
    log: { info: line('info'), warn: line('warn'), error: line('error') },
    desk,
    world,
    ...over,
  })
  return {
    telegram,
    ports,
    bot,
    log,
    pauses,
    stop: async () => {
      await bot.stop()
      await telegram.stop()
    },
  }
}
