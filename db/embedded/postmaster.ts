import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inside, lastLines, ownFolder, runInside, type Site, takeOwnership } from './cluster.ts'
import { codeOf, EmbeddedPostgresError, explainAccess } from './error.ts'
import { program } from './native.ts'
import { isPostmasterOf, isRunning } from './process.ts'

/** A running PostgreSQL and where it listens: a folder with its socket, or a loopback address. */
export type Postmaster = { readonly pid: number; readonly host: string; readonly port: number }

const socketPort = 5432
const longestSocketPath = 100
const socketFolderPrefix = 'komekshi-socket-'
const longestLog = 4 * 1024 * 1024
const startTimeoutMs = 5 * 60_000
const fastStopMs = 10_000

const settings = {
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  max_connections: '60',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '512MB',
  random_page_cost: '1.1',
  io_method: 'sync',
  jit: 'off',
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_checkpoints: 'off',
  unix_socket_permissions: '0700',
}

/**
 * The PostgreSQL of this data folder: the one that already runs (a killed server leaves it behind), else a new one,
 * once it answers. Of two that start at once, both get the same one.
 */
export async function ensurePostmaster(site: Site): Promise<Postmaster> {
  const giveUpAt = performance.now() + startTimeoutMs
  for (let spawned = 0; performance.now() < giveUpAt; ) {
    const running = readPidFile(site.folder)
    if (running?.ready) return running
    if (running) {
      await sleep(10)
      continue
    }
    if (spawned++ === 3) {
      const said = existsSync(site.logFile) ? lastLines(readFileSync(site.logFile, 'utf8')) : ''
      throw new EmbeddedPostgresError('failed', `PostgreSQL does not start in ${site.folder}: ${said}`)
    }
    const child = await spawnPostmaster(site)
    while (isChildRunning(child) && performance.now() < giveUpAt) {
      const own = readPidFile(site.folder)
      if (own?.ready) return own
      await sleep(5)
    }
  }
  throw new EmbeddedPostgresError(
    'failed',
    `PostgreSQL is still recovering its data in ${site.folder}. It goes on by itself: start Komekshi again in some minutes. Its messages are in ${site.logFile}.`,
  )
}

/** Ends PostgreSQL in good order (a fast shutdown) and resolves when its process is gone. */
export async function stopPostmaster(site: Site, { pid, host }: Postmaster): Promise<void> {
  if (process.platform === 'win32') {
    const args = ['stop', '-m', 'fast', '-D', ownFolder(site)]
    const run = await runInside(site, program(site.native, 'pg_ctl'), args)
    if (run.status === 0) return
    throw new EmbeddedPostgresError('failed', `PostgreSQL does not stop: ${lastLines(run.output)}`)
  }
  await signalUntilGone(pid)
  if (host !== site.folder && basename(host).startsWith(socketFolderPrefix))
    rmSync(host, { recursive: true, force: true })
}

async function signalUntilGone(pid: number): Promise<void> {
  const signals = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const
  for (const signal of signals) {
    if (!isRunning(pid)) return
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return
      throw explainAccess(error, `The running PostgreSQL (process ${pid})`)
    }
    const giveUpAt = performance.now() + fastStopMs
    while (isRunning(pid) && performance.now() < giveUpAt) await sleep(5)
  }
}

/** Keeps PostgreSQL's log from growing without end while it is open; the latest lines start afresh. */
export function boundLog(site: Site): void {
  if ((statSync(site.logFile, { throwIfNoEntry: false })?.size ?? 0) <= longestLog) return
  const descriptor = openSync(site.logFile, 'r+')
  if (fstatSync(descriptor).size > longestLog) ftruncateSync(descriptor)
  closeSync(descriptor)
}

type PidFile = Postmaster & { readonly ready: boolean }

/** What `postmaster.pid` says of a PostgreSQL that really runs here; undefined when none does. */
function readPidFile(folder: string): PidFile | undefined {
  const path = join(folder, 'postmaster.pid')
  const written = parsePidFile(readIfThere(path), folder)
  if (!written || !isRunning(written.pid)) return undefined
  if (isPostmasterOf(written.pid, folder)) return written
  if (parsePidFile(readIfThere(path), folder)?.pid === written.pid) rmSync(path, { force: true })
  return undefined
}

/** Lines of the file: 1 process, 4 port, 5 socket folder, 6 listening address, 8 `ready` when connections are let in. */
function parsePidFile(text: string, folder: string): PidFile | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const socketFolder = lines[4] ?? ''
  const host = socketFolder === '.' ? folder : socketFolder || lines[5] || '127.0.0.1'
  return { pid, host, port: Number(lines[3]), ready: lines[7] === 'ready' }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw explainAccess(error, path)
  }
}

function isChildRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

async function spawnPostmaster(site: Site): Promise<ChildProcess> {
  takeOwnership(site)
  const listening =
    site.loopbackPort === undefined
      ? {
          listen_addresses: '',
          unix_socket_directories: quoted(socketFolder(site)),
          port: String(socketPort),
        }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(site.loopbackPort) }
  const args = Object.entries({ ...settings, ...listening }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const log = openLog(site.logFile)
  try {
    const child = spawn(program(site.native, 'postgres'), ['-D', ownFolder(site), ...args], {
      ...inside(site),
      detached: true,
      stdio: ['ignore', log, log],
    })
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    child.unref()
    return child
  } catch (error) {
    throw explainAccess(error, `The data folder ${site.folder}`)
  } finally {
    closeSync(log)
  }
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > longestLog / 4) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

function quoted(folder: string): string {
  return folder === '.' ? folder : `"${folder}"`
}

/**
 * The data folder itself, when the path of a socket in it is short enough for the system; else a folder of our own
 * in the temporary one, named after the data folder.
 */
function socketFolder(site: Site): string {
  if (Buffer.byteLength(join(site.folder, `.s.PGSQL.${socketPort}`)) <= longestSocketPath) return '.'
  const name = createHash('sha256').update(site.folder).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `${socketFolderPrefix}${name}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const owner = site.account?.uid ?? process.getuid?.() ?? 0
  const stat = lstatSync(folder)
  const freshlyMadeByRoot = site.account !== undefined && stat.uid === 0
  if (!stat.isDirectory() || (stat.uid !== owner && !freshlyMadeByRoot) || (stat.mode & 0o077) !== 0) {
    throw new EmbeddedPostgresError(
      'permission',
      `${folder} belongs to someone else. Remove it, or choose a DATA_DIR with a shorter path.`,
    )
  }
  if (freshlyMadeByRoot && site.account) chownSync(folder, site.account.uid, site.account.gid)
  return folder
}

/** A loopback port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
