import { randomUUID } from 'node:crypto'
import { DateTime } from 'luxon'
import type { Database } from '../../db/client.ts'
import {
  type ContractRow,
  contractById,
  contractChangesOf,
  contractOf,
  contractsOfDesk,
  contractsPage,
  insertContracts,
  lockContractTable,
  recordContractChanges,
  updateContract,
} from '../../db/queries/contracts.ts'
import { allOperators, type Executor } from '../../db/queries/operators.ts'
import { numberKey } from '../../engine/contract.ts'
import type { LocalDay } from '../../engine/conversation/instant.ts'
import { localDayOf } from '../../engine/conversation/localDay.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import {
  type ContractAct,
  type ContractInput,
  type ContractPage,
  type ContractQuery,
  type ContractState,
  expiringDays,
  type FileFault,
  type ImportDone,
  type ImportPreview,
  type WireContract,
  type WireContractChange,
} from '../../engine/wireContracts.ts'
import { type Outcome, type Refused, refused } from '../auth/outcome.ts'
import { contractsCsv } from './contractsCsv.ts'
import { changedFields, columnsFor } from './fields.ts'
import { planImport, previewOf } from './importPlan.ts'
import { wireContracts } from './wireContract.ts'

export type ContractsDeps = {
  readonly database: Database
  readonly desks: ReadonlyMap<string, Desk>
  readonly clock: () => Date
}

const pageLength = 100
const uniqueViolation = '23505'

const constraintOf = (error: unknown): string | undefined => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return cause instanceof Error && 'code' in cause && cause.code === uniqueViolation && 'constraint' in cause
    ? String(cause.constraint)
    : undefined
}

/** The contracts of the desks: kept by supervisors and administrators, every change with who made it. */
export function createContracts({ database, desks, clock }: ContractsDeps) {
  const { orm, sql } = database
  const todayAt = (desk: Desk): LocalDay => localDayOf(desk, clock().toISOString())

  async function one(desk: Desk, row: ContractRow): Promise<WireContract> {
    const [contract] = await wireContracts(sql, desk, [row], todayAt(desk))
    if (!contract) throw new Error('a contract was not worded')
    return contract
  }

  /** What the desk does not allow of a contract that is in order by itself. */
  async function misfit(desk: Desk, { type, operatorId }: ContractInput): Promise<Refused | undefined> {
    if (type !== null && !desk.contracts?.types.some(({ id }) => id === type))
      return refused(400, 'refusal.check', { fields: { type: 'refusal.contract.type' } })
    if (operatorId === null) return undefined
    const operator = (await allOperators(orm)).find(({ id }) => id === operatorId)
    return operator?.active && operator.desks.includes(desk.id)
      ? undefined
      : refused(400, 'refusal.check', { fields: { operatorId: 'refusal.noSuchOperator' } })
  }

  /** Does a write; a number or a BIN that is taken is a refusal. */
  async function writing<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      return await work()
    } catch (error) {
      const constraint = constraintOf(error)
      if (constraint === 'contracts_number')
        return refused(409, 'refusal.check', { fields: { number: 'refusal.contract.numberTaken' } })
      if (constraint === 'contracts_unnumbered')
        return refused(409, 'refusal.check', { fields: { bin: 'refusal.contract.binTaken' } })
      throw error
    }
  }

  const note = (
    tx: Executor,
    act: ContractAct,
    operatorId: string,
    before: ContractRow | null,
    after: ContractRow,
  ) =>
    recordContractChanges(tx, [
      {
        contractId: after.id,
        at: after.updatedAt,
        operatorId,
        act,
        before: before && contractOf(before),
        after: contractOf(after),
      },
    ])

  /** Changes a contract at the version the operator has seen; another version is not overwritten. */
  const rewrite = (
    desk: Desk,
    before: ContractRow,
    change: Partial<ContractRow>,
    by: { readonly act: ContractAct; readonly operatorId: string; readonly version: number },
  ) =>
    writing<{ readonly contract: WireContract }>(async () => {
      const after = { ...before, ...change, version: by.version + 1, updatedAt: clock().toISOString() }
      const written = await orm.transaction(async (tx) => {
        if (!(await updateContract(tx, after, by.version))) return false
        await note(tx, by.act, by.operatorId, before, after)
        return true
      })
      return written
        ? { ok: true, contract: await one(desk, after) }
        : refused(409, 'refusal.contract.changed')
    })

  /** Who works for a desk, by e-mail and by name. */
  async function operatorsByName(desk: Desk): Promise<ReadonlyMap<string, string>> {
    const mine = (await allOperators(orm)).filter(({ active, desks: own }) => active && own.includes(desk.id))
    return new Map(
      mine.flatMap(({ id, name, email }): [string, string][] => [
        [name.toLowerCase(), id],
        [email.toLowerCase(), id],
      ]),
    )
  }

  const planned = async (tx: Executor, desk: Desk, bytes: Uint8Array) => {
    if (!desk.contracts) throw new Error(`desk ${desk.id} has no contracts`)
    return planImport(bytes, desk.contracts, await contractsOfDesk(tx, desk.id), await operatorsByName(desk))
  }

  const unreadable = (fault: FileFault): Refused => refused(400, `refusal.import.${fault}`)

  return {
    /** A contract with the desk it belongs to, if there is one. */
    async find(id: string): Promise<{ readonly row: ContractRow; readonly desk: Desk } | undefined> {
      const row = await contractById(orm, id)
      const desk = row && desks.get(row.desk)
      return row && desk && { row, desk }
    },

    wire: one,

    async page(
      desk: Desk,
      { state, q, offset }: Omit<ContractQuery, 'desk'>,
      limit = pageLength,
    ): Promise<ContractPage> {
      const today = todayAt(desk)
      const text = q.trim()
      const { rows, total } = await contractsPage(
        orm,
        {
          desk: desk.id,
          state,
          text,
          numberKey: numberKey(text),
          today,
          soon: DateTime.fromISO(today).plus({ days: expiringDays }).toISODate() ?? today,
        },
        { offset, limit },
      )
      return { contracts: await wireContracts(sql, desk, rows, today), total }
    },

    async add(
      desk: Desk,
      input: ContractInput,
      operatorId: string,
    ): Promise<Outcome<{ contract: WireContract }>> {
      const wrong = await misfit(desk, input)
      if (wrong) return wrong
      return writing(async () => {
        const row = newRow(desk.id, input, clock().toISOString())
        await orm.transaction(async (tx) => {
          await insertContracts(tx, [row])
          await note(tx, 'added', operatorId, null, row)
        })
        return { ok: true, contract: await one(desk, row) }
      })
    },

    async change(desk: Desk, row: ContractRow, input: ContractInput, version: number, operatorId: string) {
      const wrong = await misfit(desk, input)
      return wrong ?? rewrite(desk, row, columnsFor(input), { act: 'changed', operatorId, version })
    },

    /** Ends a contract from today on, whatever its term. */
    end: (desk: Desk, row: ContractRow, version: number, operatorId: string) =>
      rewrite(desk, row, { endedOn: todayAt(desk) }, { act: 'ended', operatorId, version }),

    /** Takes an early end back: the term counts again. */
    reinstate: (desk: Desk, row: ContractRow, version: number, operatorId: string) =>
      rewrite(desk, row, { endedOn: null }, { act: 'reinstated', operatorId, version }),

    async history(id: string): Promise<readonly WireContractChange[]> {
      const changes = await contractChangesOf(orm, id)
      const names = new Map((await allOperators(orm)).map((operator) => [operator.id, operator.name]))
      const named = (fields: WireContractChange['fields']) =>
        fields.map((field) =>
          field.field === 'operatorId'
            ? {
                ...field,
                before: field.before && (names.get(field.before) ?? field.before),
                after: field.after && (names.get(field.after) ?? field.after),
              }
            : field,
        )
      return changes.map(({ at, act, operator, before, after }) => ({
        at,
        act,
        operator,
        fields: before ? named(changedFields(before, after)) : [],
      }))
    },

    /** What a file would do; nothing is written. */
    async preview(desk: Desk, bytes: Uint8Array): Promise<Outcome<{ preview: ImportPreview }>> {
      const outcome = await planned(orm, desk, bytes)
      return outcome.ok ? { ok: true, preview: previewOf(outcome.plan) } : unreadable(outcome.fault)
    },

    /** Does what was previewed, all of it or nothing; wrong rows are left out. A plan that is no longer the same is refused. */
    carryOut: (desk: Desk, bytes: Uint8Array, plan: string, operatorId: string) =>
      writing<{ readonly done: ImportDone }>(() =>
        orm.transaction(async (tx) => {
          await lockContractTable(tx)
          const outcome = await planned(tx, desk, bytes)
          if (!outcome.ok) return unreadable(outcome.fault)
          const { digest, added, changed } = outcome.plan
          if (digest !== plan) return refused(409, 'refusal.import.changed')
          const now = clock().toISOString()
          const fresh = added.map((input) => newRow(desk.id, input, now))
          const rewritten = changed.map(({ before, after, reinstated }) => ({
            before,
            after: {
              ...before,
              ...columnsFor(after),
              ...(reinstated && { endedOn: null }),
              version: before.version + 1,
              updatedAt: now,
            },
          }))
          await insertContracts(tx, fresh)
          for (const { before, after } of rewritten) await updateContract(tx, after, before.version)
          await recordContractChanges(
            tx,
            [...fresh.map((after) => ({ before: null, after })), ...rewritten].map(({ before, after }) => ({
              contractId: after.id,
              at: now,
              operatorId,
              act: 'imported' as const,
              before: before && contractOf(before),
              after: contractOf(after),
            })),
          )
          return { ok: true as const, done: { added: fresh.length, changed: rewritten.length } }
        }),
      ),

    /** The contracts of a state as a file that can be read back. */
    async csv(desk: Desk, state: ContractState, language: Language): Promise<string> {
      const { contracts } = await this.page(desk, { state, q: '', offset: 0 }, 1_000_000)
      return contractsCsv(desk, contracts, await allOperators(orm), language)
    },
  }
}

const newRow = (desk: string, input: ContractInput, now: string): ContractRow => ({
  id: randomUUID(),
  desk,
  ...columnsFor(input),
  endedOn: null,
  version: 1,
  createdAt: now,
  updatedAt: now,
})
