import pg from 'pg'
import { type Connection, clientConfig } from './connection.ts'

export type Claim = { stop(): Promise<void> }

const againMilliseconds = 5_000

/**
 * Lets one process at a time do a piece of work. `held` is told true when this process has the claim, and false when
 * it has lost it with its connection; the claim of a process that dies is free at once. `key` names the work.
 */
export function holdClaim(
  connection: Connection,
  key: number,
  held: (mine: boolean) => void,
  failed: (error: unknown) => void,
): Claim {
  let stopped = false
  let current: pg.Client | undefined
  let wake: () => void = () => {}

  async function run() {
    while (!stopped) {
      const client = new pg.Client(clientConfig(connection))
      const ended = new Promise<void>((resolve) => client.once('end', resolve))
      client.on('error', () => {})
      current = client
      try {
        await client.connect()
        const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
          key,
        ])
        if (rows[0]?.mine && !stopped) {
          held(true)
          await ended
          held(false)
        }
      } catch (error) {
        if (!stopped) failed(error)
      }
      await client.end().catch(failed)
      if (stopped) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, againMilliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  const running = run()
  return {
    async stop() {
      stopped = true
      wake()
      await current?.end().catch(failed)
      await running
    },
  }
}
