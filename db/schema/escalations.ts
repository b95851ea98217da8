import { index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { occasions } from '../../engine/alert.ts'
import { languages } from '../../engine/language.ts'
import { operators } from './operators.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** Where a desk's supervisors are told outside the console, and of what. */
export const escalations = pgTable('escalations', {
  desk: text().primaryKey(),
  occasions: text({ enum: occasions }).array().notNull(),
  emails: text().array().notNull(),
  /** The id of a Telegram chat in which somebody has shown a code of a supervisor's. */
  telegramChat: text(),
  telegramTitle: text(),
  telegramLanguage: text({ enum: languages }),
  /** At most once a minute. */
  lastToldAt: instant(),
})

/** A code that connects the Telegram chat it is written in to a desk, once; only its hash is kept. */
export const chatCodes = pgTable(
  'chat_codes',
  {
    codeHash: text().primaryKey(),
    desk: text().notNull(),
    language: text({ enum: languages }).notNull(),
    operatorId: uuid()
      .notNull()
      .references(() => operators.id),
    expiresAt: instant().notNull(),
  },
  (table) => [index('chat_codes_desk').on(table.desk)],
)
