import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** An ordinary Monday, 10:00 in Almaty: the desks are open and nothing falls on a holiday. */
export const mondayMorning = '2026-11-23T05:00:00.000Z'

/** Moves the process's clock: `Date` tells the time that E2E_CLOCK_OFFSET milliseconds lie ahead. */
const movedClock = `
const offset = Number(process.env.E2E_CLOCK_OFFSET)
const Real = Date
globalThis.Date = new Proxy(Real, {
  construct: (target, given, made) => Reflect.construct(target, given.length ? given : [Real.now() + offset], made),
  apply: () => new Real(Real.now() + offset).toString(),
  get: (target, key) => (key === 'now' ? () => Real.now() + offset : Reflect.get(target, key)),
})`

export const administrator = { email: 'admin@example.kz', password: 'correct horse battery' } as const

export type ServerUnderTest = {
  readonly url: string
  /** What it has printed since it was started last. */
  readonly printed: () => string
  /** The power cut: nothing is drained, nothing is said. */
  readonly kill: () => Promise<void>
  /** Up again, on the same port with the same data; its clock may have gone on meanwhile. */
  readonly startAgain: (meanwhile?: { readonly minutesLater: number }) => Promise<void>
  /** Ends it in good order and removes its data. */
  readonly stop: () => Promise<void>
}

/**
 * The whole server as `npm start` runs it, in a process of its own with its embedded database in a temporary folder.
 * Its clock begins at `startAt` and runs on. `env` comes on top; a variable set to undefined is left out.
 */
export async function startServer(
  options: { readonly startAt?: string; readonly env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<ServerUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'komekshi-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let offset = Date.parse(options.startAt ?? mondayMorning) - Date.now()
  const env = {
    PATH: process.env.PATH,
    PORT: `${port}`,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ADMIN_EMAIL: administrator.email,
    ADMIN_PASSWORD: administrator.password,
    ...options.env,
  }
  let child: ChildProcess
  let printed = ''

  async function start() {
    printed = ''
    child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(movedClock)}`, 'scripts/start.mjs'],
      { cwd: root, env: { ...env, E2E_CLOCK_OFFSET: `${offset}` }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        printed += chunk.toString()
        if (printed.includes(`${url}/console`)) resolve()
      }
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${printed}`)))
    })
  }
  async function end(signal: NodeJS.Signals) {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  await start()
  return {
    url,
    printed: () => printed,
    kill: () => end('SIGKILL'),
    startAgain: (meanwhile) => {
      offset += (meanwhile?.minutesLater ?? 0) * 60_000
      return start()
    },
    stop: async () => {
      // the database outlives a killed server, and only a server ends it
      if (child.signalCode === 'SIGKILL') await start()
      await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
