import type { ContractRow } from '../../db/queries/contracts.ts'
import { numberKey } from '../../engine/contract.ts'
import type { ContractInput, WireContractChange } from '../../engine/wireContracts.ts'

const inputFields = [
  'bin',
  'number',
  'organisation',
  'level',
  'type',
  'startsOn',
  'endsOn',
  'openLimit',
  'channels',
  'operatorId',
] as const satisfies readonly (keyof ContractInput)[]

/** What can be filled in of a contract. */
export const inputOf = (row: ContractRow): ContractInput => ({
  bin: row.bin,
  number: row.number,
  organisation: row.organisation,
  level: row.level,
  type: row.type,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  openLimit: row.openLimit,
  channels: row.channels,
  operatorId: row.operatorId,
})

/** What is stored of what was filled in. */
export const columnsFor = (input: ContractInput) => ({
  ...input,
  channels: input.channels && [...input.channels],
  numberKey: input.number === null ? null : (numberKey(input.number) ?? null),
})

const asText = (value: string | number | readonly string[] | null | undefined): string | null =>
  value === null || value === undefined ? null : Array.isArray(value) ? value.join(', ') : String(value)

type Fields = WireContractChange['fields']
type Comparable = Partial<Record<Fields[number]['field'], string | number | readonly string[] | null>>

/** The fields in which two states of a contract differ, with both values. */
export const changedFields = (before: Comparable, after: Comparable): Fields =>
  [...inputFields, 'endedOn' as const].flatMap((field) => {
    const [was, is] = [asText(before[field]), asText(after[field])]
    return was === is ? [] : [{ field, before: was, after: is }]
  })
