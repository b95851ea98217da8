import { and, asc, desc, eq, type InferSelectModel, sql } from 'drizzle-orm'
import type { Contract, ContractKeys } from '../../engine/contract.ts'
import type { Instant, LocalDay } from '../../engine/conversation/instant.ts'
import type { ContractAct, ContractState } from '../../engine/wireContracts.ts'
import type { Sql } from '../client.ts'
import { contractChanges, contracts, operators } from '../schema/index.ts'
import type { Executor } from './operators.ts'

export type ContractRow = InferSelectModel<typeof contracts>

/** A row as the engine knows a contract. */
export const contractOf = (row: ContractRow): Contract => ({
  id: row.id,
  desk: row.desk,
  organisation: row.organisation,
  level: row.level,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  ...(row.bin !== null && { bin: row.bin }),
  ...(row.number !== null && { number: row.number }),
  ...(row.type !== null && { type: row.type }),
  ...(row.endedOn !== null && { endedOn: row.endedOn }),
  ...(row.openLimit !== null && { openLimit: row.openLimit }),
  ...(row.channels !== null && { channels: row.channels }),
  ...(row.operatorId !== null && { operatorId: row.operatorId }),
})

export type ContractFilter = {
  readonly desk: string
  readonly state: ContractState
  /** A part of the organisation's name, the beginning of a BIN, or a part of a number's key; empty for all. */
  readonly text: string
  readonly numberKey: string | undefined
  readonly today: LocalDay
  /** The last day on which what ends is said to expire soon. */
  readonly soon: LocalDay
}

const literally = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

function fitting({ desk, state, text, numberKey, today, soon }: ContractFilter) {
  const over = sql`(${contracts.endsOn} < ${today} or coalesce(${contracts.endedOn} <= ${today}, false))`
  const inState = {
    current: sql`not ${over}`,
    expiring: sql`not ${over} and least(${contracts.endsOn}, ${contracts.endedOn}) <= ${soon}`,
    over,
    all: undefined,
  }[state]
  const wanted =
    text === ''
      ? undefined
      : sql`(${contracts.organisation} ilike ${`%${literally(text)}%`}
          or ${contracts.bin} like ${`${literally(text)}%`}
          or ${contracts.numberKey} like ${numberKey === undefined ? null : `%${literally(numberKey)}%`})`
  return and(eq(contracts.desk, desk), inState, wanted)
}

/** The contracts that fit, by organisation, and how many there are in all. */
export async function contractsPage(
  db: Executor,
  filter: ContractFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: ContractRow[]; readonly total: number }> {
  const where = fitting(filter)
  const [rows, [counted]] = await Promise.all([
    db
      .select()
      .from(contracts)
      .where(where)
      .orderBy(
        ...(filter.state === 'expiring' ? [asc(contracts.endsOn)] : []),
        asc(contracts.organisation),
        asc(contracts.startsOn),
        asc(contracts.id),
      )
      .limit(page.limit)
      .offset(page.offset),
    db.select({ total: sql<number>`count(*)::int` }).from(contracts).where(where),
  ])
  return { rows, total: counted?.total ?? 0 }
}

/** Every contract of a desk, over or not, by organisation. */
export const contractsOfDesk = (db: Executor, desk: string): Promise<ContractRow[]> =>
  db
    .select()
    .from(contracts)
    .where(eq(contracts.desk, desk))
    .orderBy(asc(contracts.organisation), asc(contracts.startsOn), asc(contracts.id))

export async function contractById(db: Executor, id: string): Promise<ContractRow | undefined> {
  const [row] = await db.select().from(contracts).where(eq(contracts.id, id))
  return row
}

/** Throws a unique violation (23505) when the number, or the BIN and first day, are taken. */
export async function insertContracts(db: Executor, rows: readonly ContractRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 500) await db.insert(contracts).values(rows.slice(at, at + 500))
}

/** Writes a contract over its earlier version; false when it is no longer at that version. */
export async function updateContract(db: Executor, row: ContractRow, version: number): Promise<boolean> {
  const { id, createdAt: _, ...values } = row
  const changed = await db
    .update(contracts)
    .set(values)
    .where(and(eq(contracts.id, id), eq(contracts.version, version)))
    .returning({ id: contracts.id })
  return changed.length === 1
}

export type ContractChange = {
  readonly contractId: string
  readonly at: Instant
  readonly operatorId: string
  readonly act: ContractAct
  readonly before: Contract | null
  readonly after: Contract
}

export async function recordContractChanges(db: Executor, changes: readonly ContractChange[]): Promise<void> {
  for (let at = 0; at < changes.length; at += 500)
    await db.insert(contractChanges).values(changes.slice(at, at + 500))
}

/** What was done to a contract, the newest first, with the names of those who did it. */
export const contractChangesOf = (db: Executor, contractId: string) =>
  db
    .select({
      at: contractChanges.at,
      act: contractChanges.act,
      before: contractChanges.before,
      after: contractChanges.after,
      operator: operators.name,
    })
    .from(contractChanges)
    .innerJoin(operators, eq(operators.id, contractChanges.operatorId))
    .where(eq(contractChanges.contractId, contractId))
    .orderBy(desc(contractChanges.id))

const columns = (sql: Sql) => sql`id, desk, bin, number, number_key as "numberKey", organisation, level, type,
  starts_on as "startsOn", ends_on as "endsOn", ended_on as "endedOn", open_limit as "openLimit", channels,
  operator_id as "operatorId", version, created_at as "createdAt", updated_at as "updatedAt"`

/** A contract by its id. */
export async function contractRowWithId(sql: Sql, id: string): Promise<ContractRow | undefined> {
  const [row] = await sql<ContractRow[]>`select ${columns(sql)} from contracts where id = ${id}`
  return row
}

/** No honest person's BIN or number leads to more. */
const mostFound = 20

/** The contracts of a desk under a BIN or a number, those that ended last before the others. */
export async function contractsByKeys(sql: Sql, desk: string, keys: ContractKeys): Promise<Contract[]> {
  const rows = await sql<ContractRow[]>`
    select ${columns(sql)} from contracts where desk = ${desk} and (bin = ${keys.bin ?? null} or number_key = ${keys.number ?? null})
    order by ends_on desc, id limit ${mostFound}`
  return rows.map(contractOf)
}

/** How long a number that was given out counts as an open request before the request itself is stored. */
const reservedSeconds = 60

export type OpenRequest = {
  readonly contractId: string
  readonly number: number
  /** Empty while the request is only about to be stored. */
  readonly values: Readonly<Record<string, string>>
}

/** The open requests of some contracts at `now`, and those that are being registered. */
export const openRequestsOf = (
  sql: Sql,
  contractIds: readonly string[],
  now: Instant,
): Promise<OpenRequest[]> =>
  sql<OpenRequest[]>`
    select contract_id as "contractId", number, "values" from tickets
      where contract_id = any(${contractIds as string[]}::uuid[]) and resolved_at is null
    union all
    select r.contract_id, r.ticket_number, '{}'::jsonb from contract_reservations r
      where r.contract_id = any(${contractIds as string[]}::uuid[])
        and r.reserved_at > ${now}::timestamptz - make_interval(secs => ${reservedSeconds})
        and not exists (select 1 from tickets t where t.number = r.ticket_number)`

/** How many requests of each contract are open; a contract without any is left out. */
export async function countOpenRequests(
  sql: Sql,
  contractIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; open: number }[]>`
    select contract_id as id, count(*)::int as open from tickets
    where contract_id = any(${contractIds as string[]}::uuid[]) and resolved_at is null group by contract_id`
  return new Map(rows.map(({ id, open }) => [id, open]))
}

/** Until the transaction ends, nobody else registers a request by these contracts. */
export async function lockContracts(tx: Sql, contractIds: readonly string[]): Promise<void> {
  await tx`select 1 from contracts where id = any(${contractIds as string[]}::uuid[]) order by id for no key update`
}

/** Holds a place for a request that is about to be stored, and clears places that are no longer held. */
export async function reservePlace(
  tx: Sql,
  contractId: string,
  ticketNumber: number,
  now: Instant,
): Promise<void> {
  await tx`
    delete from contract_reservations r where r.contract_id = ${contractId}
      and (r.reserved_at <= ${now}::timestamptz - make_interval(secs => ${reservedSeconds})
        or exists (select 1 from tickets t where t.number = r.ticket_number))`
  await tx`
    insert into contract_reservations (ticket_number, contract_id, reserved_at)
    values (${ticketNumber}, ${contractId}, ${now})`
}

/** Until the transaction ends, nobody else adds or changes a contract; they can be read. */
export async function lockContractTable(tx: Executor): Promise<void> {
  await tx.execute(sql`lock table contracts in share row exclusive mode`)
}
