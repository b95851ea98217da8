import type { HeardLetter, MailLog, MailPorts, MailPosition, MailWorld } from '../../mail/ports.ts'
import { type ReceiveSettings, receive } from '../../mail/receive.ts'
import type { FakeImap } from '../support/fakeImap.ts'
import { until } from '../support/until.ts'

/** Time that passes `speed` times as fast. */
export function fastWorld(speed: number, begins = new Date()): MailWorld & { readonly pauses: number[] } {
  const began = performance.now()
  const pauses: number[] = []
  return {
    pauses,
    now: () => new Date(begins.getTime() + (performance.now() - began) * speed),
    random: () => 0.5,
    sleep: (milliseconds, signal) => {
      pauses.push(milliseconds)
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const done = () => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, milliseconds / speed)
        signal?.addEventListener('abort', done)
      })
    },
  }
}

/** The server's side in memory: what it has committed, and how it can fail. */
export function memoryMail(position: MailPosition | null = null) {
  const letters: HeardLetter[] = []
  const bounces: { of: string | undefined; address: string }[] = []
  const positions: MailPosition[] = []
  const lines: { level: string; facts: Readonly<Record<string, unknown>>; message: string }[] = []
  const state = {
    position,
    letters,
    bounces,
    positions,
    lines,
    tries: [] as string[],
    /** Rejects what it says true of. */
    fails: (_: HeardLetter): boolean => false,
    savingFails: false,
    ports: undefined as unknown as MailPorts,
    log: undefined as unknown as MailLog,
    ids: () => letters.map(({ id }) => id.slice(1, -1)),
    has: (...ids: string[]) =>
      until(() => ids.every((id) => state.ids().includes(id)), `letters ${ids.join(', ')} are committed`),
    says: (pattern: RegExp) =>
      until(() => lines.find(({ message }) => pattern.test(message)), `${pattern} in the log`),
  }
  state.ports = {
    take: async (letter) => {
      state.tries.push(letter.id.slice(1, -1))
      if (state.fails(letter)) throw new Error('the database is away')
      if (!letters.some(({ id }) => id === letter.id)) letters.push(letter)
    },
    bounced: async (bounce) => void bounces.push(bounce),
    position: {
      load: async () => state.position,
      save: async (to) => {
        if (state.savingFails) throw new Error('the database is away')
        state.position = to
        positions.push(to)
      },
    },
    ownAddresses: () => ['support@desk.kz'],
  }
  const at = (level: string) => (facts: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level, facts, message })
  state.log = { info: at('info'), warn: at('warn'), error: at('error') }
  return state
}

export type MemoryMail = ReturnType<typeof memoryMail>

export const receiveFrom = (
  imap: Pick<FakeImap, 'url'>,
  mail: MemoryMail,
  over: Partial<ReceiveSettings> = {},
) => receive({ url: imap.url, ports: mail.ports, log: mail.log, world: fastWorld(1), ...over })
