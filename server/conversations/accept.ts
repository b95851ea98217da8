import type { Sql } from '../../db/client.ts'
import { type Change, commitChanges } from '../../db/queries/commitChanges.ts'
import {
  type Aggregate,
  loadAggregates,
  rememberedEvents,
  takenEvents,
} from '../../db/queries/loadAggregates.ts'
import type { MessageAtDesk } from '../../db/queries/messages.ts'
import { type Alert, alertsOf } from '../../engine/alert.ts'
import type { Effect, Refusal } from '../../engine/conversation/effect.ts'
import type { ConversationEvent } from '../../engine/conversation/event.ts'
import { atHome, begunAt } from '../../engine/conversation/moving.ts'
import type { Step } from '../../engine/conversation/step.ts'
import { transition } from '../../engine/conversation/transition.ts'
import type { Desk } from '../../engine/desk.ts'
import { type Letter, letterOf } from '../../engine/letter.ts'
import type { ContractLookup } from '../contracts/lookup.ts'
import { advance } from './advance.ts'
import { calendarEvent } from './calendarEvent.ts'

/** The answer to an event, given only after the commit. `seq`: the last message the event led to. */
type Accepted =
  | { readonly ok: true; readonly seq: number; readonly repeated: boolean }
  | { readonly ok: false; readonly refusal: Refusal }

/** What the rest of the server learns once events are committed. */
export type Committed = {
  readonly before: Aggregate
  readonly after: Aggregate
  readonly messages: readonly MessageAtDesk[]
  readonly effects: readonly Effect[]
  readonly events: readonly ConversationEvent[]
  readonly alerts: readonly Alert[]
  /** How many letters were queued. */
  readonly letters: number
}

type Waiting = {
  readonly event: ConversationEvent
  readonly resolve: (accepted: Accepted) => void
  readonly reject: (reason: unknown) => void
  attempts: number
}

/** An event worked out but not yet committed. */
type Taken = { readonly waiting: Waiting; readonly accepted: Accepted }

export type Accept = {
  /** Takes an event of a conversation: resolves after the commit, rejects when nothing was kept. */
  accept(conversationId: string, event: ConversationEvent): Promise<Accepted>
  /** Resolves when everything given so far is committed. */
  drain(): Promise<void>
}

export type AcceptPorts = {
  readonly sql: Sql
  readonly desks: ReadonlyMap<string, Desk>
  /** What only the storage knows: numbers that are never used again, and contracts. */
  readonly contracts: ContractLookup
  readonly committed: (changes: readonly Committed[]) => void
  /** Whether e-mail can be sent at all. */
  readonly writesLetters: boolean
  readonly failed: (conversationId: string, error: unknown) => void
}

type Asking = Extract<Effect, { type: 'needRegistration' | 'needContracts' }>
const isAsking = (effect: Effect): effect is Asking =>
  effect.type === 'needRegistration' || effect.type === 'needContracts'

const rememberedConversations = 10_000
const mostConversationsAtOnce = 400
/** Writes under way side by side: a lone message need not wait for somebody else's commit. */
const writesAtOnce = 2
const mostAttempts = 8

const uniqueViolation = '23505'
const isRepeatedEvent = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === uniqueViolation

/**
 * The one way into a conversation. Each conversation's events are taken in order; what arrives while the
 * writes are busy rides in the next one (a commit for many, no timer). A conversation is read once and kept; a write succeeds
 * only at the version it was worked out from, so several processes may do this on one database. An event id that the
 * conversation has seen leads to nothing and is answered as the first time.
 */
export function createAccept(ports: AcceptPorts): Accept {
  const { sql, desks } = ports
  const known = new Map<string, Aggregate>()
  const lanes = new Map<string, Waiting[]>()
  /** Conversations that are being written. */
  const busy = new Set<string>()
  const writes = new Set<Promise<void>>()
  let pumping = false

  const remember = (aggregate: Aggregate) => {
    known.delete(aggregate.id)
    known.set(aggregate.id, aggregate)
    if (known.size > rememberedConversations) known.delete(known.keys().next().value as string)
  }

  const again = (conversationId: string, waiting: readonly Waiting[]) => {
    const lane = lanes.get(conversationId) ?? []
    lanes.set(conversationId, [...waiting, ...lane])
  }

  function deskNamed(id: string): Desk {
    const desk = desks.get(id)
    if (!desk) throw new Error(`a conversation belongs to the unknown desk ${id}`)
    return desk
  }

  /** Works out one conversation's waiting events, one after the other. */
  async function work(before: Aggregate, waiting: readonly Waiting[]) {
    let desk = deskNamed(before.desk)
    let after = before
    const taken: Taken[] = []
    const fresh = new Map<string, number>()
    const events: ConversationEvent[] = []
    const messages: MessageAtDesk[] = []
    const effects: Effect[] = []
    const raised: { timer: string; dueAt: string }[] = []
    const alerts: Alert[] = []
    const letters: Letter[] = []
    const replanning = calendarEvent(desk, before, waiting[0]?.event)
    const turns: readonly Waiting[] = replanning
      ? [{ event: replanning, resolve: () => {}, reject: () => {}, attempts: 0 }, ...waiting]
      : waiting
    /** The desk by whose calendar the deadlines are worked out; undefined: they could not be. */
    let planner: Desk | undefined = desk
    for (const [place, one] of turns.entries()) {
      const { event } = one
      if (event.type === 'calendar.changed' && event !== replanning) {
        // it has been planned by now, here or by whoever wrote before
        taken.push({ waiting: one, accepted: { ok: true, seq: after.lastSeq, repeated: true } })
        continue
      }
      const earlier = before.seen.get(event.id) ?? fresh.get(event.id)
      if (earlier !== undefined) {
        taken.push({ waiting: one, accepted: { ok: true, seq: earlier, repeated: true } })
        if (event.type === 'timer.fired') raised.push({ timer: event.timer, dueAt: event.dueAt })
        continue
      }
      let step: Step
      let from = after
      try {
        step = transition(desk, after.state, event)
        const asked = step[1].find(isAsking)
        if (asked)
          step = transition(desk, after.state, { ...event, ...(await answerTo(asked, desk, after, event)) })
        const home = begunAt(step)
        if (home !== undefined) {
          // what came before it belongs to the other desk: it is written first
          if (events.length > 0) {
            again(before.id, turns.slice(place))
            break
          }
          desk = deskNamed(home)
          planner = desk
          step = atHome(transition(desk, after.state, event))
          from = { ...after, desk: home }
        }
      } catch (error) {
        ports.failed(before.id, error)
        one.reject(error)
        if (event === replanning) planner = undefined
        continue
      }
      const refused = step[1].find((effect) => effect.type === 'refuse')
      if (event.type === 'timer.fired') raised.push({ timer: event.timer, dueAt: event.dueAt })
      if (refused) {
        taken.push({ waiting: one, accepted: { ok: false, refusal: refused.refusal } })
        continue
      }
      const posted = step[1].flatMap((effect) => (effect.type === 'post' ? [effect.message] : []))
      const advanced = advance(from, event.id, event.at, step[0], posted)
      alerts.push(...alertsOf(after.state, step[0], advanced.messages))
      const letter = ports.writesLetters && letterOf(desk, after.state, step[0], advanced.messages)
      if (letter) letters.push(letter)
      after = advanced.next
      if (posted.length > 0) fresh.set(event.id, after.lastSeq)
      messages.push(...advanced.messages)
      effects.push(...step[1])
      events.push(event)
      taken.push({ waiting: one, accepted: { ok: true, seq: after.lastSeq, repeated: false } })
      const moved = step[1].find((effect) => effect.type === 'moveToDesk')
      if (!moved) continue
      after = { ...after, desk: moved.desk }
      if (event.type === 'operator.movedToDesk') planner = event.to
      // what comes next is the other desk's
      if (place + 1 < turns.length) again(before.id, turns.slice(place + 1))
      break
    }
    const change: Change = {
      before,
      after: {
        ...after,
        version: before.version + 1,
        calendarVersion: planner?.calendarVersion ?? before.calendarVersion,
      },
      messages,
      effects,
      raised,
      alerts,
      letters,
    }
    return { change, taken, fresh, events, dirty: events.length > 0 || raised.length > 0 }
  }

  /** What a step asks the storage for, to be given with the same event. */
  async function answerTo(asked: Asking, desk: Desk, { id, channel }: Aggregate, { at }: ConversationEvent) {
    return asked.type === 'needContracts'
      ? { contracts: await ports.contracts.find(id, desk, asked.wish, at) }
      : { registration: await ports.contracts.register(desk, channel, asked.contract, at) }
  }

  type Worked = Awaited<ReturnType<typeof work>>

  function answer({ id, lastSeq }: Aggregate, taken: readonly Taken[]) {
    const refused = taken.filter(({ accepted }) => !accepted.ok)
    for (const { waiting, accepted } of taken) if (accepted.ok) waiting.resolve(accepted)
    if (refused.length === 0) return
    if (lastSeq > rememberedEvents) void answerRefused(id, refused)
    else for (const { waiting, accepted } of refused) waiting.resolve(accepted)
  }

  /** What was taken long ago and comes again is answered as then, even where it would be refused by now. */
  async function answerRefused(conversationId: string, refused: readonly Taken[]) {
    const ids = refused.map(({ waiting }) => waiting.event.id)
    try {
      const earlier = await takenEvents(sql, conversationId, ids)
      for (const { waiting, accepted } of refused) {
        const seq = earlier.get(waiting.event.id)
        waiting.resolve(seq === undefined ? accepted : { ok: true, seq, repeated: true })
      }
    } catch (error) {
      ports.failed(conversationId, error)
      for (const { waiting } of refused) waiting.reject(error)
    }
  }

  function settle(worked: readonly Worked[]) {
    for (const { change, fresh } of worked) {
      const { seen } = change.after
      for (const [id, seq] of fresh) seen.set(id, seq)
      while (seen.size > rememberedEvents) seen.delete(seen.keys().next().value as string)
      remember(change.after)
    }
    const changes = worked
      .filter(({ events }) => events.length > 0)
      .map(({ change, events }) => ({
        before: change.before,
        after: change.after,
        messages: change.messages,
        effects: change.effects,
        events,
        alerts: change.alerts,
        letters: change.letters.length,
      }))
    for (const { change, taken } of worked) answer(change.after, taken)
    if (changes.length > 0) ports.committed(changes)
  }

  /** Someone else has written meanwhile, or an event had been taken before: read anew and work it out again. */
  function retry({ change, taken }: Worked, reason: unknown) {
    known.delete(change.before.id)
    const still: Waiting[] = []
    for (const { waiting } of taken) {
      waiting.attempts++
      if (waiting.attempts < mostAttempts) still.push(waiting)
      else waiting.reject(reason)
    }
    if (still.length > 0) again(change.before.id, still)
  }

  /** A write failed: events taken long ago are answered as then, the rest is worked out again. */
  async function retryAfter(worked: Worked, error: unknown) {
    const { id } = worked.change.before
    if (!isRepeatedEvent(error)) ports.failed(id, error)
    const ids = worked.taken.map(({ waiting }) => waiting.event.id)
    const before = await takenEvents(sql, id, ids).catch((why: unknown) => {
      ports.failed(id, why)
      return new Map<string, number>()
    })
    for (const { waiting } of worked.taken) {
      const seq = before.get(waiting.event.id)
      if (seq !== undefined) waiting.resolve({ ok: true, seq, repeated: true })
    }
    const taken = worked.taken.filter(({ waiting }) => !before.has(waiting.event.id))
    retry({ ...worked, taken }, error)
  }

  async function write(worked: readonly Worked[]) {
    if (worked.length === 0) return
    try {
      const written = await commitChanges(
        sql,
        worked.map(({ change }) => change),
      )
      settle(worked.filter(({ change }) => written.has(change.before.id)))
      for (const one of worked)
        if (!written.has(one.change.before.id)) retry(one, new Error('the conversation keeps changing'))
    } catch (error) {
      const [first] = worked
      if (worked.length === 1 && first) {
        await retryAfter(first, error)
        return
      }
      for (const one of worked) await write([one])
    }
  }

  /** Whether an answer holds only for the conversation as it is now. */
  const isOfNow = ({ accepted, waiting }: Taken) => !accepted.ok || waiting.event.type === 'calendar.changed'

  /** A refusal writes nothing, so no version tells whether another process has changed the conversation: look. */
  function readAnew(conversationId: string, taken: readonly Taken[]) {
    known.delete(conversationId)
    again(
      conversationId,
      taken.map(({ waiting }) => waiting),
    )
  }

  async function flush(batch: readonly (readonly [string, readonly Waiting[]])[]) {
    const missing = batch.map(([id]) => id).filter((id) => !known.has(id))
    const fresh = new Set(missing)
    try {
      if (missing.length > 0) for (const one of (await loadAggregates(sql, missing)).values()) remember(one)
    } catch (error) {
      for (const [, waiting] of batch) for (const { reject } of waiting) reject(error)
      return
    }
    const worked: Worked[] = []
    for (const [id, waiting] of batch) {
      const aggregate = known.get(id)
      if (!aggregate) {
        for (const { resolve } of waiting) resolve({ ok: false, refusal: { key: 'refusal.notFound' } })
        continue
      }
      try {
        const one = await work(aggregate, waiting)
        if (one.dirty) worked.push(one)
        else if (!fresh.has(id) && one.taken.some(isOfNow)) readAnew(id, one.taken)
        else answer(aggregate, one.taken)
      } catch (error) {
        ports.failed(id, error)
        for (const { reject } of waiting) reject(error)
      }
    }
    await write(worked)
  }

  /** Starts writes for what waits: a conversation is in one of them at a time, which keeps its order. */
  function pump() {
    pumping = false
    while (writes.size < writesAtOnce) {
      const batch = [...lanes].filter(([id]) => !busy.has(id)).slice(0, mostConversationsAtOnce)
      if (batch.length === 0) return
      for (const [id] of batch) {
        lanes.delete(id)
        busy.add(id)
      }
      const write = flush(batch).finally(() => {
        for (const [id] of batch) busy.delete(id)
        writes.delete(write)
        schedule()
      })
      writes.add(write)
    }
  }

  function schedule() {
    if (pumping || lanes.size === 0) return
    pumping = true
    setImmediate(pump)
  }

  return {
    accept: (conversationId, event) =>
      new Promise((resolve, reject) => {
        const waiting: Waiting = { event, resolve, reject, attempts: 0 }
        const lane = lanes.get(conversationId)
        if (lane) lane.push(waiting)
        else lanes.set(conversationId, [waiting])
        schedule()
      }),
    async drain() {
      while (lanes.size > 0 || writes.size > 0) {
        await Promise.allSettled(writes)
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
