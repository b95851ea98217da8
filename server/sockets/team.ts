import type { Sql } from '../../db/client.ts'
import { presenceChannel } from '../../db/queries/presence.ts'
import type { Auth } from '../auth/auth.ts'
import type { Presence } from '../presence.ts'
import { type ConsoleNamespace, colleaguesOf, wireOperator } from './consoleSocket.ts'
import { operatorRoom, sessionRoom } from './rooms.ts'

/** What the presence channel is told with when operators were changed, not only came or went. */
export const teamNews = 'team'

/** Hangs up on whoever was signed out or is not who they were; all processes hear when somebody changed. */
export function followTeam(
  consoles: ConsoleNamespace,
  ports: {
    readonly sql: Sql
    readonly auth: Auth
    readonly failed: (error: unknown) => void
  },
): void {
  ports.auth.onSignedOut(({ operatorId, sessionHash }) => {
    const room = sessionHash ? sessionRoom(sessionHash) : operatorRoom(operatorId)
    consoles.to(room).emit('signedOut')
    consoles.in(room).disconnectSockets(true)
  })
  ports.auth.onOperatorsChanged((changed) => {
    for (const { id } of changed) consoles.in(operatorRoom(id)).disconnectSockets(true)
    ports.sql`select pg_notify(${presenceChannel}, ${teamNews})`.catch(ports.failed)
  })
}

/** Tells this process's consoles who is in their team now: each process hears of a change by the presence channel. */
export async function tellTeam(
  consoles: ConsoleNamespace,
  auth: Auth,
  presenceOf: Presence['of'],
): Promise<void> {
  const everyone = await auth.operators()
  for (const socket of consoles.sockets.values())
    socket.emit(
      'operators',
      colleaguesOf(socket.data.operator, everyone).map((one) => wireOperator(one, presenceOf(one.id))),
    )
}
