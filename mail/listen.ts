import { withoutTag } from '../engine/identity/index.ts'
import { type LetterKind, ownWords } from './ownWords.ts'
import type { Heard, HeardLetter, MailFile } from './ports.ts'
import type { MailAddress, MailPart, readMail } from './readMail.ts'
import { capped, storableLine, storableText } from './storable.ts'
import { readSubject } from './subject.ts'

type Read = Awaited<ReturnType<typeof readMail>>
type ReadLetter = Exclude<Read, { unreadable: string }>

const maxText = 20_000
/** What is looked at of a letter's text, which may quote at length. */
const maxLooked = 200_000
const maxName = 150
const maxRecipients = 100
const maxAnswersTo = 50
const maxFiles = 50
/** Pictures of signatures are smaller; screenshots are not. */
const smallPictureBytes = 5 * 1024

const isAddress = (text: string) => text.length <= 254 && /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+$/.test(text)

const plainAddress = ({ address }: Pick<MailAddress, 'address'>): string =>
  storableLine(address).toLowerCase()

/** Message-IDs of a header, in its order, with the angle brackets. */
const idsOf = (values: readonly string[]): string[] =>
  values.flatMap((value) => {
    const written = value.slice(0, 20_000)
    const bare = /^\s*([^<>\s]{1,500}@[^<>\s]{1,200})\s*$/.exec(written)?.[1]
    return bare ? [`<${storableLine(bare)}>`] : (written.match(/<[^<>\s]{1,500}>/g) ?? []).map(storableLine)
  })

const first = (values: readonly string[]): string =>
  storableLine((values[0] ?? '').slice(0, 2_000)).toLowerCase()

/** Senders that nobody reads an answer of. */
const machine =
  /^(mailer-daemon|mail-daemon|maildaemon|postmaster|no-?reply|do-?not-?reply|donotreply|noreply[.+_-].*|no-reply[.+_-].*|bounces?|bounces?[+.=_-].*|autoreply|auto-reply)@/

/** Of those, senders that programs write from in somebody's name. */
const unread = /^(no-?reply|do-?not-?reply|donotreply|noreply[.+_-].*|no-reply[.+_-].*)@/

const automaticSubject =
  /^(автоматический ответ|автоответ|автоответчик|automatic reply|auto(matic)?[- ]?reply|out of office|автоматты жауап)\s?:/iu

/** A group's address that is ours: people write to it, and it hands their letters on to the mailbox as a list does. */
const isListOf = (listId: string, ours: ReadonlySet<string>): boolean => {
  const [, id] = /<([^<>]+)>\s*$/.exec(listId) ?? []
  return [...ours].some((address) => address.replace('@', '.') === id)
}

/** Why nobody is to be answered; undefined when a person wrote. */
function automatic(
  { headers, subject }: ReadLetter,
  from: string,
  ours: ReadonlySet<string>,
): string | undefined {
  const submitted = first(headers('auto-submitted'))
  if (submitted && !/^no\b/.test(submitted)) return 'it was sent automatically (Auto-Submitted)'
  const isToOurs = isListOf(first(headers('list-id')), ours)
  const precedence = first(headers('precedence'))
  if (/^(bulk|list|junk|auto_reply)\b/.test(precedence) && !(isToOurs && precedence === 'list'))
    return 'it was sent to many (Precedence)'
  if (headers('list-id').length > 0 && !isToOurs) return 'it came by a mailing list (List-Id)'
  if (headers('x-autoreply').length > 0 || headers('x-autorespond').length > 0)
    return 'it was sent automatically (X-Autoreply)'
  if (first(headers('return-path')) === '<>') return 'it has no return path'
  if (automaticSubject.test(storableLine(subject))) return 'its subject says that it was sent automatically'
  return machine.test(from) ? 'its sender is a machine' : undefined
}

type Notice = { readonly failed: boolean; readonly address: string }

/** What a delivery status says: fields of the first recipient that failed, or else of the first. */
function statusOf(text: string): Notice {
  const notices = text
    .slice(0, 100_000)
    .replace(/\r\n?/g, '\n')
    .split(/\n\n+/)
    .flatMap((group): Notice[] => {
      const action = /^action:[ \t]*([a-z]+)/im.exec(group)?.[1]?.toLowerCase()
      if (!action) return []
      const [, named = ''] =
        /^original-recipient:[ \t]*(?:[\w-]+;)?[ \t]*(\S+)/im.exec(group) ??
        /^final-recipient:[ \t]*(?:[\w-]+;)?[ \t]*(\S+)/im.exec(group) ??
        []
      const address = plainAddress({ address: named.replace(/^<|>$/g, '') })
      return [{ failed: action === 'failed', address: isAddress(address) ? address : '' }]
    })
  return notices.find(({ failed }) => failed) ?? notices[0] ?? { failed: false, address: '' }
}

const decoded = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, 100_000))

const messageId = /^message-id:\s*(<[^<>\s]{1,500}>)/im

/** The letter of ours that a notice is about: as it came back, or as the notice answers to it. */
function ofNotice({ headers }: ReadLetter, cameBack: string): string | undefined {
  const [, id] = messageId.exec(cameBack) ?? []
  return id ?? idsOf(headers('in-reply-to'))[0] ?? idsOf(headers('references')).at(-1)
}

/** A notice of what became of a letter of ours, or undefined when it is none. */
function hearNotice(letter: ReadLetter): Heard | undefined {
  const { headers, parts } = letter
  const type = first(headers('content-type'))
  if (!type.startsWith('multipart/report')) return undefined
  if (parts.some((part) => /^message\/(disposition-notification|feedback-report)$/.test(part.type)))
    return { what: 'ignored', why: 'it tells that a letter was read' }
  const status = parts.find((part) => /^message\/(global-)?delivery-status$/.test(part.type))
  if (!status) return undefined
  const { failed, address } = statusOf(decoded(status.bytes))
  if (!failed) return { what: 'ignored', why: 'it tells of a delivery that has not failed' }
  const ours = parts.find(({ type: kind }) => /^(message\/(global|rfc822)|text\/rfc822-headers)$/.test(kind))
  return { what: 'bounce', of: ofNotice(letter, ours ? decoded(ours.bytes) : ''), address }
}

/** The same in the words of Exim, which names only the recipient apart. */
function hearExim(letter: ReadLetter): Heard | undefined {
  const address = first(letter.headers('x-failed-recipients')).split(',')[0]?.trim() ?? ''
  if (!isAddress(address)) return undefined
  return { what: 'bounce', of: ofNotice(letter, letter.text.slice(0, 100_000)), address }
}

const extensions: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'application/pdf': '.pdf',
  'message/rfc822': '.eml',
}

function fileName({ name, type }: MailPart, at: number): string {
  const plain = storableLine(name.slice(0, 2_000).replace(/^.*[\\/]/s, ''))
  if (!plain) return `file_${at + 1}${extensions[type] ?? ''}`
  if (plain.length <= maxName) return plain
  const extension = /\.[^.\s]{1,10}$/.exec(plain)?.[0] ?? ''
  return capped(plain.slice(0, plain.length - extension.length), maxName - extension.length) + extension
}

/** Pictures of signatures and marks that they were read are no files. */
const isFile = ({ type, inline, bytes, cut }: MailPart): boolean =>
  cut === true ||
  (bytes.length > 0 &&
    !(inline && type.startsWith('image/') && bytes.length < smallPictureBytes) &&
    type !== 'application/pgp-signature' &&
    !/^application\/(x-)?pkcs7-signature$/.test(type))

/** A logo or a mark among the words; what telephones take and people paste is of other types, or larger. */
const adorns = ({ inline, type, bytes }: MailPart): boolean =>
  inline && /^image\/(gif|svg\+xml|(x-)?[ew]mf)$/.test(type) && bytes.length < 100 * 1024

const missing = (why: NonNullable<MailFile['missing']>) => ({ bytes: new Uint8Array(), missing: why })

function filesOf({ parts, cut }: ReadLetter): MailFile[] {
  const files = parts.filter(isFile)
  const heard = files.slice(0, maxFiles).map((part, at): MailFile => {
    const type = storableLine(part.type)
    const named = {
      name: fileName(part, at),
      ...(/^[\w.+-]+\/[\w.+-]+$/.test(type) && { type }),
      ...(adorns(part) && { adorns: true as const }),
    }
    return part.cut ? { ...named, ...missing('tooLarge') } : { ...named, bytes: part.bytes }
  })
  const cutElsewhere = cut && !heard.some((file) => file.missing === 'tooLarge')
  return [
    ...heard,
    ...(files.length > maxFiles ? [{ name: '', ...missing('tooMany') }] : []),
    ...(cutElsewhere ? [{ name: '', ...missing('tooLarge') }] : []),
  ]
}

function recipientsOf(letter: ReadLetter, ours: ReadonlySet<string>) {
  const all = [...new Set(letter.recipients.map((address) => plainAddress({ address })).filter(isAddress))]
  const isOurs = (address: string) => ours.has(address) || ours.has(withoutTag(address))
  const known = all.filter(isOurs)
  const named = known.map((address) => (ours.has(address) ? address : withoutTag(address)))
  const to = named[0] ?? [...ours][0] ?? all[0] ?? ''
  const recipients =
    all.length > maxRecipients ? [...new Set([...known, ...all])].slice(0, maxRecipients) : all
  return { to, recipients }
}

/** A name that looks like an address is left out: it would be taken for one. */
function hearLetter(letter: ReadLetter, from: string, name: string, ours: ReadonlySet<string>): HeardLetter {
  const { headers, fingerprint } = letter
  const { subject, mark, ticketNumber } = readSubject(letter.subject)
  const answersTo = [
    ...new Set([...idsOf(headers('in-reply-to')), ...idsOf(headers('references')).reverse()]),
  ]
  const kind: LetterKind = mark ?? (answersTo.length > 0 || ticketNumber !== undefined ? 'reply' : 'first')
  return {
    what: 'letter',
    id: idsOf(headers('message-id'))[0] ?? `<${fingerprint}@no-message-id.invalid>`,
    from: { address: from, ...(name && !name.includes('@') && { name: capped(name, maxName) }) },
    ...recipientsOf(letter, ours),
    subject,
    ...(ticketNumber !== undefined && { ticketNumber }),
    text: capped(storableText(ownWords(letter.text.slice(0, maxLooked), kind)), maxText),
    answersTo: answersTo.slice(0, maxAnswersTo),
    files: filesOf(letter),
  }
}

/** Who wrote it; of a site's form, which sends from an address nobody reads or from ours, whom the answer is to go to. */
function senderOf({ from, sender, replyTo }: ReadLetter, ours: ReadonlySet<string>): MailAddress | undefined {
  const isForm = (address: string) => ours.has(address) || unread.test(address)
  const named = [...from, ...sender, ...replyTo].find((one) => isAddress(plainAddress(one)))
  if (!named || !isForm(plainAddress(named))) return named
  const person = replyTo.find((one) => {
    const address = plainAddress(one)
    return isAddress(address) && !ours.has(address) && !machine.test(address)
  })
  return person ?? named
}

/**
 * Understands a letter: pure, so the same letter is always heard the same way, and it never throws. `ownAddresses` are
 * the addresses that are ours.
 */
export function listen(letter: Read, ownAddresses: readonly string[]): Heard {
  if ('unreadable' in letter) return { what: 'ignored', why: letter.unreadable }
  const notice = hearNotice(letter)
  if (notice) return notice
  const ours = new Set(ownAddresses.map((address) => address.toLowerCase()))
  const sender = senderOf(letter, ours)
  if (!sender) return { what: 'ignored', why: 'it does not say who sent it' }
  const from = plainAddress(sender)
  if (ours.has(from)) return { what: 'ignored', why: 'it is our own' }
  const why = automatic(letter, from, ours)
  if (why) return hearExim(letter) ?? { what: 'ignored', why }
  return hearLetter(letter, from, storableLine(sender.name.slice(0, 2_000)), ours)
}
