import type { SqlPool } from '../../db/client.ts'
import { calendarsChannel, keptCalendars } from '../../db/queries/calendars.ts'
import { deskCalendar } from '../../engine/deskCalendar.ts'
import { calendarYears } from '../../engine/holidays.ts'
import { followDesks } from '../followDesks.ts'
import type { LiveDesks } from '../liveDesks.ts'

export type CalendarsFollowed = {
  /** Resolves when this process counts by the calendar that a desk has now. */
  reload(desk: string): Promise<void>
  stop(): Promise<void>
}

const yearMilliseconds = 60_000

/**
 * Keeps the calendars of the live desks as the database has them: once at the start (it resolves then), whenever any
 * process has changed one, and when a year begins.
 */
export async function followCalendars(ports: {
  readonly sql: SqlPool
  readonly live: LiveDesks
  readonly clock: () => Date
  /** A calendar is another one from now on. */
  readonly changed: () => void
  readonly failed: (error: unknown) => void
}): Promise<CalendarsFollowed> {
  const { sql, live, clock, failed } = ports
  const inForce = new Map<string, { readonly version: number; readonly year: number }>()

  async function read(desks: readonly string[]) {
    const year = clock().getUTCFullYear()
    for (const { desk, version, base, edits } of await keptCalendars(sql, desks)) {
      const now = inForce.get(desk)
      if ((now?.version === version && now.year === year) || !live.desks.has(desk)) continue
      const calendar = deskCalendar(base, edits, calendarYears(year))
      live.replace(desk, (one) => ({ ...one, calendar, calendarVersion: version }))
      inForce.set(desk, { version, year })
      if (now?.version !== version) ports.changed()
    }
  }

  const followed = await followDesks({ sql, channel: calendarsChannel, desks: live.desks, read, failed })
  const yearly = setInterval(() => {
    const year = clock().getUTCFullYear()
    if ([...inForce.values()].some((one) => one.year !== year)) followed.look()
  }, yearMilliseconds)
  return {
    reload: followed.reload,
    async stop() {
      clearInterval(yearly)
      await followed.stop()
    },
  }
}
