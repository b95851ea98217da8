import type { Sql } from '../../db/client.ts'
import type { StoredFile } from '../../engine/conversation/content.ts'
import type { Refusal } from '../../engine/conversation/effect.ts'
import type { OperatorEvent, OperatorRef } from '../../engine/conversation/event.ts'
import type { Desk } from '../../engine/desk.ts'
import type { OperatorAction } from '../../engine/wireConsole.ts'
import type { Operator } from '../auth/auth.ts'
import { foundContract } from '../contracts/lookup.ts'

export type OperatorEventPorts = {
  readonly sql: Sql
  readonly desks: ReadonlyMap<string, Desk>
  readonly allOperators: () => Promise<readonly Operator[]>
  /** A file that was stored for this conversation. */
  readonly fileOf: (fileId: string, conversationId: string) => Promise<StoredFile | undefined>
}

export const operatorRef = ({ id, name }: Operator): OperatorRef => ({ id, name })

/** The event that an operator's act is, or why it cannot be one. */
export async function operatorEvent(
  action: OperatorAction,
  { operator, at }: { readonly operator: Operator; readonly at: string },
  desk: Desk,
  { sql, desks, fileOf, allOperators }: OperatorEventPorts,
): Promise<OperatorEvent | Refusal> {
  const supervising = operator.role === 'operator' ? {} : { supervises: true as const }
  const base = { id: action.id, at, operator: operatorRef(operator) }
  switch (action.type) {
    case 'took':
      return { ...base, type: 'operator.took' }
    case 'released':
      return { ...base, type: 'operator.released', ...supervising }
    case 'replied':
    case 'noted':
    case 'askedForInformation':
    case 'offeredSolution':
    case 'closedUnanswered':
    case 'warned':
      return { ...base, type: `operator.${action.type}`, text: action.text }
    case 'sharedArticle':
      return {
        ...base,
        type: 'operator.sharedArticle',
        article: action.article,
        ...(action.question && { question: action.question }),
      }
    case 'resolved':
    case 'ended':
      return { ...base, type: `operator.${action.type}`, ...(action.text && { text: action.text }) }
    case 'prioritised':
      return { ...base, type: 'operator.prioritised', priority: action.priority, ...supervising }
    case 'recognised': {
      const found = action.contract === null ? null : await foundContract(sql, desk.id, action.contract)
      return found === undefined
        ? { key: 'refusal.contract.gone' }
        : { ...base, type: 'operator.recognised', found, ...supervising }
    }
    case 'declined':
      return {
        ...base,
        type: 'operator.declined',
        text: action.text,
        reason: action.reason,
        ...(action.scope !== undefined && { scope: action.scope }),
      }
    case 'postponed':
      return {
        ...base,
        type: 'operator.postponed',
        text: action.text,
        reason: action.reason,
        ...(action.until && { until: action.until }),
      }
    case 'passedOn':
      return {
        ...base,
        type: 'operator.passedOn',
        to: action.to,
        ...(action.dueOn && { dueOn: action.dueOn }),
        ...(action.note && { note: action.note }),
      }
    case 'attached': {
      const file = await fileOf(action.fileId, action.conversationId)
      return file
        ? { ...base, type: 'operator.attached', file, ...(action.text && { text: action.text }) }
        : { key: 'refusal.file.missing' }
    }
    case 'tookOver':
      return { ...base, type: 'operator.tookOver', ...supervising }
    case 'movedToDesk': {
      const to = desks.get(action.desk)
      return to
        ? {
            ...base,
            type: 'operator.movedToDesk',
            to,
            ...supervising,
            ...(action.reason && { reason: action.reason }),
          }
        : { key: 'refusal.unknownDesk' }
    }
    case 'transferred': {
      const to = (await allOperators()).find(({ id }) => id === action.to)
      return to?.active && to.desks.includes(desk.id)
        ? {
            ...base,
            type: 'operator.transferred',
            to: operatorRef(to),
            ...supervising,
            ...(action.reason && { reason: action.reason }),
          }
        : { key: 'refusal.noSuchOperator' }
    }
  }
}
