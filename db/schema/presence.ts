import { index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { presenceChoices } from '../../engine/presence.ts'
import { operators } from './operators.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** A server that runs. While it renews this lease, the connections it has written down are there. */
export const processes = pgTable('processes', {
  id: uuid().primaryKey(),
  aliveUntil: instant().notNull(),
})

/** Who is connected to which process: an operator by their id, a visitor by their conversation's. */
export const connections = pgTable(
  'connections',
  {
    processId: uuid().notNull(),
    kind: text({ enum: ['operator', 'visitor'] }).notNull(),
    id: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.processId, table.kind, table.id] }),
    // whether somebody is connected anywhere
    index('connections_id').on(table.id),
  ],
)

/** What an operator chose for themselves, and when they were last here or last given a conversation. */
export const operatorPresence = pgTable('operator_presence', {
  operatorId: uuid()
    .primaryKey()
    .references(() => operators.id),
  choice: text({ enum: presenceChoices }).notNull().default('online'),
  chosenAt: instant(),
  /** When their last connection ended; of no meaning while they are connected. */
  seenAt: instant(),
  assignedAt: instant(),
})
