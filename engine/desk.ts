import { z } from 'zod'
import type { Calendar } from './calendar.ts'
import { shiftsSchema, zoneSchema } from './calendarSchema.ts'
import type { Article } from './faq/article.ts'
import type { FaqIndex } from './faq/index.ts'
import type { Language } from './language.ts'

/** One text in every language of the product. */
export type Text = Readonly<Record<Language, string>>

const text = z.strictObject({ kk: z.string().min(1), ru: z.string().min(1) })
const id = z.string().regex(/^[a-z][a-zA-Z0-9-]*$/, 'a word of latin letters, digits and dashes')

/** What a person is asked for: who they are (identification) or what happened (request). */
const field = z.strictObject({
  id,
  kind: z.enum([
    'iin',
    'bin',
    'fullName',
    'organisation',
    'phone',
    'email',
    'contact',
    'text',
    'longText',
    'choice',
    'files',
  ]),
  label: text,
  question: text,
  example: text.optional(),
  required: z.boolean().default(true),
  /** What the button says that leaves an optional field empty. */
  skip: text.optional(),
  /** Asked only when this other field has been answered. */
  onlyWith: id.optional(),
  options: z.array(z.strictObject({ id, label: text })).optional(),
  maxLength: z.number().int().positive().max(10_000).default(4_000),
  /** How words begin by which a letter shows that it tells of this: it is not asked for again. */
  mentionedBy: z.array(z.string().min(2)).optional(),
})

/** How a request comes; `phone` and `letter` (on paper) are put down by an operator. */
export const channels = ['widget', 'telegram', 'email', 'phone', 'letter'] as const
export type Channel = (typeof channels)[number]

/** The channels on which what we say goes out by e-mail. */
export const isMailed = (channel: Channel): boolean =>
  channel === 'email' || channel === 'phone' || channel === 'letter'

export const levels = ['basic', 'vip'] as const
export type Level = (typeof levels)[number]

/** `low` is for requests that come without the contract their desk asks for. */
export const priorities = ['low', 'normal', 'urgent', 'immediate'] as const
export type Priority = (typeof priorities)[number]

/** Support contracts or certificates: by which the desk serves those who have one at their level. */
const contracts = z.strictObject({
  /** What the paper is called when visitors are told of it. */
  called: z.enum(['contract', 'certificate']),
  /** Whether a request without one has the lowest priority and waits in the general queue. */
  required: z.boolean(),
  /** The fields of the identification by which one is found; both may be given. */
  recognisedBy: z
    .strictObject({ bin: id.optional(), number: id.optional() })
    .refine(({ bin, number }) => bin !== undefined || number !== undefined, 'a bin or a number'),
  /** Fields that tell who knows the paper itself: only they are told how long it is good for. */
  confirmedBy: z.strictObject({ organisation: id.optional(), term: id.optional() }).default({}),
  /** The types there are, in the order they are offered; a type states its level and the limit of open requests. */
  types: z
    .array(
      z.strictObject({
        id,
        label: text,
        level: z.enum(levels),
        openLimit: z.number().int().positive().max(10_000).optional(),
      }),
    )
    .default([]),
})

const assignmentModes = ['manual', 'automatic'] as const

/** What a desk promises: the first answer of a person, the next one, the end of the request. */
export const metrics = ['firstResponse', 'nextResponse', 'resolution'] as const
export type Metric = (typeof metrics)[number]

const openSpan = z.union(
  [
    z.strictObject({ workingMinutes: z.number().int().positive() }),
    z.strictObject({ workingHours: z.number().positive() }),
    z.strictObject({ workingDays: z.number().int().positive() }),
  ],
  'an amount such as { workingMinutes: 15 }, { workingHours: 8 } or { workingDays: 2 }',
)

/** What the visitor may be waited for. */
const awaited = ['information', 'solution'] as const
export type Awaited = (typeof awaited)[number]

/** What a visitor may be told of by e-mail. */
const letterOccasions = [
  'registered',
  'taken',
  'asked',
  'solutionOffered',
  'passedOn',
  'postponed',
  'reminded',
  'declined',
  'closed',
  'closedUnanswered',
  'reopened',
] as const
export type LetterOccasion = (typeof letterOccasions)[number]

const slaPolicy = z.strictObject({
  metric: z.enum(metrics),
  within: openSpan,
  /** What it holds for; left out: for all. The first policy that fits counts. */
  channels: z.array(z.enum(channels)).min(1).optional(),
  levels: z.array(z.enum(levels)).min(1).optional(),
  priorities: z.array(z.enum(priorities)).min(1).optional(),
  /** Options of the request's field `type`. */
  types: z.array(id).min(1).optional(),
})
export type SlaPolicy = z.infer<typeof slaPolicy>

/** The shape of `desk.yaml`. A desk is data: everything that differs between desks is stated here. */
export const deskProfileSchema = z.strictObject({
  id,
  name: text,
  /** What the console's lists call it, where its name without the words that all share would not read well. */
  shortName: text.optional(),
  assistant: text,
  /** What the desk supports, as the greeting names it. */
  portal: z.strictObject({ name: text, url: z.url() }),
  zone: zoneSchema,
  /** Working hours by ISO weekday, 1 is Monday; a day that is left out is a day off. */
  hours: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), shiftsSchema),
  /** How conversations come to operators, and when they go back to the queue. */
  assignment: z
    .strictObject({
      /** `automatic`: operators who are online are given what waits; by hand they take in either mode. */
      mode: z.enum(assignmentModes),
      /** How many conversations at a time an operator is given, unless the team says otherwise of them. */
      capacity: z.number().int().min(1).max(50),
      /** A visitor's word that its operator leaves without an answer for so long goes back to the queue's top. */
      returnAfter: z.array(
        z.strictObject({
          channels: z.array(z.enum(channels)).min(1),
          within: openSpan,
        }),
      ),
      /** The same for an operator who has not been connected for so long; minutes by the clock. */
      awayMinutes: z.number().int().positive(),
    })
    .default({
      mode: 'manual',
      capacity: 4,
      returnAfter: [{ channels: ['widget', 'telegram'], within: { workingMinutes: 10 } }],
      awayMinutes: 5,
    }),
  /** What is promised, by metric, channel, level, request type and priority. */
  sla: z.array(slaPolicy).min(1),
  /** What happens when the visitor is waited for in vain; left out: nothing. */
  silence: z
    .strictObject({
      /** Answers to what: a question of the operator's, a solution they offered. */
      to: z.array(z.enum(awaited)).min(1),
      within: openSpan,
      /** When the visitor is reminded, counted from the same moment. */
      remindAfter: openSpan,
      /** `close`: the request ends by itself; `offerClose`: the operator may end it. */
      outcome: z.enum(['close', 'offerClose']),
    })
    .optional(),
  /** For how many days a visitor may reopen a request that is over; after that they make a new one from it. */
  reopenWithinDays: z.number().int().nonnegative(),
  identification: z.strictObject({ fields: z.array(field).min(1), purpose: text, refusable: z.boolean() }),
  request: z.strictObject({ fields: z.array(field).min(1) }),
  /** Left out where everybody is served alike. */
  contracts: contracts.optional(),
  attachments: z.strictObject({
    maxMegabytes: z.number().positive().max(50),
    types: z.array(z.string().regex(/^[a-z0-9]+$/)).min(1),
  }),
  /** What the desk does not do, said kindly, with where to go instead. */
  outOfScope: z.array(
    z.strictObject({
      id,
      /** What operators choose it by; the answer itself when left out. */
      label: text.optional(),
      answer: text,
      phrasings: z.array(z.string().min(3)).min(1),
    }),
  ),
  /** What visitors are told besides the conversation itself; left out: nothing. */
  notices: z
    .strictObject({
      /** To the address given in a field of the identification or the request (of the kind email or contact). */
      email: z.strictObject({ field: id, on: z.array(z.enum(letterOccasions)).min(1) }).optional(),
    })
    .optional(),
  contacts: z.strictObject({
    email: z.email().optional(),
    /** Where to complain about the desk's work: an address, or a page. */
    complaints: z.union([z.email(), z.url()]),
    phone: z.string().optional(),
  }),
  /** Whether the engine itself ends a conversation after a repeated insult. */
  endOnInsult: z.boolean(),
})

export type DeskProfile = z.infer<typeof deskProfileSchema>
export type DeskContracts = NonNullable<DeskProfile['contracts']>
export type DeskField = DeskProfile['identification']['fields'][number]

/** A desk ready for work: its profile, its FAQ with the search index, and its business calendar. */
export type Desk = DeskProfile & {
  readonly calendar: Calendar
  /** Of the calendar: raised by every change of it; 0 as long as there was none. */
  readonly calendarVersion: number
  readonly articles: ReadonlyMap<string, Article>
  readonly faq: FaqIndex
  /** The other desks of the installation: where their questions are pointed to. */
  readonly others: ReadonlyMap<string, Pick<DeskProfile, 'name' | 'portal' | 'identification' | 'request'>>
}

/** Every field a desk asks for, identification first. */
export const deskFields = (desk: Pick<DeskProfile, 'identification' | 'request'>): readonly DeskField[] => [
  ...desk.identification.fields,
  ...desk.request.fields,
]
