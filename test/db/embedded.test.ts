import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { isRunning } from '../../db/embedded/process.ts'
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbeddedPostgres } from '../../db/embedded.ts'

let template: string
let dataDir: string
let started: EmbeddedPostgres[]
let children: ChildProcess[]

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'komekshi-embedded-'))
  await (await startEmbeddedPostgres({ dataDir: template })).stop()
})

afterAll(() => rmSync(template, { recursive: true, force: true }))

beforeEach(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'komekshi-embedded-')))
  started = []
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const embedded of started) await embedded.stop()
  if (postmasterPid() !== undefined) await (await startEmbeddedPostgres({ dataDir })).stop()
  rmSync(dataDir, { recursive: true, force: true })
})

async function start(
  input: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {},
): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres({ dataDir, ...input })
  started.push(embedded)
  return embedded
}

/** A data folder that has served before; making one anew for each test would take a second each. */
function usedBefore(): void {
  cpSync(template, dataDir, { recursive: true })
}

async function query<T>(
  { options }: Pick<EmbeddedPostgres, 'options'>,
  run: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres({ ...options, max: 1, onnotice: () => undefined })
  try {
    return await run(sql)
  } finally {
    await sql.end()
  }
}

function postmasterPid(folder = join(dataDir, 'postgres')): number | undefined {
  const path = join(folder, 'postmaster.pid')
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : undefined
}

/** Another server process on the same data folder: says `ready` once it has started, or the refusal's code. */
function startInChild(preparation = ''): Promise<{ child: ChildProcess; said: string }> {
  const module = join(import.meta.dirname, '../../db/embedded.ts')
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(module)}
    ${preparation}
    startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
      .then(() => process.stdout.write('ready'), (error) => process.stdout.write(error.code ?? String(error)))`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return new Promise((resolve) => child.stdout.once('data', (said) => resolve({ child, said: String(said) })))
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

describe('the database', () => {
  test('is made at the first start, durable and in Unicode', async () => {
    const embedded = await start()
    const [row] = await query(
      embedded,
      (sql) => sql`
        select current_database() as database, current_setting('fsync') as fsync,
          current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding`,
    )
    expect(row).toEqual({ database: 'komekshi', fsync: 'on', commit: 'on', encoding: 'UTF8' })
  })

  test('knows the Kazakh letters, whole and in trigrams', async () => {
    usedBefore()
    const embedded = await start()
    const [row] = await query(embedded, async (sql) => {
      await sql`create extension pg_trgm`
      return sql`
        select lower('ҚАЗАҚ ӘІҢҒҮҰҚӨҺ') as lower, 'ҚОЛТАҢБА' ~* 'қолтаңба' as matches,
          similarity('қолтаңба', 'қолтанба') > 0.3 as similar`
    })
    expect(row).toEqual({ lower: 'қазақ әіңғүұқөһ', matches: true, similar: true })
  })

  test('listens on no network address', async () => {
    usedBefore()
    const embedded = await start()
    const [row] = await query(embedded, (sql) => sql`select current_setting('listen_addresses') as addresses`)
    expect(row).toEqual({ addresses: '' })
  })

  test('listens on loopback with a password where sockets in the file system do not exist', async () => {
    usedBefore()
    const embedded = await start({ transport: 'loopback' })
    expect(embedded.options.host).toBe('127.0.0.1')
    const [row] = await query(embedded, (sql) => sql`select 1 as one`)
    expect(row).toEqual({ one: 1 })
    const guess = { options: { ...embedded.options, password: 'guess' } }
    await expect(query(guess, (sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' })
  })

  test('works in a folder whose path is longer than a socket may have', async () => {
    const deep = join(dataDir, 'қапшық'.repeat(6), 'деректер'.repeat(6))
    cpSync(template, deep, { recursive: true })
    const embedded = await startEmbeddedPostgres({ dataDir: deep })
    try {
      expect(Buffer.byteLength(embedded.options.host)).toBeLessThan(90)
      const [row] = await query(embedded, (sql) => sql`select 1 as one`)
      expect(row).toEqual({ one: 1 })
    } finally {
      await embedded.stop()
    }
  })
})

test('what was stored is there at the next start', async () => {
  usedBefore()
  const first = await start()
  await query(first, (sql) => sql`create table note as select 'сәлем' as text`)
  await first.stop()
  const second = await start()
  const rows = await query(second, (sql) => sql`select text from note`)
  expect(rows).toEqual([{ text: 'сәлем' }])
})

test('stopping leaves no process behind', async () => {
  usedBefore()
  const embedded = await start()
  const pid = postmasterPid()!
  expect(isRunning(pid)).toBe(true)
  await embedded.stop()
  expect(isRunning(pid)).toBe(false)
  expect(postmasterPid()).toBeUndefined()
})

describe('two servers on one data folder', () => {
  test('the second is refused and told by whom, the first goes on', async () => {
    usedBefore()
    const first = await start()
    const refusal = await start().catch((error) => error)
    expect(refusal).toBeInstanceOf(EmbeddedPostgresError)
    expect(refusal.code).toBe('locked')
    expect(refusal.message).toContain(`process ${process.pid}`)
    expect(refusal.message).toContain('DATA_DIR')
    const [row] = await query(first, (sql) => sql`select 1 as one`)
    expect(row).toEqual({ one: 1 })
  })

  test('of two first starts at once one wins and the other is told', async () => {
    const said = (await Promise.all([startInChild(), startInChild()])).map((start) => start.said)
    expect(said.toSorted()).toEqual(['locked', 'ready'])
  })
})

describe('after the server was killed', () => {
  test('the next one adopts the running PostgreSQL with all that was committed', async () => {
    usedBefore()
    const { child, said } = await startInChild()
    expect(said).toBe('ready')
    const pid = postmasterPid()!
    child.kill('SIGKILL')
    await ended(child)
    expect(isRunning(pid)).toBe(true)

    const adopted = await start()
    expect(postmasterPid()).toBe(pid)
    await adopted.stop()
    expect(isRunning(pid)).toBe(false)
  })

  test('a number left in the pid file by an earlier machine does not stand in the way', async () => {
    usedBefore()
    await (await start()).stop()
    const stranger = [process.pid, join(dataDir, 'postgres'), 1, 5432, '.', '', '', 'ready', ''].join('\n')
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), stranger)
    const embedded = await start()
    const [row] = await query(embedded, (sql) => sql`select 1 as one`)
    expect(row).toEqual({ one: 1 })
  })
})

test('a PostgreSQL that dies is brought back, and the folder stays claimed', async () => {
  usedBefore()
  const lines: string[] = []
  const embedded = await start({ log: (line) => lines.push(line) })
  await query(embedded, (sql) => sql`create table note as select 'сәлем' as text`)
  process.kill(postmasterPid()!, 'SIGKILL')
  await vi.waitFor(() => expect(lines.at(-1)).toContain('is back'), 10_000)
  const rows = await query(embedded, (sql) => sql`select text from note`)
  expect(rows).toEqual([{ text: 'сәлем' }])
  await expect(start()).rejects.toMatchObject({ code: 'locked' })
})

describe('a folder that cannot be served', () => {
  test('of another major version is left as it is', async () => {
    const folder = join(dataDir, 'postgres')
    mkdirSync(folder)
    writeFileSync(join(folder, 'PG_VERSION'), '14\n')
    const refusal = await start().catch((error) => error)
    expect(refusal.code).toBe('unsupported')
    expect(refusal.message).toContain('PostgreSQL 14')
  })

  test('of another user is refused', async () => {
    usedBefore()
    await (await start()).stop()
    chmodSync(join(dataDir, 'postgres'), process.getuid?.() === 0 ? 0o700 : 0)
    const { said } = await startInChild('if (process.getuid?.() === 0) process.setuid?.(65533)')
    chmodSync(join(dataDir, 'postgres'), 0o700)
    expect(said).toBe('permission')
  })
})
