import { randomUUID } from 'node:crypto'
import type { Sql } from '../../db/client.ts'
import { claimReplanning, conversationsToReplan, releaseReplanning } from '../../db/queries/calendars.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Accept } from '../conversations/accept.ts'
import { startWorker, type Worker } from '../worker.ts'

/** So many at a time: what visitors and operators do meanwhile waits for no more than that. */
const batch = 50
const claimMilliseconds = 5_000

/**
 * Plans the open deadlines of a desk anew once its calendar is another one. A conversation says on which calendar it
 * was worked out last, so what is left is known at any time, however many changes there were and whichever process
 * died: each conversation is planned once for the calendar in force. One process does it for a desk; when it dies,
 * another goes on within seconds.
 */
export function startReplanning(ports: {
  readonly sql: Sql
  readonly desks: ReadonlyMap<string, Desk>
  readonly accept: Accept['accept']
  readonly clock: () => Date
  readonly failed: (error: unknown) => void
}): Worker {
  const { sql, desks, clock } = ports
  const process = randomUUID()
  /** Conversations that could not be planned, by the calendar's version: they are not tried again and again. */
  const stuck = new Map<string, number>()

  /** Plans some of a desk's conversations anew; whether there may be more. */
  async function some({ id: desk, calendarVersion: version }: Desk): Promise<boolean> {
    const passed = [...stuck].flatMap(([id, at]) => (at >= version ? [id] : []))
    const ids = await conversationsToReplan(sql, desk, version, passed, batch)
    if (ids.length === 0) return false
    const now = clock()
    const until = new Date(now.getTime() + claimMilliseconds).toISOString()
    if (!(await claimReplanning(sql, desk, { process, now: now.toISOString(), until }))) return false
    await Promise.all(
      ids.map(async (id) => {
        try {
          await ports.accept(id, {
            type: 'calendar.changed',
            id: `calendar:${version}`,
            at: clock().toISOString(),
          })
        } catch (error) {
          stuck.set(id, version)
          ports.failed(error)
        }
      }),
    )
    return true
  }

  const worker = startWorker({
    clock,
    failed: ports.failed,
    async round() {
      let more = false
      for (const desk of [...desks.values()]) more = (await some(desk)) || more
      return more ? new Date(0).toISOString() : undefined
    },
  })
  return {
    wake: worker.wake,
    async stop() {
      await worker.stop()
      await releaseReplanning(sql, process)
    },
  }
}
