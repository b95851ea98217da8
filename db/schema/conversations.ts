import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Author, Content } from '../../engine/conversation/content.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import { channels } from '../../engine/desk.ts'
import type { Notice } from '../../engine/notice.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** A person, whatever channel they come by. */
export const contacts = pgTable('contacts', {
  id: uuid().primaryKey(),
  createdAt: instant().notNull(),
})

/** A person's thread on one channel. `version` is compared and raised by every write: that is the lock. */
export const conversations = pgTable(
  'conversations',
  {
    id: uuid().primaryKey(),
    desk: text().notNull(),
    channel: text({ enum: channels }).notNull(),
    contactId: uuid()
      .notNull()
      .references(() => contacts.id),
    /** Where a channel that is pushed to finds the person (a Telegram chat id, an e-mail address). */
    address: text(),
    version: integer().notNull(),
    /** The version of the desk's calendar by which its deadlines were worked out. */
    calendarVersion: integer().notNull().default(0),
    lastSeq: integer().notNull(),
    state: jsonb().$type<Conversation>().notNull(),
    stage: text().notNull(),
    operatorId: uuid(),
    ticketNumber: integer(),
    visitorDeliveredSeq: integer().notNull().default(0),
    visitorReadSeq: integer().notNull().default(0),
    operatorReadSeq: integer().notNull().default(0),
    unread: integer().notNull().default(0),
    lastText: text().notNull().default(''),
    lastAt: instant().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    // the console's queue: only conversations that operators work on
    index('conversations_queue')
      .on(table.desk, table.lastAt)
      .where(sql`stage in ('waiting', 'live', 'resolved', 'ended')`),
    // whose deadlines are to be planned anew on a changed calendar
    index('conversations_to_replan')
      .on(table.desk, table.calendarVersion)
      .where(sql`stage in ('waiting', 'live')`),
    // how many wait before a new one
    index('conversations_waiting').on(table.desk).where(sql`stage = 'waiting'`),
    // what an operator has in hand
    index('conversations_live').on(table.operatorId).where(sql`stage = 'live'`),
    // how many somebody has begun by e-mail lately
    index('conversations_mailed').on(table.address, table.createdAt).where(sql`channel = 'email'`),
  ],
)

/** How a channel finds the conversation: the hash of a widget's token, a Telegram chat, an operator's own id for it. */
export const addresses = pgTable(
  'addresses',
  {
    channel: text({ enum: channels }).notNull(),
    desk: text().notNull(),
    address: text().notNull(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    createdAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.desk, table.address] })],
)

/** The thread and its history, in one order. */
export const messages = pgTable(
  'messages',
  {
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    seq: integer().notNull(),
    eventId: text().notNull(),
    /** The first message an event led to: what tells a repeated event. */
    first: boolean().notNull(),
    /** The desk it was said at, when the conversation has since gone to another; null: the conversation's own. */
    desk: text(),
    at: instant().notNull(),
    audience: text({ enum: ['everyone', 'operators'] }).notNull(),
    author: jsonb().$type<Author>().notNull(),
    content: jsonb().$type<Content>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.seq] }),
    // an event is taken once; the other messages of the same event are told apart by their seq
    uniqueIndex('messages_event').on(table.conversationId, table.eventId).where(sql`"first"`),
  ],
)

/** A deadline, raised by whichever process claims it first. */
export const timers = pgTable(
  'timers',
  {
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    name: text().notNull(),
    dueAt: instant().notNull(),
    claimedUntil: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.name] }),
    index('timers_due').on(table.dueAt),
  ],
)

/**
 * What has to be pushed to a channel: a message of a conversation (`seq`), or a notice; the row goes when it was
 * delivered.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    channel: text({ enum: channels }).notNull(),
    address: text().notNull(),
    /** Null: a notice about many. */
    conversationId: uuid().references(() => conversations.id),
    /** Null: a notice. */
    seq: integer(),
    notice: jsonb().$type<Notice>(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull(),
    claimedUntil: instant(),
    failedAt: instant(),
    failure: text(),
  },
  (table) => [
    // one message at a time to an address, in order
    index('outbox_pending').on(table.channel, table.address, table.id).where(sql`failed_at is null`),
  ],
)

/** A file of a conversation; its bytes lie in the data folder under its id. */
export const uploads = pgTable(
  'uploads',
  {
    id: uuid().primaryKey(),
    conversationId: uuid()
      .notNull()
      .references(() => conversations.id),
    /** Null: the visitor. */
    operatorId: uuid(),
    name: text().notNull(),
    type: text().notNull(),
    bytes: integer().notNull(),
    sha256: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [index('uploads_conversation').on(table.conversationId)],
)
