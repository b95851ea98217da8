import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import postgres from 'postgres'
import { startEmbeddedPostgres } from '../db/embedded.ts'

/** A server in a process of its own. */
export type BenchServer = { readonly url: string; readonly child: ChildProcess; stop(): Promise<void> }
export type OwnServer = BenchServer & { readonly administrator: { email: string; password: string } }

async function running(child: ChildProcess, url: string): Promise<BenchServer> {
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return {
    url,
    child,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** A PostgreSQL with fsync, other settings as given, and a database for each contestant; it goes with `stop`. */
export async function startDatabases(settings: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'komekshi-bench-'))
  const begin = () => startEmbeddedPostgres({ dataDir: folder, transport: 'loopback' })
  let embedded = await begin()
  const admin = postgres({ ...embedded.options, max: 1 })
  await admin`create database bare`
  await admin`create database own`
  for (const [name, value] of Object.entries(settings))
    await admin.unsafe(`alter system set ${name} = '${value}'`)
  await admin.end()
  if (Object.keys(settings).length > 0) {
    await embedded.stop()
    embedded = await begin()
  }
  const own = new URL(embedded.url)
  own.pathname = '/own'
  return {
    folder,
    bare: { ...embedded.options, database: 'bare' },
    own: own.href,
    async stop() {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const anyPort = () => 20_000 + Math.floor(Math.random() * 20_000)

/** The bare minimum: socket.io and postgres.js, one insert and one emit a message. */
export function startBare(database: object, port: number): Promise<BenchServer> {
  const child = fork(join(import.meta.dirname, 'bareServer.mjs'), [JSON.stringify({ database, port })])
  return running(child, `http://127.0.0.1:${port}`)
}

/**
 * The whole server as it is built, with the visitors' rate limit lifted; its clock is so many milliseconds ahead, and
 * is set by a message to the child.
 */
export async function startOwn(
  databaseUrl: string,
  folder: string,
  port: number,
  aheadMilliseconds = 0,
): Promise<OwnServer> {
  const bundle = join(import.meta.dirname, '../node_modules/.cache/bench/ownServer.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'ownServer.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: bundle,
    logLevel: 'error',
  })
  const administrator = { email: 'bench@example.kz', password: randomUUID() }
  const settings = {
    PORT: String(port),
    DATA_DIR: join(folder, 'own'),
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'error',
    DESKS_DIR: join(import.meta.dirname, '../desks'),
    ADMIN_EMAIL: administrator.email,
    ADMIN_PASSWORD: administrator.password,
  }
  const child = fork(bundle, [JSON.stringify(settings), String(aheadMilliseconds)])
  return { ...(await running(child, `http://127.0.0.1:${port}`)), administrator }
}
