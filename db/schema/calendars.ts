import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { CalendarBase, CalendarEdits, CalendarPatch } from '../../engine/deskCalendar.ts'
import { calendarActs } from '../../engine/wireCalendar.ts'
import { operators } from './operators.ts'

const instant = () => timestamp({ withTimezone: true, mode: 'string' })

/** The desks' calendars in force: what the files said last, and what people have edited above it. */
export const deskCalendars = pgTable('desk_calendars', {
  desk: text().primaryKey(),
  /** The number of the latest change; 0 as long as there was none. */
  version: integer().notNull(),
  base: jsonb().$type<CalendarBase>().notNull(),
  edits: jsonb().$type<CalendarEdits>().notNull(),
  /** The process that plans the desk's open deadlines anew, until when others leave it to it. */
  replannerId: uuid(),
  replannerUntil: instant(),
})

/** What was done to a desk's calendar; the number is the version that it led to, and no desk's is another's. */
export const calendarChanges = pgTable(
  'calendar_changes',
  {
    number: integer().primaryKey().generatedAlwaysAsIdentity(),
    desk: text().notNull(),
    at: instant().notNull(),
    act: text({ enum: calendarActs }).notNull(),
    /** Null: it came with the files. */
    operatorId: uuid().references(() => operators.id),
    patch: jsonb().$type<CalendarPatch>().notNull(),
    /** The number of the change that this one took back. */
    undoes: integer(),
  },
  (table) => [index('calendar_changes_desk').on(table.desk, table.number)],
)
