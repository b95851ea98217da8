import { type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { codeOf, EmbeddedPostgresError, explainAccess } from './error.ts'
import { type Native, program } from './native.ts'

/** Where a cluster lives, what runs it and under whom. */
export type Site = {
  readonly native: Native
  readonly account: Account | undefined
  /** PostgreSQL's data folder. */
  readonly folder: string
  /** The file that PostgreSQL's own messages go to. */
  readonly logFile: string
  /** Listens there instead of on a socket in the file system, where those do not exist. */
  readonly loopbackPort: number | undefined
}

export const superuser = 'komekshi'
export const database = 'komekshi'

const abandonedAfterMs = 10 * 60_000

/**
 * How PostgreSQL is told its data folder. Under another account the path to it may be closed; its own working
 * directory, entered before the account is switched, never is.
 */
export function ownFolder(site: Site): string {
  return site.account && process.platform === 'linux' ? '/proc/self/cwd' : site.folder
}

/** Spawn options that put a program inside the data folder under the right account, without our environment. */
export function inside(site: Site, folder = site.folder): SpawnOptions {
  const identity = site.account ? { uid: site.account.uid, gid: site.account.gid } : {}
  return { ...identity, cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, windowsHide: true }
}

/** The password of loopback connections, where local sockets do not exist. */
export function readPassword(folder: string): string {
  return readFileSync(join(folder, 'komekshi.password'), 'utf8')
}

/**
 * Makes sure that `site.folder` holds a cluster this PostgreSQL can read, with the database in it. A new one is
 * prepared aside and renamed into place whole; of two first starts at once the first rename wins.
 */
export async function ensureCluster(site: Site): Promise<void> {
  try {
    mkdirSync(dirname(site.folder), { recursive: true })
    if (isCluster(site.folder)) return checkVersion(site)
    removeAbandoned(site.folder)
    await createCluster(site)
  } catch (error) {
    throw explainAccess(error, `The data folder ${dirname(site.folder)}`)
  }
}

function isCluster(folder: string): boolean {
  try {
    return statSync(join(folder, 'PG_VERSION')).isFile()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

function checkVersion(site: Site): void {
  const written = readFileSync(join(site.folder, 'PG_VERSION'), 'utf8').trim()
  const major = site.native.version.split('.')[0]
  if (written !== major) {
    throw new EmbeddedPostgresError(
      'unsupported',
      `${site.folder} was written by PostgreSQL ${written}, and this Komekshi carries ${major}. Dump it with the earlier Komekshi and restore the dump into an empty data folder.`,
    )
  }
}

/** Hands the data folder to the account that PostgreSQL runs under, when it was made under another one. */
export function takeOwnership(site: Site): void {
  const { uid } = statSync(site.folder)
  if (site.account === undefined || uid === site.account.uid) return
  for (const name of readdirSync(site.folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(site.folder, name), site.account.uid, site.account.gid)
  }
  lchownSync(site.folder, site.account.uid, site.account.gid)
}

/** Folders that a first start left behind when it was killed. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.new-`)) continue
    const path = join(dirname(folder), name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > abandonedAfterMs) rmSync(path, { recursive: true, force: true })
  }
}

async function createCluster(site: Site): Promise<void> {
  const temporary = `${site.folder}.new-${randomBytes(4).toString('hex')}`
  mkdirSync(temporary, { mode: 0o700 })
  try {
    if (site.account) chownSync(temporary, site.account.uid, site.account.gid)
    await initialise({ ...site, folder: temporary })
    writePassword(site, temporary, await setUpDatabase({ ...site, folder: temporary }))
    await syncCluster({ ...site, folder: temporary })
    renameSync(temporary, site.folder)
    sync(dirname(site.folder))
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    const lostTheRace =
      codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST' || codeOf(error) === 'EPERM'
    if (!lostTheRace || !isCluster(site.folder)) throw error
  }
}

/** Character classes of C.UTF-8 are what pg_trgm needs to see Cyrillic; not every system has it by that name. */
async function initialise(site: Site): Promise<void> {
  const ctypes = process.platform === 'win32' ? ['en-US'] : ['C.UTF-8', 'en_US.UTF-8']
  let complaint = ''
  for (const ctype of ctypes) {
    const run = await runInside(site, program(site.native, 'initdb'), [
      ...['-D', ownFolder(site), '-U', superuser, '--encoding=UTF8', '--locale=C', `--lc-ctype=${ctype}`],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--text-search-config=simple'],
      ...['--auth-local=trust', '--auth-host=scram-sha-256', '--no-instructions', '--no-sync'],
    ])
    if (run.status === 0) return
    complaint = run.output
    if (!/locale/i.test(complaint)) break
  }
  if (complaint.includes('could not look up effective user ID')) {
    throw new EmbeddedPostgresError(
      'permission',
      `PostgreSQL runs only under a user with an entry in /etc/passwd, and the user ${process.getuid?.()} has none. Add one, start Komekshi as another user, or set DATABASE_URL.`,
    )
  }
  throw new EmbeddedPostgresError(
    'failed',
    `PostgreSQL could not create its data folder in ${dirname(site.folder)}: ${lastLines(complaint)}`,
  )
}

async function setUpDatabase(site: Site): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  const statements = `ALTER ROLE ${superuser} PASSWORD '${password}';\nCREATE DATABASE ${database};\n`
  const args = ['--single', '-D', ownFolder(site), '-c', 'exit_on_error=on', '-c', 'fsync=off', 'postgres']
  const run = await runInside(site, program(site.native, 'postgres'), args, statements)
  if (run.status === 0) return password
  throw new EmbeddedPostgresError(
    'failed',
    `PostgreSQL could not create its database: ${lastLines(run.output)}`,
  )
}

/** Brings all that the steps before wrote to the disk, at once rather than file by file where the system can. */
async function syncCluster(site: Site): Promise<void> {
  const method = process.platform === 'linux' ? ['--sync-method=syncfs'] : []
  const run = await runInside(site, program(site.native, 'initdb'), [
    '--sync-only',
    ...method,
    '-D',
    ownFolder(site),
  ])
  if (run.status === 0) return
  throw new EmbeddedPostgresError(
    'failed',
    `PostgreSQL could not write to the disk: ${lastLines(run.output)}`,
  )
}

function writePassword(site: Site, folder: string, password: string): void {
  const path = join(folder, 'komekshi.password')
  writeFileSync(path, password, { mode: 0o600 })
  chmodSync(path, 0o600)
  if (site.account) chownSync(path, site.account.uid, site.account.gid)
}

function sync(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Runs a program to its end inside the data folder; resolves with its status and all that it printed. */
export function runInside(
  site: Site,
  path: string,
  args: string[],
  input = '',
): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { ...inside(site), stdio: 'pipe' })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString('utf8')
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
  })
}

/** The end of a program's output, on one line. */
export function lastLines(output: string): string {
  return output.trim().split('\n').slice(-4).join(' / ')
}
