import type { Sql, SqlPool } from '../../db/client.ts'
import {
  contractOf,
  contractRowWithId,
  contractsByKeys,
  countOpenRequests,
  lockContracts,
  type OpenRequest,
  openRequestsOf,
  reservePlace,
} from '../../db/queries/contracts.ts'
import { reserveNumber } from '../../db/queries/conversations.ts'
import type { Contract, FoundContract } from '../../engine/contract.ts'
import type { ContractWish } from '../../engine/conversation/effect.ts'
import type { Registration } from '../../engine/conversation/event.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import { localDayOf } from '../../engine/conversation/localDay.ts'
import { weigh } from '../../engine/conversation/recognising.ts'
import type { Channel, Desk } from '../../engine/desk.ts'

/**
 * So many numbers and BINs may be tried in one conversation a day: an honest visitor mistypes a few times, who guesses
 * other people's numbers gets no further.
 */
const triesADay = 10

export type ContractLookup = {
  /** The contracts that a visitor names; `tooOften`: this conversation has tried too many today. */
  find(
    conversationId: string,
    desk: Desk,
    wish: ContractWish,
    at: Instant,
  ): Promise<readonly FoundContract[] | 'tooOften'>
  /** Reserves a number; of the contract that the request is to be served by, a place among its open requests too. */
  register(desk: Desk, channel: Channel, wish: ContractWish | undefined, at: Instant): Promise<Registration>
}

/** Finds contracts for conversations. */
export function createContractLookup(sql: SqlPool): ContractLookup {
  let day = ''
  let tries = new Map<string, number>()

  function mayTry(conversationId: string, today: string): boolean {
    if (today !== day) {
      day = today
      tries = new Map()
    }
    const tried = tries.get(conversationId) ?? 0
    tries.set(conversationId, tried + 1)
    return tried < triesADay
  }

  return {
    async find(conversationId, desk, wish, at) {
      if (!mayTry(conversationId, localDayOf(desk, at))) return 'tooOften'
      return withOpenRequests(sql, await contractsByKeys(sql, desk.id, wish.keys), wish, at)
    },
    async register(desk, channel, wish, at) {
      if (!wish) return reserveNumber(sql, desk.id)
      return sql.begin(async (tx) => {
        const contracts = await contractsByKeys(tx, desk.id, wish.keys)
        await lockContracts(
          tx,
          contracts.map(({ id }) => id),
        )
        const found = await withOpenRequests(tx, contracts, wish, at)
        const registration = await reserveNumber(tx, desk.id)
        const used = weigh(desk, { found, channel, at })
        if (used?.worth.verdict === 'valid') await reservePlace(tx, used.contract.id, registration.number, at)
        return { ...registration, contracts: found }
      })
    },
  }
}

const isOf = ({ values }: OpenRequest, { person }: ContractWish): boolean =>
  Object.entries(person).some(([field, value]) => values[field] === value)

async function withOpenRequests(
  sql: Sql,
  contracts: readonly Contract[],
  wish: ContractWish,
  at: Instant,
): Promise<readonly FoundContract[]> {
  if (contracts.length === 0) return []
  const ids = contracts.map(({ id }) => id)
  const requests = await openRequestsOf(sql, ids, at)
  return contracts.map((contract) => {
    const open = requests.filter(({ contractId }) => contractId === contract.id)
    return {
      contract,
      open: open.length,
      own: open.filter((request) => isOf(request, wish)).map(({ number }) => number),
    }
  })
}

/** A contract of a desk by its id, with how many of its requests are open: for an operator who attaches it. */
export async function foundContract(sql: Sql, desk: string, id: string): Promise<FoundContract | undefined> {
  const row = await contractRowWithId(sql, id)
  if (row?.desk !== desk) return undefined
  return { contract: contractOf(row), open: (await countOpenRequests(sql, [id])).get(id) ?? 0, own: [] }
}
