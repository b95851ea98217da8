import type { Operator } from '../../db/queries/operators.ts'
import { type Cell, csvOf } from '../../engine/csv.ts'
import type { Desk } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { WireContract } from '../../engine/wireContracts.ts'
import { say } from '../../locales/index.ts'
import { contractColumns } from './columns.ts'

const columns = [...contractColumns, 'endedOn', 'open'] as const

/** Contracts one a line, in the words of `language`; the file can be imported again. */
export function contractsCsv(
  desk: Desk,
  contracts: readonly WireContract[],
  operators: readonly Operator[],
  language: Language,
): string {
  const speak = say[language]
  const emails = new Map(operators.map(({ id, email }) => [id, email]))
  const rows = contracts.map((contract) => {
    const cells: Readonly<Record<(typeof columns)[number], Cell>> = {
      number: contract.number,
      bin: contract.bin,
      organisation: contract.organisation,
      level: speak(`contract.cell.${contract.level}`),
      type: desk.contracts?.types.find(({ id }) => id === contract.type)?.label[language] ?? null,
      startsOn: contract.startsOn,
      endsOn: contract.endsOn,
      openLimit: contract.openLimit,
      channels: contract.channels?.map((channel) => speak(`contract.cell.${channel}`)).join(' / ') ?? null,
      operator: (contract.operatorId !== null && emails.get(contract.operatorId)) || null,
      endedOn: contract.endedOn,
      open: contract.open,
    }
    return columns.map((column) => cells[column])
  })
  return csvOf([columns.map((column) => speak(`contract.column.${column}`)), ...rows])
}
