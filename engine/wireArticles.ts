import { z } from 'zod'
import type { Instant } from './conversation/instant.ts'
import type { ArticleContent } from './faq/articleContent.ts'
import type { ArticleAct, ArticleStage } from './faq/keptArticle.ts'
import { type Language, languages } from './language.ts'
import { maxBodyLength, maxPhrasingLength, maxPhrasings, maxTitleLength } from './limits.ts'

/* ───────────── editing a desk's articles in the console ───────────── */

const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed()
const words = (max: number) => z.string().max(max).transform(clean)

const articleText = z
  .strictObject({
    title: words(maxTitleLength),
    phrasings: z.array(words(maxPhrasingLength)).max(maxPhrasings).readonly(),
    body: words(maxBodyLength),
  })
  .nullable()

const articleContentSchema = z.strictObject({ kk: articleText, ru: articleText })

/** The version that whoever changes the article has seen. */
const version = z.number().int().positive()

/** What a supervisor does to an article. */
export const articleEditSchema = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.enum(['save', 'publish']),
    version,
    content: articleContentSchema,
    /** Both languages say the same, although only one was changed. */
    translationFits: z.boolean().optional(),
  }),
  z.strictObject({ act: z.literal('restore'), version, revision: z.number().int().positive() }),
  z.strictObject({
    act: z.enum(['unpublish', 'discard', 'delete', 'takeShipped', 'dismissShipped']),
    version,
  }),
])
export type ArticleEditRequest = z.infer<typeof articleEditSchema>

/** Questions by their conversation and the event that asked them. */
const questionRefs = z
  .array(z.strictObject({ conversationId: z.uuid(), id: z.string().min(1).max(120) }))
  .min(1)
  .max(1_000)
  .readonly()

/** A new article; its id is made of its title. */
export const newArticleSchema = z.strictObject({
  content: articleContentSchema,
  publish: z.boolean(),
  /** The unanswered questions that it is written for. */
  questions: questionRefs.optional(),
})
export type NewArticleRequest = z.infer<typeof newArticleSchema>

/** A line of the list of articles. */
export type WireArticleRow = {
  readonly desk: string
  readonly id: string
  readonly version: number
  readonly stage: ArticleStage
  readonly titles: Readonly<Record<Language, string | null>>
  /** Words that are not in force yet. */
  readonly drafted: boolean
  /** The language that nobody has written yet. */
  readonly missing: Language | null
  /** The language whose text is behind the other one's. */
  readonly older: Language | null
  /** A newer shipped text waits to be compared. */
  readonly shippedNewer: boolean
  /** In how many ways it is asked for. */
  readonly phrasings: number
  readonly updatedAt: Instant
  /** Null: it came with the product. */
  readonly updatedBy: string | null
}

type WireRevision = {
  readonly number: number
  readonly at: Instant
  readonly act: ArticleAct
  readonly stage: ArticleStage
  /** Null: it came with the product. */
  readonly by: string | null
}

/** An article to be edited, with its history, the latest first. */
export type WireArticle = WireArticleRow & {
  readonly published: ArticleContent | null
  readonly draft: ArticleContent | null
  readonly shipped: ArticleContent | null
  readonly revisions: readonly WireRevision[]
}

/* ───────────── questions that no article answered ───────────── */

export const questionsQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(365).default(30),
})

/** Adds a way of asking to an article; the questions it is taken from are done with. */
export const learnSchema = z.strictObject({
  article: z.string().max(120),
  language: z.enum(languages),
  phrasing: words(maxPhrasingLength).pipe(z.string().trim().min(2)),
  questions: questionRefs,
})
export type LearnRequest = z.infer<typeof learnSchema>

/** Puts a group of questions aside, or brings it back. */
export const settleSchema = z.strictObject({ dismissed: z.boolean(), questions: questionRefs })
export type SettleRequest = z.infer<typeof settleSchema>

export type QuestionRef = { readonly conversationId: string; readonly id: string }

/** Why a question counts as unanswered. */
export type UnansweredWhy = 'unknown' | 'unclear' | 'notHelped' | 'toPerson' | 'taught'

/** Questions that ask the same, as nobody's article answers it. Personal numbers are masked. */
export type WireQuestionGroup = {
  /** How most of them ask. */
  readonly text: string
  readonly language: Language
  /** In how many conversations. */
  readonly count: number
  readonly lastAt: Instant
  readonly languages: readonly Language[]
  readonly wordings: readonly { readonly text: string; readonly count: number }[]
  readonly why: Readonly<Partial<Record<UnansweredWhy, number>>>
  /** Conversations to look at, the latest first. */
  readonly examples: readonly (QuestionRef & { readonly at: Instant; readonly ticketNumber: number | null })[]
  /** The article that operators answered it with, else the likest one. */
  readonly guess: string | null
  /** The operator who answered it with an article. */
  readonly taughtBy: string | null
  readonly dismissed: boolean
  readonly questions: readonly QuestionRef[]
}

/** What articles are looked for by; without words all of them are listed. */
export const articleChoicesQuerySchema = z.object({
  q: z.string().max(4_000).default(''),
  lang: z.enum(languages),
})

/** An article as a list to choose from shows it. */
export type WireArticleChoice = { readonly id: string; readonly title: string; readonly excerpt: string }

/** The articles in force, the likest first; `found`: so many of them answer what was looked for. */
export type WireArticleChoices = { readonly found: number; readonly articles: readonly WireArticleChoice[] }

/** A conversation as supervisors look into it to understand a question. */
export type WireExcerpt = readonly {
  readonly at: Instant
  readonly author: 'visitor' | 'assistant' | 'operator'
  readonly text: string
  /** The question is this one. */
  readonly asked: boolean
}[]
