import { createHash } from 'node:crypto'
import PostalMime, { type Address, addressParser, decodeWords, type Email } from 'postal-mime'
import { htmlToText } from './htmlToText.ts'

/** A part of a letter that is not its words. */
export type MailPart = {
  /** As it is written in the letter; empty when it has none. */
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
  readonly inline: boolean
  /** The letter was cut off in it or before its end. */
  readonly cut?: true
}

export type MailAddress = { readonly address: string; readonly name: string }

/** A letter as it stands in its bytes: nothing in it is to be trusted, and nothing is cleaned yet. */
export type ReadLetter = {
  /** The values of a header, in the order of the letter; the name in lower case. */
  readonly headers: (name: string) => readonly string[]
  readonly from: readonly MailAddress[]
  readonly sender: readonly MailAddress[]
  readonly replyTo: readonly MailAddress[]
  /** To, Cc, and to whom the servers on the way delivered it. */
  readonly recipients: readonly string[]
  readonly subject: string
  readonly text: string
  readonly parts: readonly MailPart[]
  /** Made from the bytes: the same for the same letter. */
  readonly fingerprint: string
  /** Not all of the letter was fetched. */
  readonly cut: boolean
}

/** What becomes of bytes that are no letter. */
type Unreadable = { readonly unreadable: string; readonly fingerprint: string }

const maxHead = 256 * 1024
const maxHeaderLine = 64 * 1024
const maxHeadersBytes = 8 * 1024 * 1024
const maxAddresses = 20_000
const maxNesting = 100
/** What of a letter is tried when all of it cannot be parsed. */
const smallerBytes = [1024 * 1024, 64 * 1024, 8 * 1024]

const deliveries = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']
const wanted = new Set([
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'message-id', 'in-reply-to', 'references', 'date'],
  ...['return-path', 'auto-submitted', 'precedence', 'mime-version', ...deliveries],
])
const isWanted = (name: string) => wanted.has(name) || /^(content|list|x-auto)/.test(name)

/** Where the head of a letter ends: the index of its body. */
function bodyStart(raw: Uint8Array): number {
  for (let at = 0; at < raw.length - 1; at++)
    if (raw[at] === 0x0a) {
      if (raw[at + 1] === 0x0a) return at + 2
      if (raw[at + 1] === 0x0d && raw[at + 2] === 0x0a) return at + 3
    }
  return raw.length
}

const isAscii = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80)

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text that says nothing of its charset: what old programs here write is meant, when it is not UTF-8. */
function undeclared(bytes: Uint8Array, charset = 'windows-1251'): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return new TextDecoder(charset).decode(bytes)
  }
}

/**
 * The letter with a head that can be parsed: old programs write Cyrillic there undeclared, and sometimes in the body
 * too; of an endless head only what we look at is kept.
 */
function withReadableHead(raw: Uint8Array): Uint8Array {
  const at = bodyStart(raw)
  const head = raw.subarray(0, at)
  const says = Buffer.from(head.subarray(0, maxHead)).toString('latin1')
  const speaks = /charset=|content-type:\s*multipart|content-transfer-encoding:\s*(base64|quoted)/i.test(says)
  const rest = raw.subarray(at)
  const fits = speaks || isAscii(rest)
  if (head.length <= maxHead && isAscii(head) && fits) return raw
  const body = fits ? rest : Buffer.from(undeclared(rest))
  const text = undeclared(head, /charset="?koi8-r/i.test(says) ? 'koi8-r' : 'windows-1251')
  if (head.length <= maxHead) return Buffer.concat([Buffer.from(text), body])
  const kept: string[] = []
  let keeps = false
  let length = 0
  for (const line of text.split(/\r?\n/)) {
    if (!/^[ \t]/.test(line)) {
      keeps = isWanted(line.slice(0, Math.max(0, line.indexOf(':', 0))).toLowerCase())
      length = 0
    }
    length += line.length
    if (keeps && length <= maxHeaderLine) kept.push(line)
  }
  return Buffer.concat([Buffer.from(`${kept.join('\r\n')}\r\n\r\n`), body])
}

async function parse(raw: Uint8Array): Promise<{ email: Email; cut: boolean } | undefined> {
  const whole = withReadableHead(raw)
  for (const bytes of [whole.length, ...smallerBytes.filter((size) => size < whole.length)]) {
    try {
      const email = await PostalMime.parse(whole.subarray(0, bytes), {
        maxNestingDepth: maxNesting,
        maxHeadersSize: maxHeadersBytes,
        maxRfc822NestingDepth: 3,
      })
      return { email, cut: bytes < whole.length }
    } catch {}
  }
  return undefined
}

function mailboxes(addresses: readonly Address[]): MailAddress[] {
  return addresses.flatMap((one) =>
    one.group
      ? one.group.map(({ address, name }) => ({ address, name }))
      : [{ address: one.address, name: one.name }],
  )
}

function partsOf({ attachments }: Email, cut: boolean): MailPart[] {
  return attachments.map(({ filename, mimeType, content, disposition, related, contentId }, at) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
    return {
      name: filename ?? '',
      type: mimeType,
      bytes,
      inline:
        disposition !== 'attachment' &&
        (related === true || contentId !== undefined || disposition === 'inline'),
      ...(cut && at === attachments.length - 1 && { cut: true }),
    }
  })
}

/** The words of a letter: of its plain text, or else of its HTML. */
function textOf({ text = '', html = '' }: Email): string {
  return text.trim() ? text : htmlToText(html)
}

/**
 * Reads the bytes of a letter, however odd they are. Never throws: what has no head that could be read is unreadable,
 * with a reason. `cut`: they are only the beginning of a letter.
 */
export async function readMail(raw: Uint8Array, cut = false): Promise<ReadLetter | Unreadable> {
  const fingerprint = createHash('sha256').update(raw).digest('hex').slice(0, 40)
  const parsed = await parse(raw)
  if (!parsed) return { unreadable: 'its parts cannot be told apart', fingerprint }
  const { email } = parsed
  const values = new Map<string, string[]>()
  for (const { key, value } of email.headers) {
    const those = values.get(key)
    if (those) those.push(value)
    else values.set(key, [value])
  }
  const headers = (name: string): readonly string[] => values.get(name) ?? []
  const addressed = (name: string): MailAddress[] =>
    headers(name)
      .flatMap((value) => mailboxes(addressParser(value.slice(0, maxHead))))
      .slice(0, maxAddresses)
  return {
    headers,
    from: addressed('from'),
    sender: addressed('sender'),
    replyTo: addressed('reply-to'),
    recipients: ['to', 'cc', ...deliveries].flatMap((name) => addressed(name).map(({ address }) => address)),
    subject: decodeWords((headers('subject')[0] ?? '').slice(0, 4_000)),
    text: textOf(email),
    parts: partsOf(email, cut || parsed.cut),
    fingerprint,
    cut: cut || parsed.cut,
  }
}
