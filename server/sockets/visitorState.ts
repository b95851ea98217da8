import type { Aggregate } from '../../db/queries/loadAggregates.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { VisitorDesk, VisitorState } from '../../engine/wireVisitor.ts'

/** What the visitor's client knows of its conversation besides the thread. */
export const visitorState = ({ id, state }: Pick<Aggregate, 'id' | 'state'>): VisitorState => ({
  conversationId: id,
  stage: state.stage,
  language: state.language,
  canAskOperator: state.stage !== 'waiting' && state.stage !== 'live',
  ...(state.stage === 'live' && { operator: state.operator.name }),
  ...('ticket' in state && { ticketNumber: state.ticket.number }),
})

export const visitorDesk = (desk: Desk, language: Language): VisitorDesk => ({
  id: desk.id,
  name: desk.name[language],
  assistant: desk.assistant[language],
  maxFileBytes: desk.attachments.maxMegabytes * 1024 * 1024,
  fileTypes: desk.attachments.types,
})
