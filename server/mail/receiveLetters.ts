import { setTimeout as sleep } from 'node:timers/promises'
import type { SqlPool } from '../../db/client.ts'
import type { Connection } from '../../db/connection.ts'
import { mailboxPosition, saveMailboxPosition } from '../../db/queries/mailboxes.ts'
import type { Desk } from '../../engine/desk.ts'
import type { MailLog, MailPorts, MailWorld } from '../../mail/ports.ts'
import { startClaimed } from '../claimed.ts'
import type { Accept } from '../conversations/accept.ts'
import type { Env } from '../env.ts'
import { StartError } from '../startFailure.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { readLetterId } from './messageId.ts'
import { senderOf } from './senderOf.ts'
import { createTakeLetter, letterKey } from './takeLetter.ts'

/** One process of several reads the mailbox. Any number no other lock of ours has. */
const readingClaim = 7_305_004

function firstOf(desks: ReadonlyMap<string, Desk>): Desk {
  const [first] = desks.values()
  if (!first) throw new Error('there is no desk')
  return first
}

/** The mailbox of an IMAP address, without its password. */
export function mailboxName(imapUrl: string): string {
  const { username, host, pathname } = new URL(imapUrl)
  return `${decodeURIComponent(username)}@${host}${pathname === '/' || pathname === '' ? '/INBOX' : pathname}`
}

/**
 * Reads the mailbox of IMAP_URL and takes its letters into conversations. Of several processes one reads; when it
 * dies, another goes on from the letter that was taken last. Throws StartError when IMAP_DESK names no desk.
 */
export function receiveLetters(deps: {
  readonly sql: SqlPool
  readonly env: Pick<Env, 'imapDesk' | 'smtpFrom' | 'smtpUrl' | 'publicUrl'> & { readonly imapUrl: string }
  /** Undefined: this process has the database to itself. */
  readonly shared: Connection | undefined
  readonly accept: Accept['accept']
  readonly desks: ReadonlyMap<string, Desk>
  readonly uploads: Uploads
  /** Reads a mailbox, until it is stopped. */
  readonly receive: (mailbox: {
    readonly url: string
    readonly ports: MailPorts
    readonly log: MailLog
    readonly world: MailWorld
  }) => { stop(): Promise<void> }
  readonly clock: () => Date
  readonly log: MailLog
  readonly failed: (error: unknown) => void
}): { stop(): Promise<void> } {
  const { sql, env, accept, desks, clock, log } = deps
  const fallback = env.imapDesk ?? 'edoc'
  if (env.imapDesk !== undefined && !desks.has(env.imapDesk))
    throw new StartError(`IMAP_DESK names the desk ${env.imapDesk}, which is not there.`)
  const name = mailboxName(env.imapUrl)
  const account = decodeURIComponent(new URL(env.imapUrl).username).toLowerCase()
  const ports: MailPorts = {
    take: createTakeLetter({ ...deps, fallback: () => desks.get(fallback) ?? firstOf(desks) }),
    async bounced({ of }) {
      const letter = of === undefined ? undefined : readLetterId(of)
      if (!of || !letter) return log.warn({ mailbox: name }, 'A letter came back that is not known')
      await accept(letter.conversationId, {
        type: 'channel.failed',
        id: `bounced:${letterKey(of)}`,
        at: clock().toISOString(),
        reason: 'email',
      })
    },
    position: {
      load: () => mailboxPosition(sql, name),
      save: async (position) => void (await saveMailboxPosition(sql, name, position)),
    },
    ownAddresses: () => [
      ...new Set([
        ...(account.includes('@') ? [account] : []),
        ...[...desks.values()].flatMap((desk) => [
          ...(desk.contacts.email ? [desk.contacts.email.toLowerCase()] : []),
          senderOf(env, desk).toLowerCase(),
        ]),
      ]),
    ],
  }
  const world: MailWorld = {
    now: clock,
    random: Math.random,
    sleep: (milliseconds, signal) =>
      sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined),
  }
  return startClaimed({
    shared: deps.shared,
    key: readingClaim,
    start: (mine) => (mine ? deps.receive({ url: env.imapUrl, ports, log, world }) : undefined),
    failed: deps.failed,
  })
}
