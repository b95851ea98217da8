import type { DeskProfile } from '../../engine/desk.ts'
import type { Env } from '../env.ts'

/**
 * The sender's address of a desk's mail: SMTP_FROM; else the desk's own address, the account of SMTP_URL when it is an
 * address, or `no-reply` at the host people open.
 */
export function senderOf(
  { smtpFrom, smtpUrl, publicUrl }: Pick<Env, 'smtpFrom' | 'smtpUrl' | 'publicUrl'>,
  desk: Pick<DeskProfile, 'contacts'>,
): string {
  if (smtpFrom) return smtpFrom
  if (desk.contacts.email) return desk.contacts.email
  const account = smtpUrl ? decodeURIComponent(new URL(smtpUrl).username) : ''
  return /^[^@\s]+@[^@\s]+$/.test(account) ? account : `no-reply@${new URL(publicUrl).hostname}`
}
