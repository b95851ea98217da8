import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { connect, type SqlPool } from '../../db/client.ts'
import { database as name, superuser } from '../../db/embedded/cluster.ts'
import { freePort } from '../../db/embedded/postmaster.ts'
import { readEnv } from '../../server/env.ts'
import { start } from '../../server/main.ts'
import { type SettableClock, settableClock } from './settableClock.ts'
import { until } from './until.ts'

const root = join(import.meta.dirname, '../..')

/** The first administrator of every server that tests start. */
export const administrator = { email: 'admin@help.test', password: 'a long enough password' }

export type ServerOptions = {
  /** `embedded`, or the address of a real PostgreSQL. */
  readonly database: string
  /** Of a server that ran before, to go on with what it left. */
  readonly dataDir?: string
  /** More variables of the environment, by their names. */
  readonly env?: Readonly<Record<string, string>>
}

export type TestServer = {
  readonly url: string
  readonly clock: SettableClock
  readonly dataDir: string
  /** To look into the server's database. */
  readonly sql: SqlPool
  /** Makes everything that waits for a moment look at the clock now. */
  wake(): Promise<void>
  /** The value of a metric, such as `komekshi_tickets_total{desk="edoc"}`; 0 when there is none yet. */
  metric(name: string): Promise<number>
  stop(): Promise<void>
}

const folders = new Set<string>()

/** Removes every folder and file that was made for servers here: a test file does it after all else. */
export function removeDataFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
}

/** A folder for one server's data, kept until `removeDataFolders`. */
export function dataFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'komekshi-server-')))
  folders.add(folder)
  return folder
}

const variables = ({ database, env }: ServerOptions, dataDir: string, port: number) => ({
  PORT: String(port),
  DATA_DIR: dataDir,
  DESKS_DIR: join(root, 'desks'),
  LOG_LEVEL: 'silent',
  ADMIN_EMAIL: administrator.email,
  ADMIN_PASSWORD: administrator.password,
  ...(database !== 'embedded' && { DATABASE_URL: database }),
  ...env,
})

/** How to reach the database of a running server. */
function connectionOf(databaseUrl: string, dataDir: string) {
  if (databaseUrl !== 'embedded') return databaseUrl
  const folder = join(dataDir, 'postgres')
  const [, , , port, socketFolder = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  return {
    host: socketFolder === '.' ? folder : socketFolder,
    port: Number(port),
    user: superuser,
    database: name,
  }
}

async function metricOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? 0 : Number(line.slice(name.length))
}

/** Starts the server inside the test's own process, on a free port, with a clock of its own. */
export async function startServer(options: ServerOptions & { clock?: SettableClock }): Promise<TestServer> {
  const { clock = settableClock(), dataDir = dataFolder() } = options
  const running = await start(readEnv(variables(options, dataDir, 0)), { clock: clock.now })
  const { sql, close } = connect(connectionOf(options.database, dataDir), { max: 2 })
  return {
    url: running.url,
    clock,
    dataDir,
    sql,
    async wake() {
      await sql`select pg_notify('komekshi_work', 'tickets'), pg_notify('komekshi_presence', '')`
    },
    metric: (name) => metricOf(running.url, name),
    async stop() {
      await close()
      await running.stop()
    },
  }
}

export type ServerProcess = {
  readonly url: string
  readonly dataDir: string
  /** As `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
  /** Starts it anew on the same data and port, its clock so many seconds further. */
  startAgain(options?: { readonly laterSeconds?: number }): Promise<void>
  /** Looks into its database; the connection is closed again. */
  look<T>(query: (sql: SqlPool) => Promise<T>): Promise<T>
  /** Ends it in good order. */
  stop(): Promise<void>
}

let bundled: Promise<string> | undefined

/** The server as one file that Node runs as it is; made once by each test process. */
function bundle(): Promise<string> {
  bundled ??= (async () => {
    const folder = join(root, 'node_modules/.cache/komekshi-test')
    mkdirSync(folder, { recursive: true })
    const outfile = join(folder, `server-${process.pid}.mjs`)
    folders.add(outfile)
    await build({
      absWorkingDir: root,
      entryPoints: ['test/support/serverProcess.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    })
    return outfile
  })()
  return bundled
}

/** Starts the server as a process of its own, which can be killed and started again. */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const { dataDir = dataFolder() } = options
  const [port, file] = await Promise.all([freePort(), bundle()])
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess
  let ended: Promise<void>
  let said = ''

  async function run(laterSeconds: number) {
    child = spawn(process.execPath, [file], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...variables(options, dataDir, port),
        CLOCK_LATER_SECONDS: String(laterSeconds),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const mine = child
    ended = new Promise((resolve) => mine.once('exit', () => resolve()))
    mine.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2_000)
    })
    await until(
      async () => {
        if (mine.exitCode !== null) throw new Error(`the server does not start: ${said}`)
        return await fetch(`${url}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        )
      },
      'the server answers',
      { patienceSeconds: 45, everyMilliseconds: 25 },
    )
  }

  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await ended
  }

  await run(0)
  return {
    url,
    dataDir,
    kill: () => end('SIGKILL'),
    startAgain: ({ laterSeconds = 0 } = {}) => run(laterSeconds),
    async look(query) {
      const { sql, close } = connect(connectionOf(options.database, dataDir), { max: 1 })
      try {
        return await query(sql)
      } finally {
        await close()
      }
    },
    async stop() {
      await end('SIGTERM')
      const left = join(dataDir, 'postgres/postmaster.pid')
      if (options.database === 'embedded' && existsSync(left))
        process.kill(Number(readFileSync(left, 'utf8').split('\n')[0]), 'SIGQUIT')
    },
  }
}

/** Both kinds of database, for `describe.each`: the rules are the same on each. */
export const databases = ['embedded', 'real'] as const
