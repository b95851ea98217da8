import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Contract } from '../../engine/contract.ts'
import { channels, levels } from '../../engine/desk.ts'
import { contractActs } from '../../engine/wireContracts.ts'
import { operators } from './operators.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** Support contracts and certificates. None is ever deleted: tickets refer to it, and its history stays. */
export const contracts = pgTable(
  'contracts',
  {
    id: uuid().primaryKey(),
    desk: text().notNull(),
    bin: text(),
    number: text(),
    /** The number's one form, by which it is found. */
    numberKey: text(),
    organisation: text().notNull(),
    level: text({ enum: levels }).notNull(),
    type: text(),
    startsOn: date({ mode: 'string' }).notNull(),
    endsOn: date({ mode: 'string' }).notNull(),
    endedOn: date({ mode: 'string' }),
    openLimit: integer(),
    channels: text({ enum: channels }).array(),
    operatorId: uuid().references(() => operators.id),
    /** Raised by every change, and compared before one. */
    version: integer().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    // a number is one contract; without a number an organisation has one that begins on a day
    uniqueIndex('contracts_number').on(table.desk, table.numberKey).where(sql`number_key is not null`),
    uniqueIndex('contracts_unnumbered')
      .on(table.desk, table.bin, table.startsOn)
      .where(sql`number_key is null`),
    index('contracts_bin').on(table.desk, table.bin),
  ],
)

/** What was done to a contract: who, when, and how it was before and after. */
export const contractChanges = pgTable(
  'contract_changes',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    contractId: uuid()
      .notNull()
      .references(() => contracts.id),
    at: instant().notNull(),
    operatorId: uuid()
      .notNull()
      .references(() => operators.id),
    act: text({ enum: contractActs }).notNull(),
    before: jsonb().$type<Contract>(),
    after: jsonb().$type<Contract>().notNull(),
  },
  (table) => [index('contract_changes_contract').on(table.contractId)],
)

/** Numbers given out by a contract whose requests are not stored yet: they count as open, for a while. */
export const contractReservations = pgTable(
  'contract_reservations',
  {
    ticketNumber: integer().primaryKey(),
    contractId: uuid()
      .notNull()
      .references(() => contracts.id),
    reservedAt: instant().notNull(),
  },
  (table) => [index('contract_reservations_contract').on(table.contractId)],
)
