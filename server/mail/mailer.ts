import { createTransport } from 'nodemailer'
import type { LetterFile } from '../../mail/ports.ts'
import type { DeliveryResult } from '../outbox.ts'
import { isMessageId } from './messageId.ts'

/** One e-mail to one address. */
export type Mail = {
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo?: string
  readonly to: string
  /** Of the person at this address, when it is known. */
  readonly toName?: string
  readonly subject: string
  readonly text: string
  /** The same words as a page. */
  readonly html?: string
  /** They are read to their end or destroyed, whatever becomes of the mail. */
  readonly attachments?: readonly LetterFile[]
  /** The left half of its Message-ID, the same at every try: whoever gets it twice can tell. */
  readonly id: string
  /** What it belongs to: mail programs show it with the others of it. */
  readonly thread?: string
  /** The complete Message-ID of the letter it answers. */
  readonly inReplyTo?: string
  /** Complete Message-IDs of what went before, the oldest first. */
  readonly references?: readonly string[]
  /** A person answers; the assistant answers; or we tell of something that nobody wrote. */
  readonly writtenBy: 'person' | 'assistant' | 'system'
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

/** RFC 3834: programs do not answer what a program has written. */
function automaticHeaders(writtenBy: Mail['writtenBy']): Record<string, string> {
  if (writtenBy === 'person') return {}
  return {
    'Auto-Submitted': writtenBy === 'assistant' ? 'auto-replied' : 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  }
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
    async send(mail, tries) {
      const { from, replyTo, to, toName = '', subject, text, html, attachments = [], id, inReplyTo } = mail
      const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
      const known = (name: string) => `<${name}@${domain}>`
      const references = [
        ...(mail.thread ? [known(mail.thread)] : []),
        ...(mail.references ?? []).filter(isMessageId),
      ]
      try {
        await transport.sendMail({
          from,
          to: { name: toName, address: to },
          ...(replyTo && { replyTo }),
          subject,
          text,
          ...(html && { html }),
          attachments: attachments.map(({ name, type, bytes }) => ({
            filename: name,
            contentType: type,
            content: bytes,
          })),
          messageId: known(id),
          ...(inReplyTo && isMessageId(inReplyTo) && { inReplyTo }),
          ...(references.length > 0 && { references }),
          headers: automaticHeaders(mail.writtenBy),
        })
        return { outcome: 'delivered' }
      } catch (error) {
        return resultOf(error, tries)
      } finally {
        for (const { bytes } of attachments) bytes.destroy()
      }
    },
    stop: () => transport.close(),
  }
}
