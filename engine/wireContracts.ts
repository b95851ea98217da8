import { z } from 'zod'
import { numberKey, type Term } from './contract.ts'
import type { Instant, LocalDay } from './conversation/instant.ts'
import { type Channel, channels, type Level, levels } from './desk.ts'
import { parseField } from './identity/index.ts'

/* ───────────── contracts in the console: HTTP, under /api/console/contracts ───────────── */

/** What can be done to a contract. */
export const contractActs = ['added', 'changed', 'ended', 'reinstated', 'imported'] as const
export type ContractAct = (typeof contractActs)[number]

const deskId = z.string().max(32)
const empty = z.literal('').transform(() => null)
const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed().replace(/\s+/gu, ' ').trim()
const day = z.iso.date().regex(/^(19|20)/)

const shape = {
  bin: z.union([
    z.null(),
    empty,
    z
      .string()
      .max(40)
      .transform((typed, ctx) => {
        const parsed = parseField('bin', typed)
        if (parsed.ok) return parsed.value
        ctx.addIssue({ code: 'custom', message: parsed.refusal })
        return z.NEVER
      }),
  ]),
  number: z.union([
    z.null(),
    empty,
    z
      .string()
      .max(100)
      .transform(clean)
      .refine((typed) => numberKey(typed) !== undefined),
  ]),
  organisation: z.string().max(1_000).transform(clean).pipe(z.string().min(2).max(200)),
  level: z.enum(levels),
  type: z.union([z.null(), empty, z.string().max(40)]),
  startsOn: day,
  endsOn: day,
  openLimit: z.number().int().positive().max(10_000).nullable(),
  channels: z.array(z.enum(channels)).min(1).nullable(),
  operatorId: z.union([z.null(), empty, z.uuid()]),
}

type Identified = { readonly bin: string | null; readonly number: string | null }
const isIdentified = ({ bin, number }: Identified) => bin !== null || number !== null
type Termed = { readonly startsOn: string; readonly endsOn: string }
const isInOrder = ({ startsOn, endsOn }: Termed) => startsOn <= endsOn

/** A contract as it is filled in; null is left out. At least a BIN or a number is needed, and the term in order. */
export const contractInputSchema = z
  .strictObject(shape)
  .refine(isIdentified, { path: ['number'] })
  .refine(isInOrder, { path: ['endsOn'] })
export type ContractInput = z.infer<typeof contractInputSchema>

/** What the console knows of how a desk works with contracts. */
export type WireDeskContracts = {
  readonly recognisedBy: { readonly bin: boolean; readonly number: boolean }
  readonly required: boolean
  readonly types: readonly {
    readonly id: string
    readonly label: string
    readonly level: Level
    readonly openLimit: number | null
  }[]
}

const contractStates = ['current', 'expiring', 'over', 'all'] as const
/** `current`: not over; `expiring`: not over, and over within thirty days. */
export type ContractState = (typeof contractStates)[number]
export const expiringDays = 30

export const contractQuerySchema = z.object({
  desk: deskId,
  state: z.enum(contractStates).default('current'),
  q: z.string().max(200).default(''),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})
export type ContractQuery = z.infer<typeof contractQuerySchema>

/** What an operator looks a contract up by: enough of it that the list cannot be leafed through. */
export const contractSearchSchema = z.object({ desk: deskId, q: z.string().trim().min(3).max(200) })

export type WireContract = {
  readonly id: string
  readonly desk: string
  readonly bin: string | null
  readonly number: string | null
  readonly organisation: string
  readonly level: Level
  readonly type: string | null
  readonly startsOn: LocalDay
  readonly endsOn: LocalDay
  readonly endedOn: LocalDay | null
  readonly openLimit: number | null
  readonly channels: readonly Channel[] | null
  readonly operatorId: string | null
  readonly version: number
  /** Where today, where the desk is, lies in its term. */
  readonly term: Term
  /** How many of its requests are open, and how many may be (its own limit or its type's; null: any number). */
  readonly open: number
  readonly limit: number | null
}

export type ContractPage = {
  readonly contracts: readonly WireContract[]
  /** How many there are in all that fit. */
  readonly total: number
}

export type WireContractChange = {
  readonly at: Instant
  readonly operator: string
  readonly act: ContractAct
  /** The fields that are not as before, with both values; empty for a new one. */
  readonly fields: readonly {
    readonly field: keyof ContractInput | 'endedOn'
    readonly before: string | null
    readonly after: string | null
  }[]
}

/** What is wrong with a line of a file. */
export type ImportFault =
  | 'noNumber'
  | 'bin'
  | 'binRounded'
  | 'number'
  | 'organisation'
  | 'lostLetters'
  | 'level'
  | 'type'
  | 'startsOn'
  | 'endsOn'
  | 'term'
  | 'openLimit'
  | 'channels'
  | 'operator'
  | 'twice'
  | 'columns'

export type ImportRow = {
  /** The line of the file on which it begins, the header being 1. */
  readonly line: number
  readonly number: string | null
  readonly bin: string | null
  readonly organisation: string
} & (
  | { readonly outcome: 'new' }
  | { readonly outcome: 'changed'; readonly fields: WireContractChange['fields'] }
  | { readonly outcome: 'wrong'; readonly faults: readonly ImportFault[] }
)

/** What a file would do; nothing has been written. */
export type ImportPreview = {
  /** Given back to carry it out: the same file on the same contracts leads to the same plan. */
  readonly plan: string
  readonly encoding: 'utf-8' | 'windows-1251' | 'utf-16'
  readonly counts: Readonly<Record<'new' | 'changed' | 'unchanged' | 'wrong', number>>
  /** The first of them, wrong ones before changed ones before new ones. */
  readonly rows: readonly ImportRow[]
}

/** Why a file cannot be read at all. */
export type FileFault = 'empty' | 'noHeader' | 'tooManyRows' | 'unreadable'

export type ImportDone = { readonly added: number; readonly changed: number }

export const importQuerySchema = z.object({ desk: deskId, plan: z.string().max(100).optional() })
export const versionSchema = z.strictObject({ version: z.number().int().positive() })
/** A contract as it is to be, with the version it was when it was looked at. */
export const changedContractSchema = z
  .strictObject({ ...shape, version: z.number().int().positive() })
  .refine(isIdentified, { path: ['number'] })
  .refine(isInOrder, { path: ['endsOn'] })
