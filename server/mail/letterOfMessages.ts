import { isTold } from '../../engine/conversation/pushed.ts'
import { renderMessage, type StoredMessage } from '../../engine/conversation/render.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import type { Desk } from '../../engine/desk.ts'
import type { ComposedLetter, LetterFacts } from '../../mail/ports.ts'
import { articleAddress } from '../help/addresses.ts'
import type { Mail } from './mailer.ts'
import { letterId, threadId } from './messageId.ts'

/** Writes a letter, with its files opened. */
export type ComposeLetter = (facts: LetterFacts) => Promise<ComposedLetter>

/** All that one event led to in a conversation whose visitor we answer by e-mail. */
export type Outgoing = {
  /** The desk that served the conversation then. */
  readonly desk: Desk
  readonly conversationId: string
  readonly state: Conversation
  /** In order. */
  readonly messages: readonly StoredMessage[]
  /** Where it goes, and whose address it is if that is known. */
  readonly to: { readonly address: string; readonly name?: string }
}

/**
 * The letter that tells a visitor what one event said; undefined when it said nothing to them. Its files are open: who
 * gets it sends it, or destroys them. Fails when a file cannot be opened.
 */
export async function letterOfMessages(
  ports: {
    readonly compose: ComposeLetter
    /** The sender's address of the desk's mail. */
    readonly from: string
    /** Where answers are read; undefined: nowhere. */
    readonly answersAt: string | undefined
    /** How people reach the server; undefined: links would lead nowhere. */
    readonly knownUrl: string | undefined
  },
  { desk, conversationId, state, messages, to }: Outgoing,
): Promise<Mail | undefined> {
  const { from, answersAt, knownUrl } = ports
  const { language, channel, mail } = state
  const told = messages.filter((message) => isTold(channel, message))
  const [first] = told
  if (!first) return undefined
  const { complaints, phone, email } = desk.contacts
  const number = 'ticket' in state ? state.ticket.number : undefined
  const letter = await ports.compose({
    messages: told.map((message) => renderMessage(desk, { language, side: 'visitor', channel }, message)),
    language,
    desk: {
      name: desk.name[language],
      assistant: desk.assistant[language],
      portalUrl: desk.portal.url,
      complaints,
      ...(phone && { phone }),
    },
    ...(number !== undefined && { ticketNumber: number }),
    subject: mail?.subject ?? '',
    answerable: answersAt !== undefined,
    helpPageOf: (id) =>
      knownUrl !== undefined && desk.articles.has(id)
        ? `${knownUrl}${articleAddress(desk.id, id)(language)}`
        : undefined,
  })
  // what they wrote to has reached us
  const replyTo = answersAt === undefined ? email : (mail?.to ?? answersAt)
  return {
    from: { name: desk.name[language], address: from },
    ...(replyTo && replyTo !== from && { replyTo }),
    to: to.address,
    ...(to.name && { toName: to.name }),
    ...letter,
    id: letterId({ conversationId, seq: first.seq }),
    ...(number !== undefined && { thread: threadId(conversationId, number) }),
    ...(mail && { inReplyTo: mail.lastId, references: [mail.lastId] }),
    writtenBy: told.some(({ author }) => author.kind === 'operator') ? 'person' : 'assistant',
  }
}
