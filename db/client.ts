import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema/index.ts'

export type Sql = postgres.Sql
export type Database = {
  /** Typed queries. */
  readonly orm: PostgresJsDatabase<typeof schema>
  /** The same pool for the few statements that are written by hand. */
  readonly sql: Sql
  close(): Promise<void>
}

const timestampWithZone = 1184

/** How to reach a database: a URL, or the driver's own options (the embedded server's socket). */
export type Connection = string | postgres.Options<Record<string, never>>

/** Opens a pool. Instants come back as ISO 8601 strings in UTC. Nothing is sent before the first query. */
export function connect(connection: Connection, pool: { max?: number } = {}): Database {
  const options = { max: pool.max ?? 12, onnotice: () => {}, connection: { application_name: 'komekshi' } }
  const sql: Sql =
    typeof connection === 'string' ? postgres(connection, options) : postgres({ ...connection, ...options })
  const orm = drizzle(sql, { schema, casing: 'snake_case' })
  sql.options.parsers[timestampWithZone] = (value: string) => new Date(value).toISOString()
  return { orm, sql, close: () => sql.end({ timeout: 3 }) }
}
