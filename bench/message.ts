/**
 * How fast a visitor's message is committed, acknowledged and at the operator's socket: the whole server beside a
 * bare socket.io + postgres.js program (one insert, one emit), on the same PostgreSQL with fsync, in one run.
 */
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { anyPort, startBare, startDatabases, startOwn } from './servers.ts'

const visitorsCount = Number(process.env.BENCH_VISITORS ?? 200)
const consolesCount = 10
const secondsFull = 6
const secondsPaced = 10
/** Both programs run for a while before anything is counted, so that code is compiled and connections are open. */
const secondsWarm = 3
const pacedPerSecond = 500
const inFlight = 4

type Visitor = {
  readonly conversation: string
  /** Sends one message; resolves when it is acknowledged. */
  send(id: string, text: string): Promise<void>
}

/** What both servers look like to the load. */
type Subject = {
  readonly name: string
  readonly visitors: readonly Visitor[]
  /** Called with the ids of messages that came to an operator's socket. */
  onOperator(listener: (id: string) => void): void
  /** Whether the operator's arrival of this conversation's messages can be seen. */
  watched(conversation: string): boolean
  close(): Promise<void>
}

const connected = (socket: Socket) =>
  new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })

async function bare(database: object, port: number): Promise<Subject> {
  const { url, stop } = await startBare(database, port)
  const options = { transports: ['websocket'], forceNew: true }
  const operator = await connected(io(url, { ...options, auth: { operator: true } }))
  const sockets = await Promise.all(Array.from({ length: visitorsCount }, () => connected(io(url, options))))
  return {
    name: 'bare',
    visitors: sockets.map((socket, conversation) => ({
      conversation: String(conversation),
      send: async (id, text) => void (await socket.emitWithAck('act', { conversation, id, text })),
    })),
    onOperator: (listener) =>
      operator.on('messages', (_: number, messages: { eventId: string }[]) => {
        for (const { eventId } of messages) listener(eventId)
      }),
    watched: () => true,
    close: async () => {
      for (const socket of [operator, ...sockets]) socket.close()
      await stop()
    },
  }
}

async function own(databaseUrl: string, folder: string, port: number): Promise<Subject> {
  const { url, administrator, stop } = await startOwn(databaseUrl, folder, port)
  const login = await fetch(`${url}/api/console/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-komekshi': '1' },
    body: JSON.stringify(administrator),
  })
  const cookie = (login.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const options = { transports: ['websocket'], forceNew: true }
  const act = async (socket: Socket, action: object) => {
    const answer = await socket.emitWithAck('act', { id: randomUUID(), ...action })
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
  }
  const visitors = await Promise.all(
    Array.from({ length: visitorsCount }, async () => {
      const socket = io(`${url}/visitor`, { ...options, auth: { desk: 'edoc', language: 'ru' } })
      const welcome = await new Promise<{ state: { conversationId: string } }>((resolve) =>
        socket.once('welcome', resolve),
      )
      await act(socket, { type: 'chose', choice: 'operator' })
      await act(socket, { type: 'chose', choice: 'connectNow' })
      return { socket, conversation: welcome.state.conversationId }
    }),
  )
  const watched = new Set(visitors.slice(0, consolesCount).map(({ conversation }) => conversation))
  const consoles = await Promise.all(
    [...watched].map(async (conversation) => {
      const socket = io(`${url}/console`, { ...options, extraHeaders: { cookie } })
      await new Promise((resolve) => socket.once('hello', resolve))
      await socket.emitWithAck('open', conversation)
      await act(socket, { type: 'took', conversationId: conversation })
      return socket
    }),
  )
  return {
    name: 'Komekshi',
    visitors: visitors.map(({ socket, conversation }) => ({
      conversation,
      send: async (id, text) => {
        const answer = await socket.emitWithAck('act', { type: 'wrote', id, text })
        if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
      },
    })),
    onOperator: (listener) => {
      for (const socket of consoles)
        socket.on('messages', (_: string, messages: { eventId: string }[]) => {
          for (const { eventId } of messages) listener(eventId)
        })
    },
    watched: (conversation) => watched.has(conversation),
    close: async () => {
      for (const socket of [...consoles, ...visitors.map(({ socket }) => socket)]) socket.close()
      await stop()
    },
  }
}

type Sample = { readonly at: number; readonly took: number }

/** The p99 of each second, the middle one of them: one stall of the disk is not what a visitor usually feels. */
function usualP99(samples: readonly Sample[]): number {
  const seconds = new Map<number, number[]>()
  for (const { at, took } of samples) {
    const second = Math.floor(at / 1_000)
    seconds.set(second, [...(seconds.get(second) ?? []), took])
  }
  const each = [...seconds.values()].map((values) => percentile(sorted(values), 0.99))
  return percentile(sorted(each), 0.5)
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
const percentile = (ordered: readonly number[], share: number) =>
  ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? Number.NaN

/** As fast as it goes: every visitor keeps a few messages under way. */
async function full({ visitors }: Subject): Promise<number> {
  let acknowledged = 0
  let counting = false
  let over = false
  const text = 'Не могу подписать документ, помогите, пожалуйста'
  const loops = visitors.flatMap((visitor) =>
    Array.from({ length: inFlight }, async () => {
      while (!over) {
        await visitor.send(randomUUID(), text)
        if (counting) acknowledged++
      }
    }),
  )
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  counting = true
  const began = performance.now()
  await new Promise((resolve) => setTimeout(resolve, secondsFull * 1_000))
  counting = false
  const seconds = (performance.now() - began) / 1_000
  over = true
  await Promise.all(loops)
  return acknowledged / seconds
}

/** At a steady pace: how long until the acknowledgement, and until the operator's socket has it. */
async function paced(subject: Subject) {
  const acknowledged: Sample[] = []
  const arrived: Sample[] = []
  const sent = new Map<string, number>()
  subject.onOperator((id) => {
    const at = sent.get(id)
    if (at !== undefined) arrived.push({ at, took: performance.now() - at })
  })
  const sending: Promise<void>[] = []
  const began = performance.now()
  const warm = pacedPerSecond * secondsWarm
  for (let count = 0; count < warm + pacedPerSecond * secondsPaced; count++) {
    const due = began + (count * 1_000) / pacedPerSecond
    while (performance.now() < due)
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
    const visitor = subject.visitors[count % subject.visitors.length]
    if (!visitor) break
    const id = randomUUID()
    const at = performance.now()
    const counted = count >= warm
    if (counted && subject.watched(visitor.conversation)) sent.set(id, at)
    sending.push(
      visitor.send(id, 'Здравствуйте').then(() => {
        if (counted) acknowledged.push({ at, took: performance.now() - at })
      }),
    )
  }
  await Promise.all(sending)
  await new Promise((resolve) => setTimeout(resolve, 300))
  return { acknowledged, arrived, expected: sent.size }
}

async function measure(subject: Subject) {
  const { acknowledged, arrived, expected } = await paced(subject)
  if (arrived.length !== expected)
    throw new Error(`${subject.name}: ${arrived.length} of ${expected} messages came to the operator`)
  const perSecond = await full(subject)
  await subject.close()
  const took = (samples: readonly Sample[]) => sorted(samples.map((sample) => sample.took))
  const figures = {
    perSecond,
    ackP50: percentile(took(acknowledged), 0.5),
    ackP99: usualP99(acknowledged),
    operatorP50: percentile(took(arrived), 0.5),
    operatorP99: usualP99(arrived),
    worst: percentile(took(acknowledged), 1),
  }
  const ms = (value: number) => `${value.toFixed(1)} ms`
  console.log(
    `${subject.name.padEnd(9)} ${Math.round(perSecond)} messages/s; at ${pacedPerSecond}/s: acknowledged p50 ${ms(figures.ackP50)}, p99 ${ms(figures.ackP99)}; at the operator p50 ${ms(figures.operatorP50)}, p99 ${ms(figures.operatorP99)}; the slowest ${ms(figures.worst)}`,
  )
  return figures
}

const databases = await startDatabases()
try {
  const port = anyPort()
  const minimum = await measure(await bare(databases.bare, port))
  const ours = await measure(await own(databases.own, databases.folder, port + 1))
  const [p99, bareP99] = [ours, minimum].map(({ ackP99, operatorP99 }) => Math.max(ackP99, operatorP99)) as [
    number,
    number,
  ]
  console.log(
    `throughput ratio ${(ours.perSecond / minimum.perSecond).toFixed(2)} (wanted: at least 0.5); p99 at ${pacedPerSecond}/s in the middle second ${p99.toFixed(1)} ms beside ${bareP99.toFixed(1)} ms (wanted: below 100)`,
  )
  process.exitCode = ours.perSecond >= minimum.perSecond / 2 && p99 < 100 ? 0 : 1
} finally {
  await databases.stop()
}
