import type { Server as HttpServer } from 'node:http'
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import { Server } from 'socket.io'
import type { ConsoleNamespace } from './consoleSocket.ts'
import type { VisitorNamespace } from './visitorSocket.ts'

const maxPayloadBytes = 64 * 1024

export type Sockets = {
  readonly visitors: VisitorNamespace
  readonly consoles: ConsoleNamespace
  /** Hangs up on everybody. */
  close(): Promise<void>
}

/** Takes sockets on a server's port; those of other processes are reached over Redis, if there is one. */
export async function openSockets(ports: {
  readonly server: HttpServer
  readonly redisUrl: string | undefined
  readonly failed: (error: unknown) => void
}): Promise<Sockets> {
  const io = new Server(ports.server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: maxPayloadBytes,
    perMessageDeflate: false,
  })
  const redis = ports.redisUrl === undefined ? undefined : createClient({ url: ports.redisUrl })
  if (redis) {
    redis.on('error', ports.failed)
    await redis.connect()
    io.adapter(createAdapter(redis))
  }
  return {
    visitors: io.of('/visitor') as unknown as VisitorNamespace,
    consoles: io.of('/console') as unknown as ConsoleNamespace,
    async close() {
      io.disconnectSockets(true)
      io.engine.close()
      await redis?.close()
    },
  }
}
