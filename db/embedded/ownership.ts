import postgres from 'postgres'
import { codeOf } from './error.ts'

/** What the `postgres` driver needs to connect: `postgres(options)`. */
export type ConnectionOptions = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly password?: string
}

/** The data folder is ours, `taken` by another server, or PostgreSQL did not answer just now. */
export type Claim =
  | { readonly outcome: 'ours'; readonly release: () => Promise<void> }
  | { readonly outcome: 'taken'; readonly by: string }
  | { readonly outcome: 'unanswered'; readonly reason: string }

/**
 * Claims the data folder for the life of this process: a session-level advisory lock on a connection of its own,
 * which the system closes at once when the process dies. `onLost` is called once when PostgreSQL drops the connection.
 */
export async function claimOwnership(options: ConnectionOptions, onLost: () => void): Promise<Claim> {
  let state: 'trying' | 'ours' | 'over' = 'trying'
  const sql = postgres({
    ...options,
    max: 1,
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: 10,
    fetch_types: false,
    onclose: () => {
      if (state !== 'ours') return
      state = 'over'
      onLost()
    },
  })
  const end = async () => {
    state = 'over'
    await sql.end({ timeout: 1 })
  }
  try {
    const [row] = await sql<{ ours: boolean }[]>`
      select pg_try_advisory_lock(hashtextextended('the server that owns this data folder', 0)) as ours`
    if (row?.ours) {
      await sql`select set_config('application_name', ${`komekshi owner ${process.pid}`}, false)`
      state = 'ours'
      return { outcome: 'ours', release: end }
    }
    const [owner] = await sql<{ pid: string }[]>`
      select substring(application_name from '\\d+$') as pid
      from pg_stat_activity where application_name like 'komekshi owner %'`
    await end()
    return { outcome: 'taken', by: owner?.pid ?? '' }
  } catch (error) {
    await end()
    return { outcome: 'unanswered', reason: codeOf(error) ?? String(error) }
  }
}
