import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Connection } from './client.ts'

/** Any number that no other program uses for the same purpose. */
const migrationLock = 7_305_001

/**
 * Brings the database up to this version, forward only. Several servers may start at once: one migrates, the others
 * wait for it. Throws when the database is not PostgreSQL 15 or later, or not UTF-8.
 */
export async function migrate(connection: Connection, migrationsFolder: string): Promise<void> {
  const options = { max: 1, onnotice: () => {} }
  const sql =
    typeof connection === 'string' ? postgres(connection, options) : postgres({ ...connection, ...options })
  try {
    const [server] = await sql<{ version: number; encoding: string }[]>`
      select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`
    if (!server || server.version < 150_000)
      throw new Error('PostgreSQL 15 or later is needed: see DATABASE_URL')
    if (server.encoding !== 'UTF8')
      throw new Error(`the database must be UTF8, not ${server.encoding}: create it with a UTF-8 locale`)
    await sql`select pg_advisory_lock(${migrationLock})`
    await runMigrations(drizzle(sql), { migrationsFolder })
    await sql`select pg_advisory_unlock(${migrationLock})`
  } finally {
    await sql.end({ timeout: 3 })
  }
}
