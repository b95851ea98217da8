import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { alertKinds } from '../../engine/alert.ts'
import { metrics } from '../../engine/desk.ts'
import { conversations } from './conversations.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** What people are to look at, written with the activity (`seq`) that says so. */
export const alerts = pgTable(
  'alerts',
  {
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    seq: integer().notNull(),
    desk: text().notNull(),
    kind: text({ enum: alertKinds }).notNull(),
    number: integer(),
    operatorId: uuid(),
    metric: text({ enum: metrics }),
    minutes: integer(),
    dueAt: instant(),
    at: instant().notNull(),
    /** When it was gone through for what goes out of the console; what never does has the moment it came. */
    toldAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.seq] }),
    // what a supervisor sees, newest first
    index('alerts_desk').on(table.desk, table.at),
    // what an operator sees
    index('alerts_operator').on(table.operatorId, table.at),
    // what is still to be told outside the console
    index('alerts_untold').on(table.desk).where(sql`told_at is null`),
  ],
)
