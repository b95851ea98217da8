import { type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { accountBelowRoot } from '../../db/embedded/account.ts'
import { prepareNative, program } from '../../db/embedded/native.ts'
import { freePort } from '../../db/embedded/postmaster.ts'

/** A PostgreSQL of its own for a test file, reached over TCP as one named by DATABASE_URL is. */
export type TestPostgres = {
  /** Of an empty database. */
  readonly url: string
  /** Makes another empty database and returns its address. */
  createDatabase(): Promise<string>
  stop(): Promise<void>
}

const oldestMajor = 15

/**
 * Starts a PostgreSQL on a free loopback port with its data in a temporary folder: the system's when it has one, else
 * the embedded package's. It forgets its data on a crash (fsync is off unless asked for), which tests do not mind.
 */
export async function startPostgres({ fsync = false }: { fsync?: boolean } = {}): Promise<TestPostgres> {
  const account = accountBelowRoot()
  const bin = systemBin() ?? join(program(prepareNative(account), 'postgres'), '..')
  const folder = mkdtempSync(join(tmpdir(), 'komekshi-postgres-'))
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  chmodSync(folder, 0o755)
  if (account) chownSync(data, account.uid, account.gid)
  const identity = account ? { uid: account.uid, gid: account.gid } : {}
  const options: SpawnOptions = { ...identity, cwd: data, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } }

  await run(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '--encoding=UTF8',
      `--locale=${process.platform === 'linux' ? 'C' : 'en_US'}.UTF-8`,
      '--auth=trust',
      '--no-sync',
    ],
    options,
  ).catch((error) => {
    rmSync(folder, { recursive: true, force: true })
    throw error
  })
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: fsync ? 'on' : 'off',
    shared_buffers: '64MB',
    max_connections: '100',
    jit: 'off',
    timezone: 'UTC',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...args], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  let said = ''
  server.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4_000)
  })
  while (!isReady(data)) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL for the tests does not start: ${said}`)
    await sleep(10)
  }

  const address = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const createDatabase = async () => {
    const name = `test_${randomBytes(6).toString('hex')}`
    const sql = postgres(address('postgres'), { max: 1 })
    try {
      await sql.unsafe(`create database ${name}`)
    } finally {
      await sql.end()
    }
    return address(name)
  }
  return {
    url: await createDatabase(),
    createDatabase,
    async stop() {
      server.kill('SIGQUIT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Debian keeps the programs of each major version in a folder of its own; the newest that serves is taken. */
function systemBin(): string | undefined {
  const versions = '/usr/lib/postgresql'
  if (!existsSync(versions)) return undefined
  return readdirSync(versions)
    .filter((name) => Number(name) >= oldestMajor)
    .sort((a, b) => Number(b) - Number(a))
    .map((name) => join(versions, name, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
}

function isReady(data: string): boolean {
  const path = join(data, 'postmaster.pid')
  return existsSync(path) && readFileSync(path, 'utf8').split('\n')[7]?.trim() === 'ready'
}

function run(path: string, args: string[], options: SpawnOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', reject)
    child.once('close', (status) => (status === 0 ? resolve() : reject(new Error(`${path}: ${said}`))))
  })
}
