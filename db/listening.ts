import pg from 'pg'
import { type Connection, clientConfig } from './connection.ts'

type Listener = { readonly heard: (news: string) => void; readonly listening: () => void }

/** PostgreSQL's notices, heard on a connection of their own that is opened at the first wish. */
export type Listening = {
  /**
   * Calls `heard` with what a channel is told. `listening` is called when it is first heard, and again after every
   * lost connection: what was told meanwhile was not heard. Resolves when it is heard.
   */
  listen(
    channel: string,
    heard: (news: string) => void,
    listening?: () => void,
  ): Promise<{ unlisten(): Promise<void> }>
  close(): Promise<void>
}

const againMilliseconds = 250

/** Hears channels of a database. */
export function createListening(connection: Connection): Listening {
  const channels = new Map<string, Set<Listener>>()
  let client: Promise<pg.Client> | undefined
  let again: NodeJS.Timeout | undefined
  let closed = false

  async function open(): Promise<pg.Client> {
    const fresh = new pg.Client(clientConfig(connection))
    fresh.on('error', () => {})
    fresh.on('notification', ({ channel, payload }) => {
      for (const { heard } of channels.get(channel) ?? []) heard(payload ?? '')
    })
    await fresh.connect()
    fresh.on('end', lost)
    return fresh
  }

  const opened = (): Promise<pg.Client> => {
    client ??= open().catch((error) => {
      client = undefined
      throw error
    })
    return client
  }

  const hear = async (channel: string) =>
    void (await (await opened()).query(`listen ${pg.escapeIdentifier(channel)}`))

  function lost() {
    client = undefined
    clearTimeout(again)
    if (!closed) again = setTimeout(comeBack, againMilliseconds)
  }

  /** Hears all channels again, as soon as there is a connection. */
  async function comeBack() {
    try {
      for (const channel of channels.keys()) await hear(channel)
    } catch {
      // of an open connection that is lost its end is told
      if (client === undefined) lost()
      return
    }
    for (const listeners of channels.values()) for (const { listening } of listeners) listening()
  }

  return {
    async listen(channel, heard, listening = () => {}) {
      const listener = { heard, listening }
      const listeners = channels.get(channel) ?? new Set()
      channels.set(channel, listeners.add(listener))
      if (listeners.size === 1) await hear(channel)
      listening()
      return {
        async unlisten() {
          listeners.delete(listener)
          if (listeners.size > 0 || closed) return
          channels.delete(channel)
          await client?.then((open) => open.query(`unlisten ${pg.escapeIdentifier(channel)}`)).catch(() => {})
        },
      }
    },
    async close() {
      closed = true
      clearTimeout(again)
      await client?.then((open) => open.end()).catch(() => {})
    },
  }
}
