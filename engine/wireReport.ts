import { z } from 'zod'
import { channels, levels } from './desk.ts'
import type { Language } from './language.ts'
import { maxReportDays } from './limits.ts'

const reportDay = z.iso.date().regex(/^20/)
const unset = z.literal('').transform(() => undefined)

/** A report's period, first and last local day, and what it is narrowed to; an empty filter is none. */
export const reportQuerySchema = z
  .object({
    from: reportDay,
    to: reportDay,
    desk: z.union([unset, z.string().max(32)]).optional(),
    channel: z.union([unset, z.enum(channels)]).optional(),
    operator: z.union([unset, z.uuid()]).optional(),
    level: z.union([unset, z.enum(levels)]).optional(),
  })
  .refine(
    ({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < maxReportDays * 24 * 60 * 60 * 1_000,
  )
export type ReportQuery = z.infer<typeof reportQuerySchema>

/** Tickets by how a promise went; one that is overdue counts as breached, kept or not. */
export type PromiseCounts = {
  readonly met: number
  readonly breached: number
  /** Not answered, and there is still time. */
  readonly open: number
}

/** Within this amount at least half, and at least nine tenths, of what was measured came; null: nothing was. */
export type Spread = { readonly median: number | null; readonly p90: number | null }

/** The tickets that were registered on one local day, and how many of them are resolved by now. */
export type ReportDay = PromiseCounts & {
  readonly on: string
  readonly registered: number
  readonly resolved: number
}

/** Of the conversations that began in the period: those in which the visitor did anything. */
export type Deflection = {
  readonly begun: number
  readonly withArticle: number
  readonly articlesShown: number
  readonly helped: number
  readonly toPerson: number
  /** Of the questions that were put to the assistant in the period. */
  readonly questions: QuestionCounts
  /** Every article that was offered, the most often first. */
  readonly articles: readonly ArticleUse[]
}

/** What came of questions: an article was offered for them, opened, helped; a person was asked for anyway. */
export type QuestionCounts = {
  readonly asked: number
  readonly offered: number
  readonly opened: number
  readonly helped: number
  readonly toPerson: number
}

/** For how many questions an article was offered, opened, and what came then. */
export type ArticleUse = {
  readonly desk: string
  readonly id: string
  /** Null in a language that it is not written in. */
  readonly titles: Readonly<Record<Language, string | null>>
  readonly offered: number
  readonly opened: number
  readonly helped: number
  readonly notHelped: number
  readonly toPerson: number
}

/** What became of the tickets that were registered in a period. */
export type Report = {
  readonly from: string
  readonly to: string
  readonly registered: number
  readonly firstResponse: PromiseCounts & { readonly workingMinutes: Spread }
  /** The promise of the end, of the tickets whose desk makes one; `resolved` counts them all. */
  readonly resolution: PromiseCounts & { readonly resolved: number; readonly workingHours: Spread }
  readonly satisfaction: {
    /** Tickets whose visitor was asked to rate. */
    readonly asked: number
    readonly rated: number
    readonly average: number | null
    /** How many gave one star, two, … five. */
    readonly stars: readonly number[]
  }
  readonly days: readonly ReportDay[]
  /** Registrations by local time: seven days, Monday first, of 24 hours. */
  readonly hours: readonly (readonly number[])[]
  /** Null when the report is narrowed to an operator or a level: the assistant's conversations have neither. */
  readonly deflection: Deflection | null
}
