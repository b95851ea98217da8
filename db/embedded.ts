import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionOptions } from './connection.ts'
import { accountBelowRoot } from './embedded/account.ts'
import { database, ensureCluster, readPassword, type Site, superuser } from './embedded/cluster.ts'
import { EmbeddedPostgresError, explainAccess } from './embedded/error.ts'
import { prepareNative } from './embedded/native.ts'
import { claimOwnership } from './embedded/ownership.ts'
import {
  boundLog,
  ensurePostmaster,
  freePort,
  type Postmaster,
  stopPostmaster,
} from './embedded/postmaster.ts'

export { EmbeddedPostgresError } from './embedded/error.ts'

export type EmbeddedPostgres = {
  /** For `psql` and other tools; its address names a socket folder that not every driver reads. */
  readonly url: string
  /** For our own connections. */
  readonly options: ConnectionOptions
  /** Ends PostgreSQL in good order and gives the data folder free; resolves when its process is gone. */
  stop(): Promise<void>
}

const waitForFormerOwnerMs = 2_000
const waitForAnswerMs = 20_000
const logCheckMs = 60 * 60_000

/**
 * Starts the embedded PostgreSQL of a data folder, or adopts the one that a killed server left running, and claims
 * the folder for this process. Creates the database at the first start. Data lives in `<dataDir>/postgres`.
 *
 * Throws EmbeddedPostgresError: `locked` when another server works with the folder, `permission` when the folder or
 * the programs cannot be reached, `unsupported` when this system or the data's version is not served, else `failed`.
 */
export async function startEmbeddedPostgres(input: {
  readonly dataDir: string
  readonly log?: (line: string) => void
  /** Loopback where the file system has no sockets; by default only on Windows. */
  readonly transport?: 'socket' | 'loopback'
}): Promise<EmbeddedPostgres> {
  const { log = () => undefined, transport = process.platform === 'win32' ? 'loopback' : 'socket' } = input
  const site = prepareSite(input.dataDir, transport === 'loopback' ? await freePort() : undefined)
  await ensureCluster(site)

  let stopping = false
  const own = () => claimSite(site, () => void regain())
  const regain = async () => {
    if (stopping) return
    log('The embedded PostgreSQL dropped its connections; bringing it back.')
    while (!stopping) {
      try {
        owned = await own()
        if (stopping) await owned.release()
        else log('The embedded PostgreSQL is back.')
        return
      } catch (error) {
        log(error instanceof Error ? error.message : String(error))
        await sleep(1_000, undefined, { ref: false })
      }
    }
  }

  let owned = await own()
  const logCheck = setInterval(() => boundLog(site), logCheckMs)
  logCheck.unref()

  return {
    url: addressOf(owned.options),
    options: owned.options,
    async stop() {
      if (stopping) return
      stopping = true
      clearInterval(logCheck)
      await stopPostmaster(site, owned.postmaster)
      await owned.release()
    },
  }
}

type Owned = {
  readonly postmaster: Postmaster
  readonly options: ConnectionOptions
  readonly release: () => Promise<void>
}

function prepareSite(dataDir: string, loopbackPort: number | undefined): Site {
  try {
    mkdirSync(dataDir, { recursive: true })
    const real = realpathSync(dataDir)
    const account = accountBelowRoot()
    return {
      account,
      native: prepareNative(account),
      folder: join(real, 'postgres'),
      logFile: join(real, 'postgres.log'),
      loopbackPort,
    }
  } catch (error) {
    throw explainAccess(error, `The data folder ${dataDir}`)
  }
}

async function claimSite(site: Site, onLost: () => void): Promise<Owned> {
  const begunAt = performance.now()
  for (;;) {
    const postmaster = await ensurePostmaster(site)
    const options = connectionOptions(site, postmaster)
    const claim = await claimOwnership(options, onLost)
    if (claim.outcome === 'ours') return { postmaster, options, release: claim.release }
    const waitedMs = performance.now() - begunAt
    if (claim.outcome === 'taken' && waitedMs > waitForFormerOwnerMs) {
      throw new EmbeddedPostgresError(
        'locked',
        `Another Komekshi (process ${claim.by}) already works with the data folder ${site.folder}. Stop it, give this one another DATA_DIR, or run both on one PostgreSQL with DATABASE_URL.`,
      )
    }
    if (claim.outcome === 'unanswered' && waitedMs > waitForAnswerMs) {
      throw new EmbeddedPostgresError(
        'failed',
        `PostgreSQL runs in ${site.folder} but does not answer (${claim.reason}). Its messages are in ${site.logFile}.`,
      )
    }
    await sleep(50)
  }
}

function connectionOptions(site: Site, { host, port }: Postmaster): ConnectionOptions {
  const common = { host, port, user: superuser, database }
  return host.startsWith('/') ? common : { ...common, password: readPassword(site.folder) }
}

function addressOf({ host, port, user, password, database }: ConnectionOptions): string {
  const credentials = password ? `${user}:${password}` : user
  return `postgres://${credentials}@${encodeURIComponent(host)}:${port}/${database}`
}
