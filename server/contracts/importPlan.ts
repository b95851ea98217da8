import { createHash } from 'node:crypto'
import type { ContractRow } from '../../db/queries/contracts.ts'
import { numberKey } from '../../engine/contract.ts'
import type { DeskContracts } from '../../engine/desk.ts'
import type { ContractInput, FileFault, ImportPreview, ImportRow } from '../../engine/wireContracts.ts'
import { type ContractColumn, columnsOf } from './columns.ts'
import { changedFields, inputOf } from './fields.ts'
import { readRow } from './readRow.ts'
import { type Encoding, readTable } from './readTable.ts'

/** What a file would do to a desk's contracts. */
export type ImportPlan = {
  /** Tells whether two plans are the same. */
  readonly digest: string
  readonly encoding: Encoding
  readonly added: readonly ContractInput[]
  /** `reinstated`: it had been ended, and the file gives it another term. */
  readonly changed: readonly {
    readonly before: ContractRow
    readonly after: ContractInput
    readonly reinstated: boolean
  }[]
  readonly unchanged: number
  readonly rows: readonly ImportRow[]
}

export type Planned =
  | { readonly ok: true; readonly plan: ImportPlan }
  | { readonly ok: false; readonly fault: FileFault }

type Identity = Pick<ContractInput, 'bin' | 'number' | 'startsOn'>

/** By what a row and a contract are told to be the same: the number, else the BIN with the first day. */
const identityOf = ({ bin, number, startsOn }: Identity): string =>
  number === null ? `${bin} ${startsOn}` : `№ ${numberKey(number)}`

/** What the file has no column for stays as it was. */
function kept(
  input: ContractInput,
  before: ContractInput,
  columns: ReadonlyMap<ContractColumn, number>,
): ContractInput {
  const has = (column: ContractColumn) => columns.has(column)
  return {
    ...input,
    bin: has('bin') ? input.bin : before.bin,
    number: has('number') ? input.number : before.number,
    type: has('type') ? input.type : before.type,
    openLimit: has('openLimit') ? input.openLimit : before.openLimit,
    channels: has('channels') ? input.channels : before.channels,
    operatorId: has('operator') ? input.operatorId : before.operatorId,
  }
}

/**
 * Works out what a file would do to the contracts of a desk as they are; nothing is written. Each row is new, changed,
 * as it was, or wrong with every reason; a contract that is not in the file is left alone.
 */
export function planImport(
  bytes: Uint8Array,
  contracts: DeskContracts,
  existing: readonly ContractRow[],
  operators: ReadonlyMap<string, string>,
): Planned {
  const table = readTable(bytes)
  if (!table.ok) return table
  const columns = columnsOf(table.header)
  const complete =
    (columns.has('bin') || columns.has('number')) &&
    (columns.has('level') || columns.has('type')) &&
    (['organisation', 'startsOn', 'endsOn'] as const).every((column) => columns.has(column))
  if (!complete) return { ok: false, fault: 'noHeader' }

  const known = new Map(existing.map((row) => [identityOf(row), row]))
  const seen = new Set<string>()
  const met = new Set<string>()
  const added: ContractInput[] = []
  const changed: { before: ContractRow; after: ContractInput; reinstated: boolean }[] = []
  let unchanged = 0
  const rows: ImportRow[] = []
  const context = { contracts, encoding: table.encoding, operators }
  const shown = (cells: readonly string[], column: ContractColumn) => {
    const at = columns.get(column)
    return (at === undefined ? '' : (cells[at] ?? '')).slice(0, 200)
  }
  for (const { line, cells } of table.rows) {
    const read = readRow(cells, columns, context)
    const head = {
      line,
      number: shown(cells, 'number') || null,
      bin: shown(cells, 'bin') || null,
      organisation: shown(cells, 'organisation'),
    }
    if (!read.ok) {
      rows.push({ ...head, outcome: 'wrong', faults: read.faults })
      continue
    }
    const identity = identityOf(read.contract)
    if (seen.has(identity)) {
      rows.push({ ...head, outcome: 'wrong', faults: ['twice'] })
      continue
    }
    seen.add(identity)
    const unnumbered = { ...read.contract, number: null }
    const before = known.get(identity) ?? (read.contract.bin ? known.get(identityOf(unnumbered)) : undefined)
    if (!before || met.has(before.id)) {
      added.push(read.contract)
      rows.push({ ...head, outcome: 'new' })
      continue
    }
    met.add(before.id)
    const after = kept(read.contract, inputOf(before), columns)
    const fields = changedFields(inputOf(before), after)
    if (fields.length === 0) {
      unchanged++
      continue
    }
    const reinstated = before.endedOn !== null && fields.some(({ field }) => field === 'endsOn')
    changed.push({ before, after, reinstated })
    rows.push({
      ...head,
      outcome: 'changed',
      fields: reinstated ? [...fields, { field: 'endedOn', before: before.endedOn, after: null }] : fields,
    })
  }
  const deeds = { added, changed: changed.map(({ before, after }) => [before.id, before.version, after]) }
  return {
    ok: true,
    plan: {
      digest: createHash('sha256').update(JSON.stringify(deeds)).digest('base64url'),
      encoding: table.encoding,
      added,
      changed,
      unchanged,
      rows,
    },
  }
}

const mostRowsShown = 500
const weight = { wrong: 0, changed: 1, new: 2 } as const

/** A plan as it is shown before it is carried out. */
export const previewOf = ({
  digest,
  encoding,
  added,
  changed,
  unchanged,
  rows,
}: ImportPlan): ImportPreview => ({
  plan: digest,
  encoding,
  counts: {
    new: added.length,
    changed: changed.length,
    unchanged,
    wrong: rows.filter(({ outcome }) => outcome === 'wrong').length,
  },
  rows: [...rows]
    .sort((a, b) => weight[a.outcome] - weight[b.outcome] || a.line - b.line)
    .slice(0, mostRowsShown),
})
