import { bigint, date, pgTable, text } from 'drizzle-orm/pg-core'

/** How far each mailbox has been read; only letters above the last one are new. */
export const mailboxes = pgTable('mailboxes', {
  /** The account, the host and the folder; no password. */
  name: text().primaryKey(),
  /** Under which numbers its letters are known. */
  uidValidity: text().notNull(),
  lastUid: bigint({ mode: 'number' }).notNull(),
  /** The day it was last known on. */
  day: date({ mode: 'string' }).notNull(),
})
