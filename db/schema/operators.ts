import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { languages } from '../../engine/language.ts'
import { roles } from '../../engine/wireAccess.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** People who work in the console. */
export const operators = pgTable(
  'operators',
  {
    id: uuid().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    desks: text().array().notNull(),
    languages: text({ enum: languages }).array().notNull(),
    /** How many conversations at a time they are given; null: as many as the desk says. */
    capacity: integer(),
    passwordHash: text().notNull(),
    active: boolean().notNull().default(true),
    createdAt: instant().notNull(),
    /** Alerts up to then are no news to them. */
    alertsSeenAt: instant(),
  },
  // addresses are told apart without regard to case
  (table) => [uniqueIndex('operators_email').on(sql`lower(${table.email})`)],
)

/** A signed-in console: only the hash of the cookie's token is kept. */
export const sessions = pgTable(
  'sessions',
  {
    tokenHash: text().primaryKey(),
    operatorId: uuid()
      .notNull()
      .references(() => operators.id),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [index('sessions_operator').on(table.operatorId)],
)

/** A one-time link; without an e-mail it makes the first administrator. */
export const invitations = pgTable('invitations', {
  id: uuid().primaryKey(),
  tokenHash: text().notNull().unique(),
  email: text(),
  role: text({ enum: roles }).notNull(),
  desks: text().array().notNull(),
  languages: text({ enum: languages }).array().notNull(),
  createdAt: instant().notNull(),
  expiresAt: instant().notNull(),
  acceptedAt: instant(),
})
