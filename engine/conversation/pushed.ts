import { type Channel, isMailed } from '../desk.ts'
import type { Activity } from './content.ts'
import type { StoredMessage } from './render.ts'

type Message = Pick<StoredMessage, 'seq' | 'eventId' | 'audience' | 'author' | 'content'>

/** Who has it in hand is worth a line in a chat, but no letter. */
const notMailed: readonly Activity['type'][] = ['took', 'released', 'transferred']

/** Whether a message is told the visitor on their channel: not their own, not what operators alone see. */
export const isTold = (channel: Channel, { audience, author, content }: Message): boolean =>
  audience === 'everyone' &&
  author.kind !== 'visitor' &&
  !(isMailed(channel) && content.kind === 'activity' && notMailed.includes(content.activity.type))

/**
 * Which messages are pushed to a channel that does not fetch. By e-mail all that one event led to is one letter, so
 * the first of them stands for the others.
 */
export function pushedOf<M extends Message>(channel: Channel, messages: readonly M[]): readonly M[] {
  if (channel === 'widget') return []
  const told = messages.filter((message) => isTold(channel, message))
  return isMailed(channel)
    ? told.filter(({ eventId }, at) => told.findIndex((other) => other.eventId === eventId) === at)
    : told
}

/** By which channel what is pushed goes out. */
export const pushChannel = (channel: Channel): Channel => (isMailed(channel) ? 'email' : channel)
