import { readEnv } from '../server/env.ts'
import { start } from '../server/main.ts'

// The real server, with the visitors' rate limit lifted so that a few clients can load it.
const given = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>
await start(readEnv(given), { visitorActsPerSecond: 100_000 })
process.send?.('ready')
