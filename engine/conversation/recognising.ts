import {
  bestContract,
  type ContractKeys,
  type FoundContract,
  limitOf,
  numberKey,
  organisationKey,
  type Weighed,
  withoutNumberLabel,
} from '../contract.ts'
import type { Channel, Desk, DeskContracts } from '../desk.ts'
import { readDay } from '../readDay.ts'
import type { Choice, Said } from './content.ts'
import type { ContractWish, Effect } from './effect.ts'
import type { ConversationEvent } from './event.ts'
import { localDayOf } from './localDay.ts'
import { choice, goBack, speak } from './say.ts'
import type { Conversation, Draft, Recognition } from './state.ts'
import type { Step } from './step.ts'

/** Stands in `asking` and `editing` while the visitor decides about a contract that is of no use; no field is called so. */
export const contractQuestion = 'contract?'

type Values = Draft['values']

/** By what the contract of a request is looked for; undefined when its visitor has named none. */
function contractKeys({ contracts }: Desk, values: Values): ContractKeys | undefined {
  const { bin, number } = contracts?.recognisedBy ?? {}
  const key = number === undefined ? undefined : numberKey(values[number] ?? '')
  const organisation = bin === undefined ? undefined : values[bin]
  return key === undefined && organisation === undefined
    ? undefined
    : { ...(organisation !== undefined && { bin: organisation }), ...(key !== undefined && { number: key }) }
}

const personal: readonly string[] = ['iin', 'email', 'phone', 'contact']

/** What the storage is to look for: the contract, and which of its open requests are the same person's. */
export function contractWish(desk: Desk, draft: Draft): ContractWish | undefined {
  const keys = draft.contract?.without ? undefined : contractKeys(desk, draft.values)
  if (!keys) return undefined
  const person = desk.identification.fields.flatMap(({ id, kind }) => {
    const value = draft.values[id]
    return personal.includes(kind) && value !== undefined ? [[id, value]] : []
  })
  return { keys, person: Object.fromEntries(person) }
}

/** How the visitor knows the contract: by their own words, never by what is recorded of it. */
function nameFor(contracts: DeskContracts, values: Values): string {
  const { bin, number } = contracts.recognisedBy
  const typed = number === undefined ? undefined : values[number]
  if (typed !== undefined) return `№ ${withoutNumberLabel(typed)}`
  const { organisation } = contracts.confirmedBy
  return (organisation && values[organisation]) || (bin && values[bin]) || ''
}

/**
 * Whether the visitor has the paper before them, and not only its number or a BIN, which anybody can look up: they
 * name the organisation, the end of the term, or both the number and the BIN as they are recorded.
 */
function knowsPaper({ contracts }: Desk, values: Values, { contract }: Weighed): boolean {
  const { recognisedBy, confirmedBy } = contracts ?? {}
  const said = (field: string | undefined) => (field === undefined ? undefined : values[field])
  const organisation = said(confirmedBy?.organisation)
  const term = said(confirmedBy?.term)
  return (
    (organisation !== undefined &&
      organisationKey(organisation) === organisationKey(contract.organisation)) ||
    (term !== undefined && readDay(term) === contract.endsOn) ||
    (contract.bin !== undefined &&
      said(recognisedBy?.bin) === contract.bin &&
      contract.number !== undefined &&
      numberKey(said(recognisedBy?.number) ?? '') === numberKey(contract.number))
  )
}

export type Weighing = {
  readonly found: readonly FoundContract[] | 'tooOften'
  readonly channel: Channel
  readonly at: string
}

/** The most useful contract found for a request at a moment. */
export const weigh = (desk: Desk, { found, channel, at }: Weighing): Weighed | undefined =>
  found === 'tooOften'
    ? undefined
    : bestContract(found, { today: localDayOf(desk, at), channel, types: desk.contracts?.types ?? [] })

/** What is to be told and remembered of the contract that a draft names; details only to who knows them already. */
export function recognise(desk: Desk, values: Values, keys: ContractKeys, weighing: Weighing): Recognition {
  if (weighing.found === 'tooOften') return { keys, verdict: 'tooOften' }
  const best = weigh(desk, weighing)
  if (!best) return { keys, verdict: 'notFound' }
  const { worth, contract, open, own } = best
  const knows = knowsPaper(desk, values, best)
  // a BIN can be looked up by anybody: it alone opens nothing of the contract
  const limit =
    knows || keys.number !== undefined ? limitOf(contract, desk.contracts?.types ?? []) : undefined
  const day = worth.verdict === 'valid' ? contract.endsOn : 'day' in worth ? worth.day : undefined
  return {
    keys,
    verdict: worth.verdict,
    ...(worth.verdict === 'valid' && contract.level === 'vip' && { vip: true }),
    ...(knows && day !== undefined && { day }),
    ...(worth.verdict === 'limitReached' && { open: worth.open, own }),
    ...(worth.verdict === 'valid' && limit !== undefined && { open, limit }),
  }
}

/** Whether the visitor is asked what to do about it: where they can correct it, or where a request has to wait. */
function isAsked({ required }: DeskContracts, { verdict, keys, without }: Recognition): boolean {
  if (without || verdict === 'valid' || verdict === 'tooOften') return false
  return verdict === 'limitReached' || required || keys.number !== undefined
}

/** The verdict by itself. A BIN that no contract is kept for is nothing to speak of: most have none. */
function verdictWords(contracts: DeskContracts, values: Values, recognition: Recognition): readonly Said[] {
  const { called, required } = contracts
  const { verdict, day, vip, keys, open = 0, limit, own = [] } = recognition
  const name = nameFor(contracts, values)
  switch (verdict) {
    case 'valid': {
      const key = vip ? 'vip' : 'valid'
      return [
        day === undefined
          ? { key: `${called}.${key}`, params: { name } }
          : { key: `${called}.${key}Until`, params: { name, day } },
        ...(limit === undefined ? [] : [{ key: 'contract.places' as const, params: { open, limit } }]),
      ]
    }
    case 'expired':
    case 'notYetValid':
      return day === undefined
        ? [{ key: `${called}.${verdict}`, params: { name } }]
        : [{ key: `${called}.${verdict}On`, params: { name, day } }]
    case 'limitReached':
      return [
        { key: `${called}.limitReached`, params: { name, count: open } },
        ...(own.length > 0
          ? [
              {
                key: 'contract.own' as const,
                params: { numbers: own.map((number) => `№ ${number}`).join(', ') },
              },
            ]
          : []),
      ]
    case 'notFound':
      return required || keys.number !== undefined ? [{ key: `${called}.notFound`, params: { name } }] : []
    default:
      return [{ key: `${called}.${verdict}`, params: { name } }]
  }
}

/** How a request without a contract that can be used is served. */
const unservedWords = ({ called, required }: DeskContracts): Said => ({
  key: `${called}.${required ? 'without' : 'usual'}`,
})

/** What the visitor is told of how their request will be served. Empty where there is nothing to say. */
export function contractWords(desk: Desk, { values, contract: recognition }: Draft): readonly Said[] {
  const { contracts } = desk
  if (!contracts) return []
  const unserved = unservedWords(contracts)
  if (!recognition) return contracts.required ? [unserved] : []
  if (recognition.without) return [unserved]
  const said = verdictWords(contracts, values, recognition)
  return recognition.verdict === 'valid' || said.length === 0 ? said : [...said, unserved]
}

/** The question about a contract that is of no use: correct it, or go on without it. */
export function askAboutContract(desk: Desk, draft: Draft, lead: readonly Said[] = []): Effect {
  const { contracts } = desk
  const recognition = draft.contract
  if (!contracts || !recognition) throw new Error('there is no contract to ask about')
  const { recognisedBy, called } = contracts
  const field = recognition.keys.number !== undefined ? recognisedBy.number : recognisedBy.bin
  const choices: Choice[] = [
    ...(field ? [{ id: `edit:${field}` as const, label: { editing: field } }] : []),
    choice(
      'withoutContract',
      called === 'certificate' ? 'choice.withoutCertificate' : 'choice.withoutContract',
    ),
    goBack,
  ]
  return speak([...lead, ...verdictWords(contracts, draft.values, recognition), unservedWords(contracts)], {
    ask: { key: `${called}.choose` },
    choices,
  })
}

const sameKeys = (a: ContractKeys, b: ContractKeys): boolean => a.bin === b.bin && a.number === b.number

/** What is known of a draft's contract goes when the visitor names another one, or none. */
function current(desk: Desk, draft: Draft): Draft {
  const keys = contractKeys(desk, draft.values)
  if (!draft.contract || (keys && sameKeys(draft.contract.keys, keys))) return draft
  const { contract: _, ...rest } = draft
  return rest
}

/**
 * Finds out about the contract that the draft names, once for each, and goes on; a contract that is of no use is
 * asked about first. The storage is asked by the effect `needContracts`, and the event is given again with what it
 * has found.
 */
export function withContract(
  desk: Desk,
  state: Conversation,
  before: Draft,
  event: ConversationEvent,
  next: { readonly ask: (draft: Draft) => Step; readonly go: (draft: Draft) => Step },
): Step {
  const draft = current(desk, before)
  const wish = contractWish(desk, draft)
  if (!desk.contracts || !wish || draft.consent === 'refused') return next.go(draft)
  if (!draft.contract && !event.contracts) return [state, [{ type: 'needContracts', wish }]]
  const recognition =
    draft.contract ??
    recognise(desk, draft.values, wish.keys, {
      found: event.contracts ?? [],
      channel: state.channel,
      at: event.at,
    })
  const known = { ...draft, contract: recognition }
  return isAsked(desk.contracts, recognition) ? next.ask(known) : next.go(known)
}

/**
 * The draft as it stands at registration, when its contract has become of less use than the visitor was told:
 * they are to be asked before it is sent. Undefined when it can be sent.
 */
export function changedMeanwhile(
  desk: Desk,
  channel: Channel,
  draft: Draft,
  event: ConversationEvent,
): Draft | undefined {
  const wish = contractWish(desk, draft)
  if (!desk.contracts || !wish || !event.registration) return undefined
  const recognition = recognise(desk, draft.values, wish.keys, {
    found: event.registration.contracts ?? [],
    channel,
    at: event.at,
  })
  return isAsked(desk.contracts, recognition) && recognition.verdict !== draft.contract?.verdict
    ? { ...draft, contract: recognition }
    : undefined
}

const without =
  /^\s*(без(?!\p{L}).*|нет( сертификата| договора)?|дальше|продолжить.*|жоқ|жок|сертификатсыз.*|шартсыз.*|онсыз.*|әрі қарай|жалғастыр.*)[\s.!]*$/iu

/** Whether words answer the question: to go on without a contract. */
export const meansWithout = (text: string): boolean => without.test(text)

/** The draft of a visitor who goes on without their contract. */
export const withoutContract = (draft: Draft): Draft =>
  draft.contract ? { ...draft, contract: { ...draft.contract, without: true } } : draft
