import type { LocalDay } from '../../engine/conversation/instant.ts'
import type { WireContract } from '../../engine/wireContracts.ts'
import type { Words } from '../words.ts'

/** A local day as it stands in papers: `31.12.2026`. */
export const paperDay = (day: LocalDay): string => day.split('-').reverse().join('.')

const dayLength = 86_400_000
/** A contract that ends within so many days is told apart. */
const soonDays = 30

/** How many days are left of a term after today; 0 on its last day, negative once it is over. */
export const daysLeft = (endsOn: LocalDay, today: LocalDay): number =>
  Math.round((Date.parse(endsOn) - Date.parse(today)) / dayLength)

export type TermNote = { readonly text: string; readonly tone: 'plain' | 'warning' | 'danger' }

/** What is worth saying of a contract's term beside its days; undefined while all is well. */
export function termNote(
  { term, startsOn, endsOn, endedOn }: WireContract,
  today: LocalDay,
  words: Words,
): TermNote | undefined {
  if (term === 'over')
    return {
      tone: 'danger',
      text: words(endedOn !== null && endedOn <= endsOn ? 'contract.ended' : 'contract.over'),
    }
  if (term === 'upcoming') return { tone: 'plain', text: words('contract.from', { day: paperDay(startsOn) }) }
  const left = daysLeft(endsOn, today)
  if (left > soonDays) return undefined
  return {
    tone: 'warning',
    text: left === 0 ? words('contract.lastDay') : words('contract.left', { count: left }),
  }
}
