import { ImapFlow } from 'imapflow'
import type { MailboxAddress } from './mailboxUrl.ts'

/** Letters as the server numbers them, over one connection. */
export type Mailbox = {
  readonly uidValidity: string
  /** The highest number that a letter had when the mailbox was opened. */
  readonly lastUid: number
  /** Numbers of letters, ascending. */
  readonly above: (uid: number) => Promise<readonly number[]>
  readonly since: (day: Date, only?: 'unread') => Promise<readonly number[]>
  /** The bytes of a letter, or its beginning (`cut`) when it has more than `maxBytes`; undefined when it is gone. */
  readonly fetch: (uid: number, maxBytes: number) => Promise<{ raw: Uint8Array; cut: boolean } | undefined>
  readonly markSeen: (uid: number) => Promise<void>
  /** False once the connection is lost. */
  readonly usable: () => boolean
  /** Waits until something may have come, `milliseconds` at most; rejects when the connection is lost. */
  readonly wait: (milliseconds: number) => Promise<void>
  /** Says good-bye when it takes no time, and hangs up. Never rejects. */
  readonly close: () => Promise<void>
}

type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>

const connectMilliseconds = 20_000
const silenceMilliseconds = 180_000
/** How long the server is listened to before it is asked again: longer than most routers remember silence. */
const idleMilliseconds = 100_000
const pollMilliseconds = 15_000
const goodbyeMilliseconds = 400
const markMilliseconds = 10_000
/** Before a server that ended listening by itself is listened to again. */
const breathMilliseconds = 1_000

/**
 * Connects to a mailbox and opens it; rejects when this fails, also when `signal` is aborted. `imap:` is encrypted
 * when the server offers it but does not prove who the server is: who listens in between could as well take the offer
 * away. `imaps:` does.
 */
export async function openMailbox(
  { host, port, secure, user, pass, folder }: MailboxAddress,
  sleep: Sleep,
  signal: AbortSignal,
): Promise<Mailbox> {
  const client = new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: silenceMilliseconds,
    clientInfo: { name: 'Komekshi' },
    ...(!secure && { tls: { rejectUnauthorized: false } }),
  })
  const lost = new AbortController()
  let trouble: unknown
  client.on('error', (error: unknown) => {
    trouble = error
    lost.abort()
  })
  client.on('close', () => lost.abort())
  /** Aborted when something comes; then there is a new one. */
  let news = new AbortController()
  client.on('exists', () => news.abort())

  const hangUp = () => client.close()
  /** Does what may last long, but no longer than until `signal` is aborted. */
  async function unlessStopped<T>(work: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw new Error('it is being stopped')
    signal.addEventListener('abort', hangUp)
    try {
      return await work()
    } finally {
      signal.removeEventListener('abort', hangUp)
    }
  }
  try {
    const opened = await unlessStopped(async () => {
      await client.connect()
      return client.mailboxOpen(folder)
    })
    const ascending = (uids: number[] | false | undefined): number[] => {
      if (!Array.isArray(uids)) throw new Error('the mail server refused to search')
      return [...uids].sort((a, b) => a - b)
    }
    let idles = client.capabilities.has('IDLE')

    return {
      uidValidity: String(opened.uidValidity),
      lastUid: opened.uidNext - 1,
      above: async (uid) =>
        ascending(await unlessStopped(() => client.search({ uid: `${uid + 1}:*` }, { uid: true }))).filter(
          (one) => one > uid,
        ),
      since: async (day, only) =>
        ascending(
          await unlessStopped(() =>
            client.search({ since: day, ...(only && { seen: false }) }, { uid: true }),
          ),
        ),
      fetch: async (uid, maxBytes) => {
        const source = { start: 0, maxLength: maxBytes }
        const found = await unlessStopped(() =>
          client.fetchOne(String(uid), { uid: true, size: true, source }, { uid: true }),
        )
        if (!found) return undefined
        const raw = found.source ?? new Uint8Array()
        return { raw, cut: raw.length >= maxBytes && (found.size ?? 0) > maxBytes }
      },
      markSeen: async (uid) => {
        const marked = new AbortController()
        const patience = sleep(markMilliseconds, marked.signal).then(() => false)
        const marking = client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true, silent: true })
        const done = await Promise.race([marking, patience]).finally(() => marked.abort())
        if (!done) throw new Error('the mail server does not mark letters')
      },
      usable: () => client.usable,
      wait: async (milliseconds) => {
        const ends = AbortSignal.any([signal, lost.signal, news.signal])
        if (idles && !ends.aborted) {
          const rested = new AbortController()
          void client.idle().then(
            (went) => {
              idles = went !== false
              rested.abort()
            },
            () => rested.abort(),
          )
          await sleep(Math.min(milliseconds, idleMilliseconds), AbortSignal.any([ends, rested.signal]))
          if (rested.signal.aborted) await sleep(breathMilliseconds, ends)
        } else {
          await sleep(Math.min(milliseconds, pollMilliseconds), ends)
          if (!ends.aborted) await unlessStopped(() => client.noop())
        }
        if (lost.signal.aborted) throw trouble ?? new Error('the connection was lost')
        news = new AbortController()
      },
      close: async () => {
        if (client.usable)
          await Promise.race([client.logout().catch(() => undefined), sleep(goodbyeMilliseconds)])
        client.close()
      },
    }
  } catch (error) {
    client.close()
    throw trouble ?? error
  }
}
