import type { LocalDay } from '../../engine/conversation/instant.ts'
import type { ContractInput, WireContract, WireDeskContracts } from '../../engine/wireContracts.ts'

/** A contract as it stands in its window, every field as it is typed. */
export type ContractForm = {
  readonly organisation: string
  readonly number: string
  readonly bin: string
  readonly type: string
  readonly level: ContractInput['level']
  readonly startsOn: string
  readonly endsOn: string
  readonly openLimit: string
  readonly channels: readonly NonNullable<ContractInput['channels']>[number][]
  readonly operatorId: string
}

/** The day before the same day of the next year: a term of one year. */
function yearFrom(day: LocalDay): LocalDay {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCFullYear(next.getUTCFullYear() + 1)
  next.setUTCDate(next.getUTCDate() - 1)
  return next.toISOString().slice(0, 10)
}

/** A new contract, for a year from today, of the desk's first type. */
export function newForm({ types }: WireDeskContracts, today: LocalDay): ContractForm {
  const [first] = types
  return {
    organisation: '',
    number: '',
    bin: '',
    type: first?.id ?? '',
    level: first?.level ?? 'basic',
    startsOn: today,
    endsOn: yearFrom(today),
    openLimit: '',
    channels: [],
    operatorId: '',
  }
}

export const formOf = (contract: WireContract): ContractForm => ({
  organisation: contract.organisation,
  number: contract.number ?? '',
  bin: contract.bin ?? '',
  type: contract.type ?? '',
  level: contract.level,
  startsOn: contract.startsOn,
  endsOn: contract.endsOn,
  openLimit: contract.openLimit === null ? '' : String(contract.openLimit),
  channels: contract.channels ?? [],
  operatorId: contract.operatorId ?? '',
})

/** What is sent of a form: what was left empty is null. A limit that is no number is sent as it is not: 0, which is refused. */
export const inputOf = (form: ContractForm): ContractInput => ({
  organisation: form.organisation.trim(),
  number: form.number.trim() || null,
  bin: form.bin.trim() || null,
  type: form.type || null,
  level: form.level,
  startsOn: form.startsOn,
  endsOn: form.endsOn,
  openLimit:
    form.openLimit.trim() === '' ? null : /^\d+$/.test(form.openLimit.trim()) ? Number(form.openLimit) : 0,
  channels: form.channels.length === 0 ? null : [...form.channels],
  operatorId: form.operatorId || null,
})
