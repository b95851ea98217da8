import type { Namespace, Socket } from 'socket.io'
import { z } from 'zod'
import type { Sql } from '../../db/client.ts'
import { moveAlertsSeen } from '../../db/queries/alerts.ts'
import { marksOf, moveMarks } from '../../db/queries/conversations.ts'
import { type MessageAtDesk, messagesAfter, messagesBefore } from '../../db/queries/messages.ts'
import { queueRows, rowsById } from '../../db/queries/queueRows.ts'
import type { StoredFile } from '../../engine/conversation/content.ts'
import { renderMessage } from '../../engine/conversation/render.ts'
import type { Desk } from '../../engine/desk.ts'
import { type Language, languages } from '../../engine/language.ts'
import { presenceChoices, type Presence as Shown } from '../../engine/presence.ts'
import type { WireAck, WireMarks, WireRefusal } from '../../engine/wire.ts'
import {
  type ConsoleClientEvents,
  type ConsoleServerEvents,
  operatorActionSchema,
  type QueueRow,
  type WireOperator,
} from '../../engine/wireConsole.ts'
import type { Operator } from '../auth/auth.ts'
import type { SignedIn } from '../auth/sessions.ts'
import type { ContractOf } from '../contracts/wireContract.ts'
import type { Accept } from '../conversations/accept.ts'
import type { Presence } from '../presence.ts'
import { alertsFor } from './alerts.ts'
import { operatorEvent, operatorRef } from './operatorEvent.ts'
import { conversationDetail, isWorked, queueRow } from './queue.ts'
import { createRate } from './rate.ts'
import { unreadable, wireRefusal } from './refusalText.ts'
import { deskRoom, openRoom, operatorRoom, sessionRoom, supervisorsRoom } from './rooms.ts'
import { wireDesk } from './wireDesk.ts'

type Data = { operator: Operator; sessionHash: string; since: string; language: Language; open?: string }
export type ConsoleNamespace = Namespace<
  ConsoleClientEvents,
  ConsoleServerEvents,
  Record<string, never>,
  Data
>
type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, Record<string, never>, Data>

export type ConsolePorts = {
  readonly sql: Sql
  readonly desks: ReadonlyMap<string, Desk>
  readonly accept: Accept['accept']
  readonly clock: () => Date
  readonly presence: Presence
  readonly signIn: (cookieHeader: string | undefined) => Promise<SignedIn | undefined>
  readonly allOperators: () => Promise<readonly Operator[]>
  readonly fileOf: (fileId: string, conversationId: string) => Promise<StoredFile | undefined>
  readonly contractOf: ContractOf
  readonly marksMoved: (conversationId: string, marks: WireMarks) => void
  readonly rowChanged: (conversationId: string) => void
  readonly typing: (conversationId: string) => void
  readonly maxFileBytes: number
  /** Whether answers can be sent by e-mail at all. */
  readonly sendsMail: boolean
  /** The origin people open the console at. */
  readonly origin: string
  readonly failed: (error: unknown) => void
}

/** How often an open console's session is looked at again; using it is what prolongs it. */
const recheckMilliseconds = 10 * 60_000

type Refused = { readonly ok: false; readonly refusal: WireRefusal }

export const wireOperator = (operator: Operator, presence: Shown): WireOperator => ({
  id: operator.id,
  name: operator.name,
  email: operator.email,
  role: operator.role,
  desks: operator.desks,
  languages: operator.languages,
  active: operator.active,
  capacity: operator.capacity,
  presence,
})

/** Those whom an operator works with: everybody who is active at a desk of theirs. */
export const colleaguesOf = (operator: Operator, everyone: readonly Operator[]): readonly Operator[] =>
  everyone.filter(({ active, desks }) => active && desks.some((desk) => operator.desks.includes(desk)))

/** Serves the operators' consoles: the queue, the opened conversation, and what operators do. */
export function serveConsole(namespace: ConsoleNamespace, ports: ConsolePorts): void {
  const { sql, desks, accept, clock } = ports

  /** The conversation's line, if this operator works for its desk. */
  async function rowFor(socket: ConsoleSocket, conversationId: string) {
    if (!z.uuid().safeParse(conversationId).success) return undefined
    const [row] = await rowsById(sql, [conversationId], ports.presence.here())
    const desk = row && desks.get(row.desk)
    return row && desk && socket.data.operator.desks.includes(row.desk) ? { row, desk } : undefined
  }

  const refusal = (socket: ConsoleSocket, key: Parameters<typeof wireRefusal>[1]['key']): WireRefusal =>
    wireRefusal(socket.data.language, { key })

  const rendered = (socket: ConsoleSocket, messages: readonly MessageAtDesk[]) =>
    messages.flatMap((message) => {
      const desk = desks.get(message.desk)
      const reader = { language: socket.data.language, side: 'operator', channel: 'widget' } as const
      return desk ? [renderMessage(desk, reader, message)] : []
    })

  async function act(socket: ConsoleSocket, raw: unknown): Promise<WireAck> {
    const parsed = operatorActionSchema.safeParse(raw)
    if (!parsed.success)
      return { ok: false, refusal: wireRefusal(socket.data.language, unreadable(parsed.error)) }
    const action = parsed.data
    const found = await rowFor(socket, action.conversationId)
    if (!found) return { ok: false, refusal: refusal(socket, 'refusal.notFound') }
    const by = { operator: socket.data.operator, at: clock().toISOString() }
    const event = await operatorEvent(action, by, found.desk, ports)
    if ('key' in event) return { ok: false, refusal: wireRefusal(socket.data.language, event) }
    const accepted = await accept(action.conversationId, event)
    return accepted.ok
      ? { ok: true, seq: accepted.seq }
      : { ok: false, refusal: wireRefusal(socket.data.language, accepted.refusal) }
  }

  async function hello(socket: ConsoleSocket) {
    const { operator } = socket.data
    const mine = operator.desks.filter((desk) => desks.has(desk))
    const rows: QueueRow[] = []
    for await (const some of queueRows(sql, mine, ports.presence.here()))
      for (const row of some) {
        const desk = mine.includes(row.desk) ? desks.get(row.desk) : undefined
        const line = desk && queueRow(desk, row)
        if (line) rows.push(line)
      }
    const [everyone, alerts] = await Promise.all([ports.allOperators(), alertsFor(sql, operator, clock())])
    socket.emit('hello', {
      me: wireOperator(operator, ports.presence.of(operator.id)),
      operators: colleaguesOf(operator, everyone).map((one) => wireOperator(one, ports.presence.of(one.id))),
      desks: (operator.role === 'administrator' ? [...desks.keys()] : mine).flatMap((id) => {
        const desk = desks.get(id)
        return desk ? [wireDesk(desk, socket.data.language)] : []
      }),
      allDesks: [...desks.values()].map(({ id, name }) => ({ id, name: name[socket.data.language] })),
      rows,
      ...alerts,
      now: clock().toISOString(),
      maxFileBytes: ports.maxFileBytes,
      sendsMail: ports.sendsMail,
    })
  }

  async function open(socket: ConsoleSocket, conversationId: string) {
    const found = await rowFor(socket, conversationId)
    if (!found) return { ok: false as const, refusal: refusal(socket, 'refusal.notFound') }
    const { row, desk } = found
    if (!isWorked(row.state)) return { ok: false as const, refusal: refusal(socket, 'refusal.noTicket') }
    await leave(socket)
    socket.data.open = conversationId
    await socket.join(openRoom(conversationId, socket.data.language))
    const [marks, contract, page] = await Promise.all([
      marksOf(sql, conversationId),
      ports.contractOf(desk, row.state),
      messagesBefore(sql, conversationId, 2 ** 31 - 1, 'operators'),
    ])
    const detail = conversationDetail(desk, row, socket.data.language, marks, contract)
    if (!detail) return { ok: false as const, refusal: refusal(socket, 'refusal.noTicket') }
    return {
      ok: true as const,
      detail: { ...detail, messages: rendered(socket, page.messages), hasEarlier: page.hasEarlier },
    }
  }

  async function leave(socket: ConsoleSocket) {
    const { open: opened } = socket.data
    if (!opened) return
    delete socket.data.open
    for (const language of languages) await socket.leave(openRoom(opened, language))
  }

  async function reveal(socket: ConsoleSocket, conversationId: string, field: string) {
    const found = await rowFor(socket, conversationId)
    const values = found && isWorked(found.row.state) ? found.row.state.ticket.values : {}
    const value = Object.hasOwn(values, field) ? values[field] : undefined
    if (!found || value === undefined)
      return { ok: false as const, refusal: refusal(socket, 'refusal.notFound') }
    await accept(conversationId, {
      type: 'operator.revealed',
      id: `revealed:${crypto.randomUUID()}`,
      at: clock().toISOString(),
      operator: operatorRef(socket.data.operator),
      field,
    })
    return { ok: true as const, value }
  }

  /** A browser names the page that opens a socket: only our own may use the cookie. */
  const isOwnPage = ({ handshake }: ConsoleSocket) => {
    const { origin, host } = handshake.headers
    return origin === undefined || origin === ports.origin || new URL(origin).host === host
  }

  namespace.use((socket, next) => {
    if (!isOwnPage(socket)) return next(new Error('unauthorized'))
    ports
      .signIn(socket.handshake.headers.cookie)
      .then((signedIn) => {
        if (!signedIn?.operator.active) return next(new Error('unauthorized'))
        socket.data.operator = signedIn.operator
        socket.data.sessionHash = signedIn.sessionHash
        socket.data.since = signedIn.since
        socket.data.language = socket.handshake.auth?.language === 'ru' ? 'ru' : 'kk'
        next()
      })
      .catch((error) => {
        ports.failed(error)
        next(new Error('failed'))
      })
  })

  namespace.on('connection', (socket) => {
    const { operator } = socket.data
    const mayAct = createRate(60, 10, clock)
    const maySignal = createRate(120, 20, clock)
    const isSeq = (seq: unknown): seq is number =>
      Number.isSafeInteger(seq) && (seq as number) >= 0 && (seq as number) < 2 ** 31
    const wasAway = ports.presence.of(operator.id) === 'offline'
    ports.presence.operators.came(operator.id)
    const ready = (async () => {
      await socket.join([
        operatorRoom(operator.id),
        sessionRoom(socket.data.sessionHash),
        ...operator.desks.map(deskRoom),
        ...(operator.role === 'operator' ? [] : operator.desks.map(supervisorsRoom)),
      ])
      if (wasAway) await ports.presence.signedIn(operator.id, socket.data.since)
      await hello(socket)
    })()
    ready.catch((error) => {
      ports.failed(error)
      socket.disconnect(true)
    })
    const recheck = setInterval(() => {
      ports
        .signIn(socket.handshake.headers.cookie)
        .then((still) => {
          if (still?.operator.active) return
          socket.emit('signedOut')
          socket.disconnect(true)
        })
        .catch(ports.failed)
    }, recheckMilliseconds)
    socket.on('disconnect', () => {
      clearInterval(recheck)
      ports.presence.operators.left(operator.id)
    })

    /** Whether it is open here, and still at a desk of this operator's: else they were sent out of its room. */
    const hasOpen = (conversationId: unknown) =>
      socket.data.open === conversationId &&
      socket.rooms.has(openRoom(String(conversationId), socket.data.language))
    const signal = (work: () => Promise<unknown>) => {
      if (maySignal()) ready.then(work).catch(ports.failed)
    }
    /** Answers `ack` with the work's answer, or with a refusal when it failed. */
    const answer = <A>(ack: (value: A | Refused) => void, work: () => Promise<NoInfer<A> | Refused>) => {
      if (typeof ack !== 'function') return
      if (!mayAct()) return ack({ ok: false, refusal: refusal(socket, 'refusal.tooFast') })
      ready
        .then(work)
        .then(ack)
        .catch((error) => {
          ports.failed(error)
          ack({ ok: false, refusal: refusal(socket, 'refusal.failed') })
        })
    }

    socket.on('act', (raw, ack) => answer(ack, () => act(socket, raw)))
    socket.on('open', (conversationId, ack) => answer(ack, () => open(socket, conversationId)))
    socket.on('reveal', (conversationId, field, ack) =>
      answer(ack, () => reveal(socket, conversationId, String(field))),
    )
    socket.on('presence', (choice, ack) =>
      answer(ack, async () => {
        const chosen = presenceChoices.find((one) => one === choice)
        if (!chosen) return { ok: false, refusal: refusal(socket, 'refusal.invalid') }
        await ports.presence.choose(operator.id, chosen)
        return { ok: true }
      }),
    )
    socket.on('close', () => signal(() => leave(socket)))
    socket.on('typing', (conversationId) => {
      if (hasOpen(conversationId)) signal(async () => ports.typing(conversationId))
    })
    socket.on('read', (conversationId, seq) => {
      if (!hasOpen(conversationId) || !isSeq(seq)) return
      signal(async () => {
        const marks = await moveMarks(sql, conversationId, { operatorRead: seq })
        if (!marks) return
        ports.marksMoved(conversationId, marks)
        ports.rowChanged(conversationId)
      })
    })
    socket.on('earlier', (conversationId, seq, ack) => {
      if (!isSeq(seq) || typeof ack !== 'function') return
      signal(async () => {
        const found = await rowFor(socket, conversationId)
        if (!found) return ack({ messages: [], hasEarlier: false })
        const page = await messagesBefore(sql, conversationId, seq, 'operators')
        ack({ messages: rendered(socket, page.messages), hasEarlier: page.hasEarlier })
      })
    })
    socket.on('after', (conversationId, seq, ack) => {
      if (!isSeq(seq) || typeof ack !== 'function') return
      signal(async () => {
        const found = await rowFor(socket, conversationId)
        const messages = found ? await messagesAfter(sql, conversationId, seq, 'operators') : []
        ack({ messages: found ? rendered(socket, messages) : [] })
      })
    })
    socket.on('alertsSeen', (at) => {
      if (!z.iso.datetime().safeParse(at).success || Date.parse(at) > clock().getTime() + 60_000) return
      signal(async () => {
        const seen = await moveAlertsSeen(sql, operator.id, at)
        if (seen !== null) namespace.to(operatorRoom(operator.id)).emit('alertsSeen', seen)
      })
    })
    socket.on('language', (language) => {
      if (!languages.includes(language)) return
      signal(async () => {
        const { open: opened } = socket.data
        if (socket.data.language === language) return
        socket.data.language = language
        await hello(socket)
        if (!opened) return
        await leave(socket)
        socket.data.open = opened
        await socket.join(openRoom(opened, language))
      })
    })
  })
}
