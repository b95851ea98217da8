import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { type Connection, clientConfig } from './connection.ts'

/** Any number that no other program uses for the same purpose. */
const migrationLock = 7_305_001

/**
 * Brings the database up to this version, forward only. Several servers may start at once: one migrates, the others
 * wait for it. Throws when the database is not PostgreSQL 15 or later, or not UTF-8.
 */
export async function migrate(connection: Connection, migrationsFolder: string): Promise<void> {
  const client = new pg.Client(clientConfig(connection))
  await client.connect()
  try {
    const { rows } = await client.query<{ version: number; encoding: string }>(
      "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
    )
    const [server] = rows
    if (!server || server.version < 150_000)
      throw new Error('PostgreSQL 15 or later is needed: see DATABASE_URL')
    if (server.encoding !== 'UTF8')
      throw new Error(`the database must be UTF8, not ${server.encoding}: create it with a UTF-8 locale`)
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await runMigrations(drizzle(client), { migrationsFolder })
    await client.query('select pg_advisory_unlock($1)', [migrationLock])
  } finally {
    await client.end()
  }
}
