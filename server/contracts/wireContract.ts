import type { Sql } from '../../db/client.ts'
import {
  type ContractRow,
  contractOf,
  contractRowWithId,
  countOpenRequests,
} from '../../db/queries/contracts.ts'
import { limitOf, termOn } from '../../engine/contract.ts'
import type { LocalDay } from '../../engine/conversation/instant.ts'
import { localDayOf } from '../../engine/conversation/localDay.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import type { Desk } from '../../engine/desk.ts'
import type { WireContract } from '../../engine/wireContracts.ts'

/** Contracts of a desk as the console knows them, with where they stand `today` and how many requests are open. */
export async function wireContracts(
  sql: Sql,
  desk: Desk,
  rows: readonly ContractRow[],
  today: LocalDay,
): Promise<readonly WireContract[]> {
  const open = await countOpenRequests(
    sql,
    rows.map(({ id }) => id),
  )
  const types = desk.contracts?.types ?? []
  return rows.map((row) => {
    const contract = contractOf(row)
    const { numberKey: _, createdAt: __, updatedAt: ___, ...shown } = row
    return {
      ...shown,
      term: termOn(contract, today),
      open: open.get(row.id) ?? 0,
      limit: limitOf(contract, types) ?? null,
    }
  })
}

/** Tells by which contract a conversation's ticket is served, as it is now; null without one. */
export type ContractOf = (desk: Desk, state: Conversation) => Promise<WireContract | null>

export const contractsOfTickets =
  (sql: Sql, clock: () => Date): ContractOf =>
  async (desk, state) => {
    const reference = 'ticket' in state ? state.ticket.contract : undefined
    const row = reference && (await contractRowWithId(sql, reference.id))
    if (!row) return null
    const [contract] = await wireContracts(sql, desk, [row], localDayOf(desk, clock().toISOString()))
    return contract ?? null
  }
