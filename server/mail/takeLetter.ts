import { createHash } from 'node:crypto'
import type { SqlPool } from '../../db/client.ts'
import { openConversation } from '../../db/queries/conversations.ts'
import { type Aggregate, loadAggregates, takenEvents } from '../../db/queries/loadAggregates.ts'
import {
  begunByMail,
  conversationOfTicket,
  conversationsOfLetters,
  lettersTaken,
  rememberLetter,
} from '../../db/queries/mailboxes.ts'
import type { StoredFile } from '../../engine/conversation/content.ts'
import type { Mail } from '../../engine/conversation/event.ts'
import type { Desk } from '../../engine/desk.ts'
import { withoutTag } from '../../engine/identity/index.ts'
import { noticeAddressOf } from '../../engine/letter.ts'
import type { HeardLetter, MailFile } from '../../mail/ports.ts'
import type { Accept } from '../conversations/accept.ts'
import { unsupportedBy } from '../uploads/unsupportedBy.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { conversationOfId } from './messageId.ts'

/** So many requests of one sender in an hour are their own; what comes above is a word in the last one. */
const mostAnHour = 10
const hour = 60 * 60_000
/** So many letters to one conversation in a day are answered by the assistant: more a program writes, to answer ours. */
const mostAnsweredADay = 20
const day = 24 * hour

/** A conversation that a letter may belong to. */
type Place = {
  readonly id: string
  readonly ours: boolean
  /** The request that the letter speaks of, which is somebody else's. */
  readonly namesRequest?: number
}

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

/** What a letter of a sender's is known by: another's of the same Message-ID is another letter. */
const sentKey = ({ id, from }: Pick<HeardLetter, 'id' | 'from'>): string => letterKey(`${id} ${from.address}`)

/** The desk that a letter is addressed to, the first of them when it goes to several. */
export function deskOfLetter(
  { desks, fallback }: Pick<Ports, 'desks' | 'fallback'>,
  recipients: readonly string[],
): Desk {
  for (const recipient of recipients.flatMap((one) => [one, withoutTag(one)]))
    for (const desk of desks.values()) if (desk.contacts.email?.toLowerCase() === recipient) return desk
  return fallback()
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

  /** Where it may belong by what it answers, the nearest first; `ours`: it answers a letter of ours there. */
  async function candidates({ answersTo, ticketNumber }: HeardLetter): Promise<readonly Place[]> {
    const known = await conversationsOfLetters(sql, [...desks.keys()], answersTo.map(letterKey))
    const numbered = ticketNumber === undefined ? undefined : await conversationOfTicket(sql, ticketNumber)
    const ours = new Set(answersTo.flatMap((id) => conversationOfId(id) ?? []))
    const all = answersTo.map((id) => conversationOfId(id) ?? known.get(letterKey(id)))
    return [...new Set([...all, numbered])].flatMap((id) =>
      id === undefined ? [] : [{ id, ours: ours.has(id) }],
    )
  }

  /** Keeps a file, once however often its letter is tried; nothing is said of pictures that only adorn a letter. */
  async function keep(desk: Desk, conversationId: string, { name, bytes, missing, adorns }: MailFile) {
    if (missing) return { refused: missing }
    const { attachments } = desk
    const stored = await uploads.store({
      ...{ conversationId, by: 'visitor', attachments, name, bytes, again: 'same' },
    })
    if (stored.ok) return { file: stored.file }
    const refused = unsupportedBy(stored.refusal)
    return adorns && refused === 'refusedFile' ? {} : { refused }
  }

  /**
   * Gives the letter to a conversation; false: it has no place there. To one `quiet` the assistant says nothing, and to
   * a conversation that gets more letters than a person writes.
   */
  async function give(
    letter: HeardLetter,
    desk: Desk,
    { id: conversationId, ours, namesRequest }: Place,
    quiet = false,
  ): Promise<boolean> {
    const eventId = `mail:${sentKey(letter)}`
    if ((await takenEvents(sql, conversationId, [eventId])).size > 0) return true
    const files: StoredFile[] = []
    const refused: Mail['refused'][number][] = []
    for (const one of letter.files) {
      const kept = await keep(desk, conversationId, one)
      if (kept.file) files.push(kept.file)
      else if (kept.refused) refused.push(kept.refused)
    }
    const { id, from, to, subject, text } = letter
    const now = clock()
    const since = new Date(now.getTime() - day).toISOString()
    const isQuiet = quiet || (await lettersTaken(sql, conversationId, since)) >= mostAnsweredADay
    const mail: Mail = {
      ...{ id, from, to, subject, text, files, refused },
      ...(ours && { answersOurs: true }),
      ...(namesRequest !== undefined && { namesRequest }),
      ...(isQuiet && { quiet: true }),
    }
    const at = now.toISOString()
    const accepted = await accept(conversationId, { type: 'visitor.mailed', id: eventId, at, mail })
    if (accepted.ok) await rememberLetter(sql, desk.id, letterKey(id), conversationId, at)
    return accepted.ok
  }

  /** Where a letter that answers nothing goes: a conversation of its own, unless its sender floods us. */
  async function begin(letter: HeardLetter, namesRequest: number | undefined): Promise<void> {
    const { address } = letter.from
    const now = clock()
    const since = new Date(now.getTime() - hour).toISOString()
    const { count, last } = await begunByMail(sql, [...desks.keys()], address, since)
    const floods = count >= mostAnHour ? last : undefined
    const theirs = floods && desks.get(floods.desk)
    if (theirs && (await give(letter, theirs, { id: floods.id, ours: false }, true))) return
    const desk = deskOfLetter(ports, letter.recipients)
    const { id } = await openConversation(
      sql,
      { channel: 'email', desk: desk.id, address: sentKey(letter) },
      { now: now.toISOString(), language: undefined, pushTo: address },
    )
    const place: Place = { id, ours: false, ...(namesRequest !== undefined && { namesRequest }) }
    // else it would count as taken, and be lost
    if (!(await give(letter, desk, place))) throw new Error('a letter began a conversation in vain')
  }

  return async (letter: HeardLetter): Promise<void> => {
    const places = await candidates(letter)
    const found = await loadAggregates(
      sql,
      places.map(({ id }) => id),
    )
    for (const place of places) {
      const aggregate = found.get(place.id)
      const desk = aggregate && desks.get(aggregate.desk)
      if (!desk || !isFrom(letter.from.address, aggregate)) continue
      if (await give(letter, desk, place)) return
    }
    const [known] = [...found.values()].flatMap(({ state }) =>
      'ticket' in state ? [state.ticket.number] : [],
    )
    await begin(letter, known && (letter.ticketNumber ?? known))
  }
}
