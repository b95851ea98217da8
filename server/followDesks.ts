import type { SqlPool } from '../db/client.ts'

export type DesksFollowed = {
  /** Resolves when what the database has now of a desk has been read. */
  reload(desk: string): Promise<void>
  /** Reads all desks again, until it goes well. */
  look(): void
  stop(): Promise<void>
}

const againMilliseconds = 500

/**
 * Reads what the database has of the desks: of all at the start (it resolves then), and of one whenever any process
 * tells its id on the channel.
 */
export async function followDesks(ports: {
  readonly sql: SqlPool
  readonly channel: string
  readonly desks: ReadonlyMap<string, unknown>
  readonly read: (desks: readonly string[]) => Promise<void>
  readonly failed: (error: unknown) => void
}): Promise<DesksFollowed> {
  const again = new Set<NodeJS.Timeout>()
  let stopped = false
  let reading: Promise<void> = Promise.resolve()
  const all = () => [...ports.desks.keys()]

  /** One after another, so that what was read later is put in force later. */
  function load(desks: readonly string[]): Promise<void> {
    const own = reading.then(() => ports.read(desks))
    reading = own.catch(() => undefined)
    return own
  }

  function heard(desks: readonly string[]) {
    if (stopped) return
    load(desks).catch((error) => {
      if (stopped) return
      ports.failed(error)
      const timer = setTimeout(() => {
        again.delete(timer)
        heard(desks)
      }, againMilliseconds)
      again.add(timer)
    })
  }

  // after a lost connection everything is looked at again: what was told meanwhile was not heard
  let listening = false
  const subscription = await ports.sql.listen(
    ports.channel,
    (desk) => heard([desk]),
    () => {
      if (listening) heard(all())
      listening = true
    },
  )
  await load(all())
  return {
    reload: (desk) => load([desk]),
    look: () => heard(all()),
    async stop() {
      stopped = true
      for (const timer of again) clearTimeout(timer)
      await subscription.unlisten()
      await reading
    },
  }
}
