import postgres from 'postgres'
import type { Connection } from './client.ts'

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
  let current: postgres.Sql | undefined
  let wake: () => void = () => {}

  const open = (closed: () => void): postgres.Sql => {
    const options = { max: 1, onnotice: () => {}, max_lifetime: null, onclose: closed }
    return typeof connection === 'string'
      ? postgres(connection, options)
      : postgres({ ...connection, ...options })
  }

  async function run() {
    while (!stopped) {
      let closed = () => {}
      const ended = new Promise<void>((resolve) => {
        closed = resolve
      })
      const sql = open(() => closed())
      current = sql
      try {
        const [row] = await sql<{ mine: boolean }[]>`select pg_try_advisory_lock(${key}) as mine`
        if (row?.mine && !stopped) {
          held(true)
          await ended
          held(false)
        }
      } catch (error) {
        if (!stopped) failed(error)
      }
      await sql.end({ timeout: 1 }).catch(failed)
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
      await current?.end({ timeout: 1 }).catch(failed)
      await running
    },
  }
}
