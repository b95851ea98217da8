import { readEnv } from '../server/env.ts'
import { start } from '../server/main.ts'

// The real server, with the visitors' rate limit lifted so that a few clients can load it. Its clock is ahead of the
// machine's by as many milliseconds as it was started with, or was last told.
const [given, started] = process.argv.slice(2)
let ahead = Number(started ?? 0)
process.on('message', (milliseconds: number) => {
  ahead = milliseconds
})
await start(readEnv(JSON.parse(given ?? '{}') as Record<string, string>), {
  visitorActsPerSecond: 100_000,
  clock: () => new Date(Date.now() + ahead),
})
process.send?.('ready')
