import type { LocalDay } from './conversation/instant.ts'
import type { Channel, Level } from './desk.ts'
import { parseField } from './identity/index.ts'

/**
 * A support contract or certificate: by it an organisation is served at a level, for a term, by some channels, with
 * so many requests at a time (edoc regulation, §3; cryptopro guide, §4 and §5).
 */
export type Contract = {
  readonly id: string
  readonly desk: string
  /** The organisation's, as twelve digits. */
  readonly bin?: string
  /** As it is written on the paper; `numberKey` tells whether two are the same. */
  readonly number?: string
  readonly organisation: string
  readonly level: Level
  /** One of the desk's types of contracts. */
  readonly type?: string
  /** The first and the last day of the term. */
  readonly startsOn: LocalDay
  readonly endsOn: LocalDay
  /** The day on which it was ended before its term; it is of no use from that day on. */
  readonly endedOn?: LocalDay
  /** How many of its requests may be open at a time; its type's limit when left out. */
  readonly openLimit?: number
  /** The channels it is good for; every one when left out. */
  readonly channels?: readonly Channel[]
  /** The operator assigned to the organisation. */
  readonly operatorId?: string
}

/** What a desk's profile says of a type of contracts. */
export type ContractType = { readonly id: string; readonly openLimit?: number | undefined }

/** Where and when a request is made, and how many others of the same contract are open. */
export type Occasion = {
  readonly today: LocalDay
  readonly channel: Channel
  readonly open: number
  readonly types: readonly ContractType[]
}

/** What a contract is worth for a request. */
export type Worth =
  | { readonly verdict: 'valid' }
  | { readonly verdict: 'limitReached'; readonly limit: number; readonly open: number }
  | { readonly verdict: 'wrongChannel' }
  | { readonly verdict: 'notYetValid'; readonly day: LocalDay }
  /** `day`: the last day of the term, or the day on which it was ended. */
  | { readonly verdict: 'expired'; readonly day: LocalDay }

export type Verdict = Worth['verdict']

/** From the most to the least useful. */
const order: readonly Verdict[] = ['valid', 'limitReached', 'wrongChannel', 'notYetValid', 'expired']

/** How many of a contract's requests may be open at a time: its own limit, else its type's, else any number. */
export const limitOf = (contract: Contract, types: readonly ContractType[]): number | undefined =>
  contract.openLimit ?? types.find(({ id }) => id === contract.type)?.openLimit

export type Term = 'upcoming' | 'current' | 'over'

/** Where a day lies in a contract's term, whose both ends belong to it. */
export function termOn({ startsOn, endsOn, endedOn }: Contract, today: LocalDay): Term {
  if (today > endsOn || (endedOn !== undefined && today >= endedOn)) return 'over'
  return today < startsOn ? 'upcoming' : 'current'
}

/** The day on which a contract's term ends or was ended. */
export const lastDay = ({ endsOn, endedOn }: Contract): LocalDay =>
  endedOn !== undefined && endedOn < endsOn ? endedOn : endsOn

/** What a contract is worth for one more request. */
export function worthOf(contract: Contract, { today, channel, open, types }: Occasion): Worth {
  const term = termOn(contract, today)
  if (term === 'over') return { verdict: 'expired', day: lastDay(contract) }
  if (term === 'upcoming') return { verdict: 'notYetValid', day: contract.startsOn }
  if (contract.channels && !contract.channels.includes(channel)) return { verdict: 'wrongChannel' }
  const limit = limitOf(contract, types)
  if (limit !== undefined && open >= limit) return { verdict: 'limitReached', limit, open }
  return { verdict: 'valid' }
}

/** A contract found in the store, with the requests of it that are open. */
export type FoundContract = {
  readonly contract: Contract
  readonly open: number
  /** Those of the open requests that the same person has made, by number. */
  readonly own: readonly number[]
}

/** A found contract with its worth. */
export type Weighed = FoundContract & { readonly worth: Worth }

const weightOf = ({ worth, contract }: Weighed): number =>
  order.indexOf(worth.verdict) * 2 + (contract.level === 'vip' ? 0 : 1)

/**
 * The most useful of the contracts found for one request: one that can be used before one that cannot, VIP before
 * basic, the longer term before the shorter. Undefined when none was found. The order of `found` changes nothing.
 */
export function bestContract(
  found: readonly FoundContract[],
  occasion: Omit<Occasion, 'open'>,
): Weighed | undefined {
  return found
    .map((one): Weighed => ({ ...one, worth: worthOf(one.contract, { ...occasion, open: one.open }) }))
    .sort(
      (a, b) =>
        weightOf(a) - weightOf(b) ||
        (lastDay(a.contract) > lastDay(b.contract)
          ? -1
          : lastDay(a.contract) < lastDay(b.contract)
            ? 1
            : 0) ||
        (a.contract.id < b.contract.id ? -1 : 1),
    )[0]
}

/** By what a contract is looked for. */
export type ContractKeys = { readonly bin?: string; readonly number?: string }

/** Letters that look the same in both alphabets, by their Cyrillic form. */
const lookAlikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  Ё: 'E',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  Н: 'H',
  Һ: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Ѕ: 'S',
  Т: 'T',
  У: 'Y',
  Ү: 'Y',
  Х: 'X',
}

const folded = (text: string): string => [...text].map((letter) => lookAlikes[letter] ?? letter).join('')

/** What people put before a number: "сертификат №", "договор", "шарт нөмірі:". */
const label =
  /^(?:(?:сертификат|договор|контракт|шарт|номер|нөмір|certificate|contract|number)\p{L}*(?=[\s:№#])|№|#|no?\.|[\s:])+/iu

/** A number as it was typed, without "№" and the like before it. */
export const withoutNumberLabel = (typed: string): string => typed.normalize('NFC').trim().replace(label, '')

/**
 * By what two numbers of contracts are told to be the same: without labels, spaces, dashes and other signs, in
 * capital letters, Cyrillic letters that look Latin as Latin ones. Undefined when nothing is left.
 */
export function numberKey(typed: string): string | undefined {
  const plain = withoutNumberLabel(typed).normalize('NFKC').toUpperCase()
  const key = folded(plain.replace(/[^\p{L}\p{N}]/gu, ''))
  return key === '' ? undefined : key
}

/** By what two names of organisations are told to be the same: legal form, quotes, case and look-alikes aside. */
export function organisationKey(name: string): string {
  const parsed = parseField('organisation', name)
  const whole = parsed.ok ? parsed.value : name
  const proper = /«(.+)»/u.exec(whole)?.[1] ?? whole
  return folded(
    proper
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  )
}
