import type { WireDesk } from '../../engine/wireConsole.ts'
import type { WireContractChange } from '../../engine/wireContracts.ts'
import type { Words } from '../words.ts'
import { paperDay } from './contractTerm.ts'
import { channels } from './deskKinds.ts'

type Field = WireContractChange['fields'][number]

/** A change of one field of a contract as people read it: `Уровень: Базовый → VIP`. */
export function changeWords({ field, before, after }: Field, desk: WireDesk, words: Words): string {
  const shown = (value: string | null): string => {
    if (value === null) return words('contract.empty')
    if (field === 'startsOn' || field === 'endsOn' || field === 'endedOn') return paperDay(value)
    if (field === 'level') return words(value === 'vip' ? 'level.vip' : 'level.basic')
    if (field === 'type') return desk.contracts?.types.find(({ id }) => id === value)?.label ?? value
    if (field === 'channels')
      return value
        .split(', ')
        .map((name) => {
          const channel = channels.find((one) => one === name)
          return channel ? words(`channel.${channel}`) : name
        })
        .join(', ')
    return value
  }
  return words('contract.change', {
    field: words(`contract.${field}`),
    before: shown(before),
    after: shown(after),
  })
}
