/** What a letter about a conversation is known by: the conversation, and its first message in it. */
export type LetterId = { readonly conversationId: string; readonly seq: number }

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const ours = new RegExp(`^<(${uuid})\\.(0|[1-9]\\d{0,8})@[^\\s<>@]{1,255}>$`)

/** The left half of a letter's Message-ID: the same at every try. */
export const letterId = ({ conversationId, seq }: LetterId): string => `${conversationId}.${seq}`

const thread = new RegExp(`^<ticket\\.\\d{1,10}\\.(${uuid})@[^\\s<>@]{1,255}>$`)

/** What the letters about a request belong to, so that mail programs show them as one thread. */
export const threadId = (conversationId: string, ticketNumber: number): string =>
  `ticket.${ticketNumber}.${conversationId}`

/** A complete Message-ID, in its angle brackets, that a header can carry. */
export const isMessageId = (id: string): boolean => /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/.test(id)

/**
 * Reads a complete Message-ID of a letter of ours back; undefined: it is none. Whoever knows the id of a conversation
 * can write one: it says what a letter answers, not that its sender may.
 */
export function readLetterId(messageId: string): LetterId | undefined {
  const [, conversationId, seq] = ours.exec(messageId.trim().toLowerCase()) ?? []
  return conversationId === undefined || seq === undefined ? undefined : { conversationId, seq: Number(seq) }
}

/**
 * The conversation that a Message-ID of ours is about: a letter's own, or that of its thread, which stays in the
 * References where a server on the way has given the letter another.
 */
export const conversationOfId = (messageId: string): string | undefined =>
  readLetterId(messageId)?.conversationId ?? thread.exec(messageId.trim().toLowerCase())?.[1]
