import { createTransport } from 'nodemailer'
import type { DeliveryResult } from '../outbox.ts'

/** One e-mail to one address. */
export type Mail = {
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo?: string
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same at every try: whoever gets it twice can tell. */
  readonly id: string
  /** What it belongs to: mail programs show it with the others of it. */
  readonly thread?: string
}

export type Mailer = {
  /** Never rejects. */
  send(mail: Mail, tries: number): Promise<DeliveryResult>
  stop(): void
}

const longestSeconds = 900
const firstSeconds = 15

/** After so many failures, how long to wait: twice as long each time, a quarter of an hour at most. */
const pauseAfter = (tries: number) => Math.min(longestSeconds, firstSeconds * 2 ** Math.min(tries, 10))

type Failure = { readonly code?: unknown; readonly responseCode?: unknown; readonly command?: unknown }

/**
 * What a failure means: the receiver's own word that it will never take this mail is final; what may be mended at our
 * side (the connection, the account, the sender) or passes by itself (4xx) is tried again.
 */
function resultOf(error: unknown, tries: number): DeliveryResult {
  const { code, responseCode, command } = (error ?? {}) as Failure
  const description = ['smtp', code, responseCode]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ')
  const final =
    typeof responseCode === 'number' &&
    responseCode >= 500 &&
    (command === 'RCPT TO' || command === 'DATA') &&
    (code === 'EENVELOPE' || code === 'EMESSAGE')
  return final
    ? { outcome: 'refused', description }
    : { outcome: 'retryAt', afterSeconds: pauseAfter(tries), description }
}

/** Sends e-mail by an SMTP server. What it says of a failure holds codes only: no address, no password. */
export function createMailer(smtpUrl: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ from, replyTo, to, subject, text, id, thread }, tries) {
      const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
      const known = (name: string) => `<${name}@${domain}>`
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          ...(replyTo && { replyTo }),
          subject,
          text,
          messageId: known(id),
          ...(thread && { references: known(thread) }),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return { outcome: 'delivered' }
      } catch (error) {
        return resultOf(error, tries)
      }
    },
    stop: () => transport.close(),
  }
}
