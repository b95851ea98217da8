import { randomUUID } from 'node:crypto'
import { DateTime, Duration } from 'luxon'
import type { SqlPool } from '../db/client.ts'
import {
  aloneAssigning,
  type Held,
  heldByStrangers,
  loadsOf,
  unansweredOf,
  untoldWaiting,
} from '../db/queries/assignment.ts'
import type { Here, StoredPresence } from '../db/queries/presence.ts'
import { waitingRows } from '../db/queries/queueRows.ts'
import { type Assignable, type Assignee, assign } from '../engine/assignment.ts'
import { addOpenTime, isOpen } from '../engine/calendar.ts'
import type { ConversationEvent } from '../engine/conversation/event.ts'
import type { Instant } from '../engine/conversation/instant.ts'
import type { Desk } from '../engine/desk.ts'
import { instantOf } from '../engine/sla.ts'
import type { QueueRow } from '../engine/wireConsole.ts'
import type { Operator } from './auth/auth.ts'
import type { Accept, Committed } from './conversations/accept.ts'
import { queueRow } from './sockets/queue.ts'
import { startWorker, type Worker } from './worker.ts'

/** An operator with their presence. */
type Colleague = Operator &
  Pick<StoredPresence, 'choice' | 'connected' | 'seenAt' | 'chosenAt' | 'assignedAt'>

type WithoutBase<E> = E extends unknown ? Omit<E, 'id' | 'at' | 'registration'> : never
type Happening = WithoutBase<Extract<ConversationEvent, { type: `ass${string}` | 'desk.unattended' }>>

export type Assigning = Worker & {
  /** Looks at what was committed: an operator who said nothing to what they were given is put on a pause. */
  heard(changes: readonly Committed[]): void
  /** The team is not what it was: somebody may have conversations of a desk they left. */
  teamChanged(): void
}

export type AssigningPorts = {
  readonly sql: SqlPool
  readonly desks: ReadonlyMap<string, Desk>
  readonly accept: Accept['accept']
  readonly clock: () => Date
  readonly presence: {
    here(): Here
    look(): Promise<readonly StoredPresence[]>
    choose(operatorId: string, choice: 'paused'): Promise<void>
    assigned(operatorId: string): Promise<void>
  }
  readonly operators: () => Promise<readonly Operator[]>
  readonly failed: (error: unknown) => void
}

/** What comes in a burst is worked on together. */
const gatherMilliseconds = 50
/** When to look again after another process was at it. */
const othersMilliseconds = 1_000
/** Consoles reconnect within a moment, also after the server was down; nobody is held to be gone before that. */
const graceMinutes = 1
/** How long nobody is there, in working time, before it is told. */
const unattendedMinutes = 2

const later = (a: Instant, b: Instant | null): Instant => (b !== null && b > a ? b : a)
const plus = (at: Instant, minutes: number): Instant =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString()

const isOnline = ({ active, connected, choice }: Colleague) => active && connected && choice === 'online'

/** Who is given conversations: operators, and of supervisors and administrators those with a capacity of their own. */
const isGiven = ({ role, capacity }: Operator) => role === 'operator' || capacity !== null

/** A line of the queue as the assignment looks at it. */
const assignable = (desk: Desk, row: QueueRow): Assignable => ({
  ...row,
  capacity: desk.assignment.capacity,
  dedicated: row.dedicated?.id ?? null,
  returnedFrom: row.returnedAt === null ? null : (row.cameBy?.from ?? null),
  hurried: [row.firstResponse, row.nextResponse].some(
    (promise) => promise !== null && (promise.warned > 0 || promise.breached),
  ),
})

/**
 * Gives what waits to operators who are online (desks with automatic assignment), takes back what an operator left
 * unanswered who is gone, and tells when something waits while nobody is there. One process at a time does it, woken
 * by what happens; what it decides are events like any other, so that nothing is done twice and a process that dies in
 * between leaves the rest to the next.
 */
export function startAssigning(ports: AssigningPorts): Assigning {
  const { sql, desks, clock, presence } = ports
  const startedAt = clock().toISOString()
  let teamChanged = true
  let soonest: Instant | undefined

  /** The round is to look again at `at` at the latest. */
  const lookAt = (at: Instant) => {
    if (soonest === undefined || at < soonest) soonest = at
  }

  async function happens(conversationId: string, event: Happening): Promise<boolean> {
    try {
      const accepted = await ports.accept(conversationId, {
        ...event,
        id: `assignment:${randomUUID()}`,
        at: clock().toISOString(),
      } as ConversationEvent)
      return accepted.ok
    } catch (error) {
      ports.failed(error)
      return false
    }
  }

  const goneSince = ({ seenAt }: Colleague): Instant => later(plus(startedAt, graceMinutes), seenAt)

  async function takeBack(everyone: readonly Colleague[], now: Instant) {
    if (teamChanged) {
      teamChanged = false
      await Promise.all(
        (await heldByStrangers(sql)).map(({ conversationId, operatorId }) =>
          happens(conversationId, { type: 'assignee.away', operatorId, left: true }),
        ),
      )
    }
    const gone = new Map(
      everyone.flatMap((one) => (one.connected ? [] : [[one.id, goneSince(one)] as const])),
    )
    const isDue = ({ operatorId, cameAt, desk }: Held) => {
      const minutes = desks.get(desk)?.assignment.awayMinutes
      const since = gone.get(operatorId)
      if (minutes === undefined || since === undefined) return false
      const due = plus(later(since, cameAt), minutes)
      if (due > now) lookAt(due)
      return due <= now
    }
    const held = gone.size > 0 ? await unansweredOf(sql, [...gone.keys()]) : []
    await Promise.all(
      held
        .filter(isDue)
        .map(({ conversationId, operatorId }) =>
          happens(conversationId, { type: 'assignee.away', operatorId }),
        ),
    )
  }

  async function giveOut(everyone: readonly Colleague[]) {
    const automatic = [...desks.values()].filter(({ assignment }) => assignment.mode === 'automatic')
    const ids = automatic.map(({ id }) => id)
    const online = everyone.filter(
      (one) => isOnline(one) && isGiven(one) && one.desks.some((desk) => ids.includes(desk)),
    )
    if (online.length === 0) return
    const loads = await loadsOf(
      sql,
      online.map(({ id }) => id),
    )
    const assignees = online.map((one): Assignee => ({ ...one, load: loads.get(one.id) ?? 0 }))
    const most = Math.max(...automatic.map(({ assignment }) => assignment.capacity))
    if (assignees.every(({ load, capacity }) => load >= (capacity ?? most))) return
    const rows = await waitingRows(sql, ids, presence.here())
    const waiting = rows.flatMap((row) => {
      const desk = desks.get(row.desk)
      const line = desk && queueRow(desk, row)
      return desk && line ? [assignable(desk, line)] : []
    })
    const names = new Map(online.map(({ id, name }) => [id, name]))
    await Promise.all(
      assign(waiting, assignees).map(async ({ conversationId, operatorId }) => {
        const operator = { id: operatorId, name: names.get(operatorId) ?? '' }
        if (await happens(conversationId, { type: 'assignment.made', operator }))
          await presence.assigned(operatorId)
      }),
    )
  }

  /** Since when nobody is online at a desk: the last of them left, or chose a pause. */
  function nobodySince(desk: Desk, everyone: readonly Colleague[]): Instant | undefined {
    const team = everyone.filter(({ active, desks: theirs }) => active && theirs.includes(desk.id))
    if (team.some(isOnline)) return undefined
    return team.reduce(
      (since, { connected, seenAt, chosenAt }) => later(since, connected ? chosenAt : seenAt),
      plus(startedAt, graceMinutes),
    )
  }

  async function tellUnattended(everyone: readonly Colleague[], now: Instant) {
    const alone = new Map(
      [...desks.values()].flatMap((desk) => {
        const since = isOpen(desk.calendar, DateTime.fromISO(now, { zone: desk.zone }))
          ? nobodySince(desk, everyone)
          : undefined
        return since === undefined ? [] : [[desk.id, { desk, since }] as const]
      }),
    )
    const waiting = alone.size > 0 ? await untoldWaiting(sql, [...alone.keys()]) : []
    await Promise.all(
      waiting.map(async ({ conversationId, desk: id, since }) => {
        const found = alone.get(id)
        if (!found) return
        const { desk } = found
        const from = DateTime.fromISO(later(since, found.since), { zone: desk.zone })
        const patience = Duration.fromObject({ minutes: unattendedMinutes })
        const due = instantOf(addOpenTime(desk.calendar, from, patience))
        if (due > now) lookAt(due)
        else await happens(conversationId, { type: 'desk.unattended' })
      }),
    )
  }

  async function round(): Promise<Instant | undefined> {
    await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds))
    soonest = undefined
    const done = await aloneAssigning(sql, async () => {
      const now = clock().toISOString()
      const [team, presences] = await Promise.all([ports.operators(), presence.look()])
      const byId = new Map(presences.map((one) => [one.operatorId, one]))
      const everyone = team.flatMap((operator): Colleague[] => {
        const stored = byId.get(operator.id)
        return stored ? [{ ...operator, ...stored }] : []
      })
      await takeBack(everyone, now)
      await giveOut(everyone)
      await tellUnattended(everyone, now)
      return true
    })
    return done ? soonest : new Date(clock().getTime() + othersMilliseconds).toISOString()
  }

  const worker = startWorker({ round, clock, failed: ports.failed })

  return {
    ...worker,
    heard(changes) {
      for (const { before, after, messages } of changes) {
        if (before.state.stage !== 'live' || desks.get(after.desk)?.assignment.mode !== 'automatic') continue
        const letGo = messages.some(
          ({ content }) => content.kind === 'activity' && content.activity.type === 'returnedSilent',
        )
        if (letGo) presence.choose(before.state.operator.id, 'paused').catch(ports.failed)
      }
    },
    teamChanged() {
      teamChanged = true
      worker.wake()
    },
  }
}
