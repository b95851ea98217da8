import { say } from '../../locales/index.ts'

export const contractColumns = [
  'number',
  'bin',
  'organisation',
  'level',
  'type',
  'startsOn',
  'endsOn',
  'openLimit',
  'channels',
  'operator',
] as const
export type ContractColumn = (typeof contractColumns)[number]

/** Names that people give the columns, besides those of an exported file. */
const otherNames: Readonly<Record<ContractColumn, readonly string[]>> = {
  number: [
    'number',
    'номер договора',
    'номер сертификата',
    'шарт нөмірі',
    'сертификат нөмірі',
    '№',
    'contract',
  ],
  bin: ['bin', 'бин организации', 'ұйымның бсн', 'bsn'],
  organisation: [
    'organisation',
    'organization',
    'название',
    'клиент',
    'компания',
    'ұйым атауы',
    'ұйымның атауы',
  ],
  level: ['level', 'уровень обслуживания', 'қызмет көрсету деңгейі', 'деңгей'],
  type: ['type', 'тип сертификата', 'сертификат түрі', 'вид', 'түр'],
  startsOn: [
    'starts',
    'start',
    'from',
    'startson',
    'дата начала',
    'действует с',
    'басталатын күні',
    'с',
    'басталу күні',
  ],
  endsOn: [
    'ends',
    'end',
    'until',
    'to',
    'endson',
    'дата окончания',
    'действует до',
    'действует по',
    'соңғы күні',
    'до',
    'по',
    'аяқталу күні',
  ],
  openLimit: [
    'limit',
    'openlimit',
    'open limit',
    'лимит',
    'открытых обращений не больше',
    'шек',
    'өтініш шегі',
  ],
  channels: ['channels', 'channel', 'канал', 'арна'],
  operator: ['operator', 'оператор', 'e-mail оператора', 'бекітілген маман'],
}

const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s_*:.]+/gu, ' ')
    .trim()

const byName: ReadonlyMap<string, ContractColumn> = new Map(
  contractColumns.flatMap((column) =>
    [say.kk(`contract.column.${column}`), say.ru(`contract.column.${column}`), ...otherNames[column]].map(
      (name): [string, ContractColumn] => [plain(name), column],
    ),
  ),
)

/** Where each known column stands in a header; what is not known is left aside, the first of two counts. */
export function columnsOf(header: readonly string[]): ReadonlyMap<ContractColumn, number> {
  const found = new Map<ContractColumn, number>()
  for (const [at, name] of header.entries()) {
    const column = byName.get(plain(name))
    if (column !== undefined && !found.has(column)) found.set(column, at)
  }
  return found
}
