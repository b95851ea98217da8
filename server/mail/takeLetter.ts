import { createHash } from 'node:crypto'
import type { SqlPool } from '../../db/client.ts'
import { openConversation } from '../../db/queries/conversations.ts'
import { type Aggregate, loadAggregates, takenEvents } from '../../db/queries/loadAggregates.ts'
import {
  begunByMail,
  conversationOfTicket,
  conversationsOfLetters,
  rememberLetter,
} from '../../db/queries/mailboxes.ts'
import type { StoredFile } from '../../engine/conversation/content.ts'
import type { Mail } from '../../engine/conversation/event.ts'
import type { Desk } from '../../engine/desk.ts'
import { noticeAddressOf } from '../../engine/letter.ts'
import type { HeardLetter, MailFile } from '../../mail/ports.ts'
import type { Accept } from '../conversations/accept.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { readLetterId } from './messageId.ts'

/** So many requests of one sender in an hour are their own; what comes above is a word in the last one. */
const mostAnHour = 10
const hour = 60 * 60_000

type Ports = {
  readonly sql: SqlPool
  readonly accept: Accept['accept']
  readonly desks: ReadonlyMap<string, Desk>
  /** Where letters belong whose address no desk has. */
  readonly fallback: () => Desk
  readonly uploads: Uploads
  readonly clock: () => Date
}

/** What a letter is known by here: short, whatever its Message-ID is. */
export const letterKey = (messageId: string): string => createHash('sha256').update(messageId).digest('hex')

/** `help+anything@…` is `help@…`. */
const withoutTag = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@')

/** The desk that a letter is addressed to. */
export function deskOfLetter(
  { desks, fallback }: Pick<Ports, 'desks' | 'fallback'>,
  recipients: readonly string[],
): Desk {
  const written = new Set(recipients.map(withoutTag))
  const named = [...desks.values()].find(
    ({ contacts }) => contacts.email !== undefined && written.has(contacts.email.toLowerCase()),
  )
  return named ?? fallback()
}

/**
 * Takes letters into conversations. A letter that answers one of ours, or names a request's number, is a word of that
 * conversation when its sender is the person there; any other begins one. It may come again: it is taken once.
 */
export function createTakeLetter(ports: Ports) {
  const { sql, accept, desks, uploads, clock } = ports

  /** Whether a letter from this address is the person's of the conversation. */
  function isFrom(address: string, { desk: deskId, address: pushedTo, channel, state }: Aggregate): boolean {
    const desk = desks.get(deskId)
    const told = desk && 'ticket' in state ? noticeAddressOf(desk, state.ticket) : undefined
    return [channel === 'telegram' ? null : pushedTo, told].some((one) => one?.toLowerCase() === address)
  }

  /** Where it may belong by what it answers, the nearest first. */
  async function candidates({ answersTo, ticketNumber }: HeardLetter): Promise<readonly string[]> {
    const known = await conversationsOfLetters(sql, [...desks.keys()], answersTo.map(letterKey))
    const answered = answersTo.flatMap(
      (id) => readLetterId(id)?.conversationId ?? known.get(letterKey(id)) ?? [],
    )
    const numbered = ticketNumber === undefined ? undefined : await conversationOfTicket(sql, ticketNumber)
    return [...new Set([...answered, ...(numbered === undefined ? [] : [numbered])])]
  }

  async function keep(desk: Desk, conversationId: string, { name, bytes, tooLarge }: MailFile) {
    if (tooLarge) return { refused: 'tooLarge' as const }
    const stored = await uploads.store({
      conversationId,
      by: 'visitor',
      attachments: desk.attachments,
      name,
      bytes,
    })
    if (stored.ok) return { file: stored.file }
    return {
      refused:
        stored.refusal.key === 'refusal.file.tooLarge' ? ('tooLarge' as const) : ('refusedFile' as const),
    }
  }

  /** Gives the letter to a conversation; false: it has no place there. */
  async function give(letter: HeardLetter, desk: Desk, conversationId: string): Promise<boolean> {
    const eventId = `mail:${letterKey(letter.id)}`
    if ((await takenEvents(sql, conversationId, [eventId])).size > 0) return true
    const files: StoredFile[] = []
    const refused: Mail['refused'][number][] = []
    for (const one of letter.files) {
      const kept = await keep(desk, conversationId, one)
      if (kept.file) files.push(kept.file)
      else refused.push(kept.refused)
    }
    const { id, from, to, subject, text } = letter
    const accepted = await accept(conversationId, {
      type: 'visitor.mailed',
      id: eventId,
      at: clock().toISOString(),
      mail: { id, from, to, subject, text, files, refused },
    })
    if (accepted.ok) await rememberLetter(sql, desk.id, letterKey(id), conversationId, clock().toISOString())
    return accepted.ok
  }

  /** Where a letter that answers nothing goes: a conversation of its own, unless its sender floods us. */
  async function begin(letter: HeardLetter): Promise<void> {
    const desk = deskOfLetter(ports, letter.recipients)
    const { address } = letter.from
    const now = clock()
    const since = new Date(now.getTime() - hour).toISOString()
    const lately = await begunByMail(sql, address, since)
    if (lately.count >= mostAnHour && lately.open !== undefined && (await give(letter, desk, lately.open)))
      return
    const { id } = await openConversation(
      sql,
      { channel: 'email', desk: desk.id, address: letterKey(letter.id) },
      { now: now.toISOString(), language: undefined, pushTo: address },
    )
    await give(letter, desk, id)
  }

  return async (letter: HeardLetter): Promise<void> => {
    const ids = await candidates(letter)
    const found = await loadAggregates(sql, ids)
    for (const id of ids) {
      const aggregate = found.get(id)
      const desk = aggregate && desks.get(aggregate.desk)
      if (!desk || !isFrom(letter.from.address, aggregate)) continue
      if (await give(letter, desk, id)) return
    }
    await begin(letter)
  }
}
