import type { Aggregate } from '../../db/queries/loadAggregates.ts'
import type { MessageAtDesk } from '../../db/queries/messages.ts'
import type { NewMessage } from '../../engine/conversation/content.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import type { Conversation } from '../../engine/conversation/state.ts'

/** The words that stand for a message in the queue's line; undefined for what is not shown there. */
function previewOf({ author, audience, content }: NewMessage): string | undefined {
  if (audience === 'operators' || author.kind === 'assistant') return undefined
  if (content.kind === 'text' || content.kind === 'edit') return content.text.slice(0, 200)
  if (content.kind === 'file') return (content.text ?? content.file.name).slice(0, 200)
  return undefined
}

/** The aggregate after one event, and the event's messages under the next sequence numbers. */
export function advance(
  aggregate: Aggregate,
  eventId: string,
  at: Instant,
  state: Conversation,
  posted: readonly NewMessage[],
): { readonly next: Aggregate; readonly messages: readonly MessageAtDesk[] } {
  const messages = posted.map(
    (message, index): MessageAtDesk => ({
      ...message,
      seq: aggregate.lastSeq + index + 1,
      eventId,
      at,
      desk: aggregate.desk,
    }),
  )
  const lastSeq = aggregate.lastSeq + messages.length
  const preview = posted.map(previewOf).findLast((text) => text !== undefined)
  return {
    messages,
    next: {
      ...aggregate,
      state,
      lastSeq,
      lastText: preview ?? aggregate.lastText,
      lastAt: preview === undefined ? aggregate.lastAt : at,
    },
  }
}
