import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { type Connection, clientConfig, types } from './connection.ts'
import { createListening, type Listening } from './listening.ts'
import * as schema from './schema/index.ts'
import { type Executor, type Sql, type Statement, sqlBy } from './sql.ts'

export type { Connection } from './connection.ts'
export type { Sql } from './sql.ts'

/** Statements by whichever connection is free, and what needs one for itself. */
export type SqlPool = Sql & {
  /** Does `work` in a transaction: all of it is committed, or nothing. */
  begin<T>(work: (tx: Sql) => Promise<T>): Promise<T>
  /** Does `work` on one connection, as locks of a session need it; they go with it when `work` fails. */
  session<T>(work: (own: Sql) => Promise<T>): Promise<T>
  /** The rows of a statement, some at a time, so that the whole need not be held. */
  inBatches<Row extends object>(rows: Statement<Row[]>, batch: number): AsyncIterable<Row[]>
  listen: Listening['listen']
}

export type Database = {
  /** Typed queries. */
  readonly orm: NodePgDatabase<typeof schema>
  /** The same pool for statements that are written by hand. */
  readonly sql: SqlPool
  close(): Promise<void>
}

/** A query that has no answer by then has lost its connection, or will never have one. */
const queryMilliseconds = 60_000

/**
 * Reads values as we do, whoever asks: drizzle brings parsers of its own. A lost connection is told by the query that
 * is under way or by the next one; as an event that nobody hears it would end the process.
 */
class Client extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    this.on('error', () => {})
  }

  // biome-ignore lint/suspicious/noExplicitAny: the driver's own overloads are handed through
  override query(query: any, ...rest: any[]): any {
    const asked = typeof query === 'object' && 'types' in query ? { ...query, types } : query
    return (super.query as (...all: unknown[]) => unknown)(asked, ...rest)
  }
}

/** Statements are prepared once by each connection, under a name for their text. */
const names = new Map<string, string>()
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`
  names.set(text, name)
  return name
}

const executorOf =
  (client: Pick<pg.Pool | pg.ClientBase, 'query'>): Executor =>
  async (text, values) => {
    const prepared = values.length > 0 && { name: nameOf(text), values: [...values] }
    return (await client.query<object>({ text, ...prepared })).rows
  }

/** Opens a pool. Instants come back as ISO 8601 strings in UTC. Nothing is sent before the first query. */
export function connect(connection: Connection, options: { readonly max?: number } = {}): Database {
  const pool = new pg.Pool({
    ...clientConfig(connection),
    Client,
    max: options.max ?? 12,
    query_timeout: queryMilliseconds,
  })
  // a connection that is lost while nobody uses it is replaced at the next query
  pool.on('error', () => {})
  const listening = createListening(connection)
  let closing: Promise<void> | undefined

  /** A connection on which something failed is not used again: whatever it held goes with it. */
  async function alone<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let failed = true
    try {
      const done = await work(client)
      failed = false
      return done
    } finally {
      client.release(failed)
    }
  }

  const session = <T>(work: (own: Sql) => Promise<T>): Promise<T> =>
    alone((client) => work(sqlBy(executorOf(client))))

  const begin = <T>(work: (tx: Sql) => Promise<T>): Promise<T> =>
    alone(async (client) => {
      await client.query('begin')
      const done = await work(sqlBy(executorOf(client)))
      const { command } = await client.query('commit')
      if (command !== 'COMMIT')
        throw new Error('a transaction was not committed: one of its statements failed')
      return done
    })

  async function* inBatches<Row extends object>(rows: Statement<Row[]>, batch: number) {
    const client = await pool.connect()
    let failed = true
    try {
      const own = sqlBy(executorOf(client))
      await own`begin`
      await own`declare rows_in_batches cursor for ${rows}`
      for (;;) {
        const some = await own.unsafe<Row[]>(`fetch ${batch} from rows_in_batches`)
        if (some.length === 0) break
        yield some
      }
      await own`commit`
      failed = false
    } finally {
      client.release(failed)
    }
  }

  return {
    orm: drizzle(pool, { schema, casing: 'snake_case' }),
    sql: Object.assign(sqlBy(executorOf(pool)), {
      begin,
      session,
      inBatches,
      listen: listening.listen,
    }),
    close() {
      closing ??= Promise.all([listening.close(), pool.end()]).then(() => {})
      return closing
    },
  }
}
