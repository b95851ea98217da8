import { z } from 'zod'
import type { Instant } from './conversation/instant.ts'
import type { ArticleContent } from './faq/articleContent.ts'
import type { ArticleAct, ArticleStage } from './faq/keptArticle.ts'
import type { Language } from './language.ts'

/* ───────────── editing a desk's articles in the console ───────────── */

export const maxTitleLength = 200
export const maxPhrasingLength = 300
export const maxPhrasings = 400
export const maxBodyLength = 20_000

const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed()
const words = (max: number) => z.string().max(max).transform(clean)

const articleText = z
  .strictObject({
    title: words(maxTitleLength),
    phrasings: z.array(words(maxPhrasingLength)).max(maxPhrasings),
    body: words(maxBodyLength),
  })
  .nullable()

export const articleContentSchema = z.strictObject({ kk: articleText, ru: articleText })

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

/** A new article; its id is made of its title. */
export const newArticleSchema = z.strictObject({
  content: articleContentSchema,
  publish: z.boolean(),
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

export type WireRevision = {
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
