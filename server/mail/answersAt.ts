import type { DeskProfile } from '../../engine/desk.ts'
import type { Env } from '../env.ts'
import { senderOf } from './senderOf.ts'

/**
 * The address at which answers to a desk's letters are read: the mailbox's own, when the account of IMAP_URL is one;
 * else the desk's, or the sender's. Undefined while no mailbox is read.
 */
export function answersAt(
  env: Pick<Env, 'imapUrl' | 'smtpFrom' | 'smtpUrl' | 'publicUrl'>,
  desk: Pick<DeskProfile, 'contacts'>,
): string | undefined {
  if (env.imapUrl === undefined) return undefined
  const account = decodeURIComponent(new URL(env.imapUrl).username)
  if (/^[^@\s]+@[^@\s]+$/.test(account)) return account
  return desk.contacts.email ?? senderOf(env, desk)
}
