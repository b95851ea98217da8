/** The memory of 1,000 idle visitors with the chat open: the whole server beside a bare socket.io program. */
import { readFileSync } from 'node:fs'
import { io, type Socket } from 'socket.io-client'
import { anyPort, type BenchServer, startBare, startDatabases, startOwn } from './servers.ts'

const visitors = 1_000
const atOnce = 50
const wantedMegabytes = 30

const residentMegabytes = (pid: number | undefined) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

async function measure(name: string, server: BenchServer, open: () => Promise<Socket>) {
  const sockets: Socket[] = []
  const connect = async (count: number) => {
    for (let done = 0; done < count; done += atOnce)
      sockets.push(...(await Promise.all(Array.from({ length: atOnce }, open))))
    await new Promise((resolve) => setTimeout(resolve, 3_000))
  }
  // what the first connections load stays out of the count
  await connect(100)
  const before = residentMegabytes(server.child.pid)
  await connect(visitors)
  const grown = residentMegabytes(server.child.pid) - before
  console.log(
    `${name.padEnd(9)} ${before.toFixed(0)} MB before, ${grown.toFixed(1)} MB more with ${visitors} idle visitors`,
  )
  for (const socket of sockets) socket.close()
  await server.stop()
  return grown
}

const options = { transports: ['websocket'], forceNew: true }
const databases = await startDatabases()
try {
  const port = anyPort()
  const bare = await startBare(databases.bare, port)
  const minimum = await measure('bare', bare, async () => {
    const socket = io(bare.url, options)
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
    return socket
  })
  const own = await startOwn(databases.own, databases.folder, port + 1)
  const ours = await measure('Komekshi', own, async () => {
    const socket = io(`${own.url}/visitor`, { ...options, auth: { desk: 'edoc', language: 'kk' } })
    await new Promise<void>((resolve) => socket.once('welcome', () => resolve()))
    return socket
  })
  console.log(`ratio ${(ours / minimum).toFixed(2)}, wanted: at most ${wantedMegabytes} MB`)
  process.exitCode = ours <= wantedMegabytes ? 0 : 1
} finally {
  await databases.stop()
}
