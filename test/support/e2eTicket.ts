import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Language } from '../../engine/language.ts'
import type { WireMessage } from '../../engine/wire.ts'
import type {
  VisitorAction,
  VisitorClientEvents,
  VisitorServerEvents,
  VisitorWelcome,
} from '../../engine/wireVisitor.ts'
import { someone } from './conversation.ts'

/** A visitor without a browser, for what a test needs around the one it looks at. */
export type DistantVisitor = {
  /** Opens the same conversation in a browser. */
  readonly token: string
  readonly number: number
  readonly messages: readonly WireMessage[]
  readonly write: (text: string) => Promise<void>
  readonly leave: () => void
}

type WithoutId<A> = A extends unknown ? Omit<A, 'id'> : never

/** Goes the whole way to a registered request over the visitor's socket. */
export async function registerFromAfar(
  url: string,
  request: {
    readonly language?: Language
    readonly name?: string
    readonly description?: string
    readonly organisation?: string
  } = {},
): Promise<DistantVisitor> {
  const socket: Socket<VisitorServerEvents, VisitorClientEvents> = io(`${url}/visitor`, {
    transports: ['websocket'],
    auth: { desk: 'edoc', language: request.language ?? 'ru' },
  })
  const messages: WireMessage[] = []
  socket.on('messages', (more) => messages.push(...more))
  const { token } = await new Promise<VisitorWelcome>((resolve, reject) => {
    socket.once('welcome', resolve)
    socket.once('connect_error', reject)
  })
  const act = async (action: WithoutId<VisitorAction>) => {
    const answer = await socket
      .timeout(10_000)
      .emitWithAck('act', { ...action, id: randomUUID() } as VisitorAction)
    if (!answer.ok) throw new Error(`${action.type}: ${JSON.stringify(answer.refusal)}`)
  }
  await act({ type: 'chose', choice: 'operator' })
  await act({ type: 'chose', choice: 'consent' })
  const { iin, fullName, contact, bin } = someone
  const { organisation } = request
  const identity = { iin, fullName: request.name ?? fullName, contact }
  await act({ type: 'filled', values: { ...identity, ...(organisation && { organisation, bin }) } })
  const description = request.description ?? 'Не открывается документ после подписания'
  await act({ type: 'filled', values: { type: 'defect', description } })
  await act({ type: 'chose', choice: 'confirm' })
  const ticket = messages.flatMap(({ content }) => (content.kind === 'said' ? (content.ticket ?? []) : []))
  return {
    token,
    number: ticket[0]?.number ?? 0,
    messages,
    write: (text) => act({ type: 'wrote', text }),
    leave: () => socket.disconnect(),
  }
}
