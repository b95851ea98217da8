import { readEnv } from '../../server/env.ts'
import { start } from '../../server/main.ts'

/* The program of startServerProcess: the server with its clock set forward by CLOCK_LATER_SECONDS. */

const later = Number(process.env.CLOCK_LATER_SECONDS ?? 0) * 1000
const running = await start(readEnv(process.env), { clock: () => new Date(Date.now() + later) })
process.once('SIGTERM', () => {
  running.stop().then(() => process.exit(0))
})
