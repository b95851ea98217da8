import pg from 'pg'
import { type ConnectionOptions, clientConfig } from '../connection.ts'
import { codeOf } from './error.ts'

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
  const client = new pg.Client({
    ...clientConfig(options),
    application_name: `komekshi owner ${process.pid}`,
  })
  client.on('error', () => {})
  client.once('end', () => {
    if (state !== 'ours') return
    state = 'over'
    onLost()
  })
  const end = async () => {
    state = 'over'
    await client.end()
  }
  try {
    await client.connect()
    const { rows } = await client.query<{ ours: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('the server that owns this data folder', 0)) as ours",
    )
    if (rows[0]?.ours) {
      state = 'ours'
      return { outcome: 'ours', release: end }
    }
    const owner = await client.query<{ pid: string }>(`
      select substring(application_name from '\\d+$') as pid from pg_stat_activity
      where application_name like 'komekshi owner %' and pid <> pg_backend_pid()`)
    await end()
    return { outcome: 'taken', by: owner.rows[0]?.pid ?? '' }
  } catch (error) {
    await end()
    return { outcome: 'unanswered', reason: codeOf(error) ?? String(error) }
  }
}
