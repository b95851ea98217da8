import { numberKey } from '../../engine/contract.ts'
import { type Channel, channels, type DeskContracts, type Level } from '../../engine/desk.ts'
import { parseField } from '../../engine/identity/index.ts'
import { readDay } from '../../engine/readDay.ts'
import { type ContractInput, contractInputSchema, type ImportFault } from '../../engine/wireContracts.ts'
import type { ContractColumn } from './columns.ts'
import type { Encoding } from './readTable.ts'

export type RowContext = {
  readonly contracts: DeskContracts
  readonly encoding: Encoding
  /** Who works for the desk, by e-mail and by name, in small letters. */
  readonly operators: ReadonlyMap<string, string>
}

export type ReadRow =
  | { readonly ok: true; readonly contract: ContractInput }
  | { readonly ok: false; readonly faults: readonly ImportFault[] }

const plain = (cell: string) => cell.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').trim()

const levelNames: Readonly<Record<string, Level>> = {
  vip: 'vip',
  'vip service': 'vip',
  вип: 'vip',
  basic: 'basic',
  базовый: 'basic',
  базовая: 'basic',
  базалық: 'basic',
  негізгі: 'basic',
}

const channelNames: Readonly<Record<string, Channel>> = {
  widget: 'widget',
  chat: 'widget',
  чат: 'widget',
  портал: 'widget',
  'чат на портале': 'widget',
  'порталдағы чат': 'widget',
  telegram: 'telegram',
  телеграм: 'telegram',
  email: 'email',
  'e-mail': 'email',
  почта: 'email',
  пошта: 'email',
  'электронная почта': 'email',
  'электрондық пошта': 'email',
  phone: 'phone',
  телефон: 'phone',
  letter: 'letter',
  письмо: 'letter',
  'официальное письмо': 'letter',
  хат: 'letter',
  'ресми хат': 'letter',
}

/** A BIN that lost its leading zeros in a spreadsheet gets them back where the check digit agrees. */
function readBin(cell: string): string | undefined {
  const typed = /^\d{9,11}$/.test(cell) ? cell.padStart(12, '0') : cell
  const parsed = parseField('bin', typed)
  return parsed.ok ? parsed.value : undefined
}

/** A number that a spreadsheet has rounded: its digits are lost (9,90140E+11). */
const rounded = /^\d([.,]\d+E\+?|E\+)\d+$/i

/** An apostrophe that an exported file puts before what looks like a formula. */
const unguarded = (cell: string) => cell.replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')

/** Reads one row; everything that is wrong with it comes back together. */
export function readRow(
  cells: readonly string[],
  columns: ReadonlyMap<ContractColumn, number>,
  { contracts, encoding, operators }: RowContext,
): ReadRow {
  const faults: ImportFault[] = []
  const cellOf = (column: ContractColumn): string => {
    const at = columns.get(column)
    return unguarded((at === undefined ? '' : (cells[at] ?? '')).replaceAll('\u00A0', ' ').trim())
  }
  /** Reads a cell that is not empty; what cannot be read is a fault. */
  function read<T>(
    column: ContractColumn,
    take: (cell: string) => T | undefined,
    fault: ImportFault,
  ): T | null {
    const cell = cellOf(column)
    if (cell === '') return null
    const value = take(cell)
    if (value !== undefined) return value
    faults.push(fault)
    return null
  }
  const needed = <T>(value: T | null, fault: ImportFault): T | null => {
    if (value === null && !faults.includes(fault)) faults.push(fault)
    return value
  }

  const bin = read('bin', readBin, rounded.test(cellOf('bin')) ? 'binRounded' : 'bin')
  const number = read(
    'number',
    (cell) => (numberKey(cell) === undefined || cell.length > 100 || rounded.test(cell) ? undefined : cell),
    rounded.test(cellOf('number')) ? 'binRounded' : 'number',
  )
  if (cellOf('bin') === '' && cellOf('number') === '') faults.push('noNumber')
  const organisation = needed(
    read('organisation', (cell) => (cell.length < 2 || cell.length > 200 ? undefined : cell), 'organisation'),
    'organisation',
  )
  // Windows-1251 has no Kazakh letters: a spreadsheet puts question marks in their place
  if (encoding === 'windows-1251' && organisation && /\p{L}\?|\?\p{L}/u.test(organisation))
    faults.push('lostLetters')
  const type = read(
    'type',
    (cell) =>
      contracts.types.find(({ id, label }) =>
        [id, label.kk, label.ru].some((name) => plain(name) === plain(cell)),
      ),
    'type',
  )
  const level = needed(
    read('level', (cell) => levelNames[plain(cell)], 'level') ?? type?.level ?? null,
    'level',
  )
  const startsOn = needed(read('startsOn', readDay, 'startsOn'), 'startsOn')
  const endsOn = needed(read('endsOn', readDay, 'endsOn'), 'endsOn')
  if (startsOn && endsOn && startsOn > endsOn) faults.push('term')
  const openLimit = read(
    'openLimit',
    (cell) =>
      /^\d{1,5}$/.test(cell) && Number(cell) >= 1 && Number(cell) <= 10_000 ? Number(cell) : undefined,
    'openLimit',
  )
  const allowed = read(
    'channels',
    (cell) => {
      const named = cell.split(/[,;/|+]/).map((name) => channelNames[plain(name)])
      return named.includes(undefined) ? undefined : channels.filter((channel) => named.includes(channel))
    },
    'channels',
  )
  const operatorId = read('operator', (cell) => operators.get(plain(cell)), 'operator')
  if (faults.length > 0 || !organisation || !level || !startsOn || !endsOn) return { ok: false, faults }
  return {
    ok: true,
    contract: contractInputSchema.parse({
      bin,
      number,
      organisation,
      level,
      type: type?.id ?? null,
      startsOn,
      endsOn,
      openLimit,
      channels: allowed,
      operatorId,
    }),
  }
}
