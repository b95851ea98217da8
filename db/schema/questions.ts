import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { channels } from '../../engine/desk.ts'
import { intents } from '../../engine/faq/index.ts'
import { languages } from '../../engine/language.ts'
import { conversations } from './conversations.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** What visitors asked, and what came of it: to learn from, and to count. Personal numbers are masked. */
export const questions = pgTable(
  'questions',
  {
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    /** The event that asked it. */
    id: text().notNull(),
    desk: text().notNull(),
    channel: text({ enum: channels }).notNull(),
    at: instant().notNull(),
    language: text({ enum: languages }).notNull(),
    text: text().notNull(),
    intent: text({ enum: intents }).notNull(),
    confident: boolean().notNull(),
    offered: text().array().notNull(),
    opened: text().array().notNull(),
    helped: text(),
    notHelped: text(),
    toPerson: boolean().notNull().default(false),
    /** The article that an operator answered it with, and who did: a lesson, not asked of the assistant. */
    taught: text(),
    taughtBy: text(),
    /** What a supervisor made of it. */
    settled: text({ enum: ['learned', 'dismissed'] }),
    settledAt: instant(),
    settledBy: text(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.id] }),
    index('questions_asked').on(table.desk, table.at),
    // what supervisors look through: few of all that is asked
    index('questions_unanswered')
      .on(table.desk, table.at)
      .where(sql`helped is null and settled is distinct from 'learned'`),
  ],
)
