import pg from 'pg'

/** How to reach a database: a URL, or its parts (the embedded server's socket). */
export type Connection = string | ConnectionOptions

export type ConnectionOptions = {
  /** A folder, when it is reached by a socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly password?: string
}

const { builtins } = pg.types
/** Read as they are written; what they are is said by their column. */
const asWritten = new Set<number>([builtins.DATE, builtins.TIME, builtins.TIMESTAMP, builtins.INTERVAL])

/** Instants come back as ISO 8601 strings in UTC. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') => {
    if (oid === builtins.TIMESTAMPTZ) return (value: string) => new Date(value).toISOString()
    return asWritten.has(oid) ? (value: string) => value : pg.types.getTypeParser(oid, format)
  }) as pg.CustomTypesConfig['getTypeParser'],
}

const connectMilliseconds = 10_000

/** What the driver needs for one connection. */
export const clientConfig = (connection: Connection): pg.ClientConfig => ({
  ...(typeof connection === 'string' ? { connectionString: connection } : connection),
  application_name: 'komekshi',
  connectionTimeoutMillis: connectMilliseconds,
  keepAlive: true,
  types,
})
