import { randomUUID } from 'node:crypto'
import type { Sql } from '../db/client.ts'
import {
  buryProcesses,
  type Connected,
  choosePresence,
  endLease,
  type Here,
  markAssigned,
  nextLeaseEnd,
  presenceOfOperators,
  renewLease,
  type StoredPresence,
} from '../db/queries/presence.ts'
import type { PresenceChoice, Presence as Shown } from '../engine/presence.ts'
import { startWorker } from './worker.ts'

/** Counts the connections of one kind of people to this process. */
export type Arrivals = { came(id: string): void; left(id: string): void }

export type Presence = {
  readonly operators: Arrivals
  /** Visitors by the conversation they have open. */
  readonly visitors: Arrivals
  /** This process now: for queries that ask who is connected. */
  here(): Here
  /** What others see of an operator, as of the last look at the database. */
  of(operatorId: string): Shown
  /** The operators as the database has them at this moment. */
  look(): Promise<readonly StoredPresence[]>
  /** An operator's own choice; resolves when it is stored and everybody will be told. */
  choose(operatorId: string, choice: PresenceChoice): Promise<void>
  /** An operator was given a conversation just now. */
  assigned(operatorId: string): Promise<void>
  /** Somebody who was away is here by a sign-in of that moment: it ends a pause from before. */
  signedIn(operatorId: string, at: string): Promise<void>
  /** Looks again now, and tells of the operators: a process has said that they changed. */
  heard(): void
  stop(): Promise<void>
}

const leaseMilliseconds = 30_000
const renewMilliseconds = 10_000

const keyOf = ({ kind, id }: Connected) => `${kind}:${id}`
const connectedOf = (key: string): Connected => {
  const at = key.indexOf(':')
  return { kind: key.slice(0, at) as Connected['kind'], id: key.slice(at + 1) }
}

/**
 * Who is connected to any process. Each process writes down who is connected to it and keeps a lease on what it wrote:
 * one that dies renews no longer, and 30 seconds later nobody is held to be connected to it.
 */
export async function createPresence(ports: {
  readonly sql: Sql
  readonly clock: () => Date
  /** The presence of operators is no longer what it was. */
  readonly operatorsChanged: () => void
  /** These conversations' visitors came or left, and the database knows. */
  readonly visitorsChanged: (conversationIds: readonly string[]) => void
  readonly failed: (error: unknown) => void
}): Promise<Presence> {
  const { sql, clock } = ports
  const process = randomUUID()
  const counts = new Map<string, number>()
  let written = new Set<string>()
  let renewAt = 0
  let toTell = false
  let stored: ReadonlyMap<string, StoredPresence> = new Map()

  const here = (): Here => ({ process, now: clock().toISOString() })
  const look = async () => {
    const rows = await presenceOfOperators(sql, here())
    return rows.map((row) => (counts.has(`operator:${row.operatorId}`) ? { ...row, connected: true } : row))
  }

  async function refresh() {
    const rows = await look()
    const told = (all: Iterable<StoredPresence>) =>
      [...all].map(({ operatorId, choice, connected }) => `${operatorId} ${choice} ${connected}`).join()
    const changed = told(rows) !== told(stored.values())
    stored = new Map(rows.map((row) => [row.operatorId, row]))
    if (changed || toTell) ports.operatorsChanged()
    toTell = false
  }

  async function write() {
    const now = clock()
    const wanted = new Set(counts.keys())
    const came = [...wanted].filter((key) => !written.has(key))
    const left = [...written].filter((key) => !wanted.has(key))
    if (came.length + left.length === 0 && now.getTime() < renewAt) return
    const until = new Date(now.getTime() + leaseMilliseconds).toISOString()
    const moves = { came: came.map(connectedOf), left: left.map(connectedOf) }
    const known = await renewLease(sql, process, until, now.toISOString(), moves)
    const before = written
    written = wanted
    renewAt = now.getTime() + renewMilliseconds
    const visitors = [...moves.came, ...moves.left].flatMap(({ kind, id }) =>
      kind === 'visitor' ? [id] : [],
    )
    if (visitors.length > 0) ports.visitorsChanged(visitors)
    if (known || before.size === 0) return
    written = new Set()
    await write()
  }

  async function round() {
    await write()
    const buried = await buryProcesses(sql, here())
    if (buried.length > 0) ports.visitorsChanged(buried)
    await refresh()
    const others = await nextLeaseEnd(sql, process)
    const mine = new Date(renewAt).toISOString()
    return others !== undefined && others < mine ? new Date(Date.parse(others) + 1).toISOString() : mine
  }

  async function choose(operatorId: string, choice: PresenceChoice) {
    await choosePresence(sql, operatorId, choice, clock().toISOString())
    await refresh()
  }

  await round()
  const worker = startWorker({ round, clock, failed: ports.failed })

  const arrivals = (kind: Connected['kind']): Arrivals => ({
    came(id) {
      const key = keyOf({ kind, id })
      counts.set(key, (counts.get(key) ?? 0) + 1)
      if (counts.get(key) === 1) worker.wake()
    },
    left(id) {
      const key = keyOf({ kind, id })
      const count = (counts.get(key) ?? 1) - 1
      if (count > 0) counts.set(key, count)
      else if (counts.delete(key)) worker.wake()
    },
  })

  return {
    operators: arrivals('operator'),
    visitors: arrivals('visitor'),
    here,
    look,
    of(operatorId) {
      const row = stored.get(operatorId)
      const connected = counts.has(`operator:${operatorId}`) || row?.connected
      return connected ? (row?.choice ?? 'online') : 'offline'
    },
    choose,
    assigned: (operatorId) => markAssigned(sql, operatorId, clock().toISOString()),
    async signedIn(operatorId, at) {
      const row = stored.get(operatorId)
      if (row?.choice === 'paused' && row.chosenAt !== null && row.chosenAt < at)
        await choose(operatorId, 'online')
    },
    heard() {
      toTell = true
      worker.wake()
    },
    async stop() {
      await worker.stop()
      await endLease(sql, process, clock().toISOString())
    },
  }
}
