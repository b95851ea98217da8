import type { Sql } from '../../db/client.ts'
import { marksOf } from '../../db/queries/conversations.ts'
import type { MessageAtDesk } from '../../db/queries/messages.ts'
import type { Here } from '../../db/queries/presence.ts'
import { rowsById } from '../../db/queries/queueRows.ts'
import { type Reader, renderMessage } from '../../engine/conversation/render.ts'
import type { Desk } from '../../engine/desk.ts'
import { languages } from '../../engine/language.ts'
import type { WireMarks } from '../../engine/wire.ts'
import type { QueueRow } from '../../engine/wireConsole.ts'
import type { ContractOf } from '../contracts/wireContract.ts'
import type { Committed } from '../conversations/accept.ts'
import { alertRooms, wireAlert } from './alerts.ts'
import type { ConsoleNamespace } from './consoleSocket.ts'
import { conversationDetail, isWorked, queueRow } from './queue.ts'
import { deskRoom, openRoom, visitorRoom } from './rooms.ts'
import type { VisitorNamespace } from './visitorSocket.ts'
import { visitorDesk, visitorState } from './visitorState.ts'

export type Publish = {
  /** Tells visitors and consoles what was committed. */
  committed(changes: readonly Committed[]): void
  marks(conversationId: string, marks: WireMarks): void
  visitorTyping(conversationId: string): void
  operatorTyping(conversationId: string): void
  /** A line of the queue is no longer as the consoles know it. */
  rowChanged(conversationId: string): void
  stop(): Promise<void>
}

/** How long changes of the queue are gathered, so that a busy conversation does not flood every console. */
const gatherMilliseconds = 60
/** When many conversations change at once, longer; still well within a second. */
const gatherManyMilliseconds = 400
const many = 40

/** Pushes committed changes to sockets. What is missed by someone away is caught up by sequence number. */
export function createPublish(ports: {
  readonly sql: Sql
  readonly desks: ReadonlyMap<string, Desk>
  readonly visitors: VisitorNamespace
  readonly consoles: ConsoleNamespace
  readonly here: () => Here
  /** Whether other processes may hold sockets of a room that is empty here. */
  readonly several: boolean
  readonly contractOf: ContractOf
  readonly failed: (error: unknown) => void
}): Publish {
  const { sql, desks, visitors, consoles, several } = ports
  const heard = (namespace: VisitorNamespace | ConsoleNamespace, room: string) =>
    several || (namespace.adapter as { rooms: ReadonlyMap<string, unknown> }).rooms.has(room)

  let gather = gatherMilliseconds
  let stopped = false
  const changed = new Map<string, { detail: boolean }>()
  let timer: NodeJS.Timeout | undefined
  let flushing: Promise<void> = Promise.resolve()

  async function flush(ids: readonly string[], details: readonly string[]) {
    const rows = await rowsById(sql, ids, ports.here())
    const byDesk = new Map<string, { rows: QueueRow[]; gone: string[] }>()
    for (const row of rows) {
      const desk = desks.get(row.desk)
      if (!desk) continue
      const batch = byDesk.get(row.desk) ?? { rows: [], gone: [] }
      byDesk.set(row.desk, batch)
      const line = queueRow(desk, row)
      if (line) batch.rows.push(line)
      else batch.gone.push(row.id)
      if (!line || !details.includes(row.id)) continue
      for (const language of languages) {
        const room = openRoom(row.id, language)
        if (!heard(consoles, room)) continue
        const [marks, contract] = await Promise.all([marksOf(sql, row.id), ports.contractOf(desk, row.state)])
        const detail = conversationDetail(desk, row, language, marks, contract)
        if (detail) consoles.to(room).emit('detail', detail)
      }
    }
    for (const [desk, batch] of byDesk) {
      if (batch.rows.length > 0) consoles.to(deskRoom(desk)).emit('rows', batch.rows)
      if (batch.gone.length > 0) consoles.to(deskRoom(desk)).emit('gone', batch.gone)
    }
  }

  function rowChanged(conversationId: string, detail = false) {
    if (stopped) return
    changed.set(conversationId, { detail: detail || (changed.get(conversationId)?.detail ?? false) })
    timer ??= setTimeout(() => {
      timer = undefined
      const ids = [...changed.keys()]
      const details = ids.filter((id) => changed.get(id)?.detail)
      changed.clear()
      gather = ids.length > many ? gatherManyMilliseconds : gatherMilliseconds
      flushing = flushing.then(() => flush(ids, details)).catch(ports.failed)
    }, gather)
  }

  const rendered = (messages: readonly MessageAtDesk[], reader: Reader) =>
    messages.flatMap((message) => {
      const desk = desks.get(message.desk)
      return desk ? [renderMessage(desk, reader, message)] : []
    })

  /** Who serves only the desk it was at sees it no more, and hears nothing of it, from now on. */
  function leavesDesk(conversationId: string, from: string, to: string) {
    consoles.to(deskRoom(from)).except(deskRoom(to)).emit('gone', [conversationId], true)
    for (const language of languages) {
      const open = openRoom(conversationId, language)
      consoles.in(open).except(deskRoom(to)).socketsLeave(open)
    }
  }

  function one({ before, after, messages, alerts }: Committed) {
    for (const alert of alerts) {
      const rooms = alertRooms(after.desk, alert)
      if (rooms.length > 0) consoles.to([...rooms]).emit('alerts', [wireAlert(after.id, after.desk, alert)])
    }
    if (after.state === before.state && messages.length === 0) return
    if (before.desk !== after.desk) leavesDesk(after.id, before.desk, after.desk)
    const { language, channel } = after.state
    const room = visitorRoom(after.id)
    if (channel === 'widget' && heard(visitors, room)) {
      const seen = messages.filter(({ audience }) => audience === 'everyone')
      if (seen.length > 0)
        visitors.to(room).emit('messages', rendered(seen, { language, side: 'visitor', channel }))
      const desk = desks.get(after.desk)
      if (desk && (before.desk !== after.desk || before.state.language !== language))
        visitors.to(room).emit('desk', visitorDesk(desk, language))
      const state = visitorState(after)
      const was = visitorState(before)
      if (state.stage !== was.stage || state.language !== was.language || state.operator !== was.operator)
        visitors.to(room).emit('state', state)
    }
    for (const screen of languages) {
      const open = openRoom(after.id, screen)
      if (messages.length > 0 && heard(consoles, open))
        consoles
          .to(open)
          .emit(
            'messages',
            after.id,
            rendered(messages, { language: screen, side: 'operator', channel: 'widget' }),
          )
    }
    if (isWorked(after.state) || isWorked(before.state)) {
      const sameDetail =
        before.state.stage === after.state.stage &&
        isWorked(before.state) &&
        isWorked(after.state) &&
        before.state.ticket === after.state.ticket
      rowChanged(after.id, !sameDetail)
    }
  }

  return {
    committed(changes) {
      for (const change of changes) {
        try {
          one(change)
        } catch (error) {
          ports.failed(error)
        }
      }
    },
    marks(conversationId, marks) {
      visitors.to(visitorRoom(conversationId)).emit('marks', marks)
      for (const language of languages)
        consoles.to(openRoom(conversationId, language)).emit('marks', conversationId, marks)
    },
    visitorTyping(conversationId) {
      for (const language of languages)
        consoles.to(openRoom(conversationId, language)).emit('typing', conversationId)
    },
    operatorTyping: (conversationId) => void visitors.to(visitorRoom(conversationId)).emit('typing'),
    rowChanged: (conversationId) => rowChanged(conversationId),
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await flushing
    },
  }
}
