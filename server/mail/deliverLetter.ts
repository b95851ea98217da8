import type { Sql } from '../../db/client.ts'
import { loadAggregates } from '../../db/queries/loadAggregates.ts'
import { messagesOfEvent } from '../../db/queries/messages.ts'
import type { OutboxItem } from '../../db/queries/outbox.ts'
import type { Desk } from '../../engine/desk.ts'
import type { DeliveryResult } from '../outbox.ts'
import { letterOfMessages } from './letterOfMessages.ts'
import type { Mailer } from './mailer.ts'

type LetterPorts = Parameters<typeof letterOfMessages>[0]

/** Sends what an event said in a conversation as one letter; the queued message is the first of it. */
export function createLetterDelivery(ports: {
  readonly sql: Sql
  readonly desks: ReadonlyMap<string, Desk>
  readonly mailer: Mailer
  readonly lettersOf: (desk: Desk) => LetterPorts
}) {
  const { sql, desks, mailer } = ports
  return async (item: Extract<OutboxItem, { notice: null }>): Promise<DeliveryResult> => {
    const { conversationId, seq, address } = item
    const [messages, aggregates] = await Promise.all([
      messagesOfEvent(sql, conversationId, seq),
      loadAggregates(sql, [conversationId]),
    ])
    const state = aggregates.get(conversationId)?.state
    const desk = messages[0] && desks.get(messages[0].desk)
    if (!state || !desk) return { outcome: 'refused', description: 'the message is gone' }
    const name = 'ticket' in state ? state.ticket.values.fullName : undefined
    const mail = await letterOfMessages(ports.lettersOf(desk), {
      desk,
      conversationId,
      state,
      messages,
      to: { address, ...(name && { name }) },
    })
    return mail ? mailer.send(mail, item.attempts) : { outcome: 'delivered' }
  }
}
