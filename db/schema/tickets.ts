import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { outcomes } from '../../engine/conversation/outcome.ts'
import { channels, levels, priorities } from '../../engine/desk.ts'
import { contracts } from './contracts.ts'
import { conversations } from './conversations.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** Registration numbers: unique, never used again, short enough to read out on the phone. */
export const ticketNumbers = pgSequence('ticket_numbers', { startWith: 1001 })

/** The registered request; the conversation's state is its source, this is how it is found and counted. */
export const tickets = pgTable(
  'tickets',
  {
    number: integer().primaryKey(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    desk: text().notNull(),
    channel: text({ enum: channels }).notNull(),
    level: text({ enum: levels }).notNull(),
    priority: text({ enum: priorities }).notNull(),
    /** What was chosen in the request's field `type`. */
    type: text(),
    values: jsonb().$type<Record<string, string>>().notNull(),
    identityRefused: boolean().notNull(),
    registeredAt: instant().notNull(),
    firstResponseDueAt: instant().notNull(),
    firstRespondedAt: instant(),
    firstResponseBreachedAt: instant(),
    /** Of the next response that is owed; null while none is. */
    nextResponseDueAt: instant(),
    /** Null: the desk promises none. */
    resolutionDueAt: instant(),
    resolutionPaused: boolean().notNull().default(false),
    resolutionBreachedAt: instant(),
    waitingSince: instant(),
    resolvedAt: instant(),
    /** How it came to its end; null while it is open. */
    outcome: text({ enum: outcomes }),
    rating: integer(),
    comment: text(),
    operatorId: uuid(),
    /** The contract it was registered by, or that an operator has found for it. */
    contractId: uuid().references(() => contracts.id),
  },
  (table) => [
    index('tickets_conversation').on(table.conversationId),
    index('tickets_registered').on(table.desk, table.registeredAt),
    // how many requests of a contract are open
    index('tickets_contract_open').on(table.contractId).where(sql`resolved_at is null`),
  ],
)
