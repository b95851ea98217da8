import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { ArticleContent } from '../../engine/faq/articleContent.ts'
import { articleActs, articleStages } from '../../engine/faq/keptArticle.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** The desks' articles: what is in force and what is being written. `version` is compared and raised by every write. */
export const articles = pgTable(
  'articles',
  {
    desk: text().notNull(),
    id: text().notNull(),
    version: integer().notNull(),
    stage: text({ enum: articleStages }).notNull(),
    published: jsonb().$type<ArticleContent>(),
    draft: jsonb().$type<ArticleContent>(),
    /** The versions in which each language's words last changed. */
    kkChangedIn: integer().notNull().default(1),
    ruChangedIn: integer().notNull().default(1),
    /** Of the shipped text that was last taken or dismissed; null for one made in the console. */
    shippedHash: text(),
    edited: boolean().notNull(),
    /** A newer shipped text, waiting to be compared. */
    shipped: jsonb().$type<ArticleContent>(),
  },
  (table) => [primaryKey({ columns: [table.desk, table.id] })],
)

/** The history of an article; the number is the version that the act led to. */
export const articleRevisions = pgTable(
  'article_revisions',
  {
    desk: text().notNull(),
    article: text().notNull(),
    number: integer().notNull(),
    at: instant().notNull(),
    act: text({ enum: articleActs }).notNull(),
    stage: text({ enum: articleStages }).notNull(),
    /** Null: it came with the product. */
    operatorId: uuid(),
    operatorName: text(),
    content: jsonb().$type<ArticleContent>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.desk, table.article, table.number] }),
    index('article_revisions_at').on(table.desk, table.at),
  ],
)
