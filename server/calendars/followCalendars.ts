import type { Sql } from '../../db/client.ts'
import { calendarsChannel, keptCalendars } from '../../db/queries/calendars.ts'
import { deskCalendar } from '../../engine/deskCalendar.ts'
import { calendarYears } from '../../engine/holidays.ts'
import type { LiveDesks } from '../liveDesks.ts'

export type CalendarsFollowed = {
  /** Resolves when this process counts by the calendar that a desk has now. */
  reload(desk: string): Promise<void>
  stop(): Promise<void>
}

const againMilliseconds = 500
const yearMilliseconds = 60_000

/**
 * Keeps the calendars of the live desks as the database has them: once at the start (it resolves then), whenever any
 * process has changed one, and when a year begins.
 */
export async function followCalendars(ports: {
  readonly sql: Sql
  readonly live: LiveDesks
  readonly clock: () => Date
  /** A calendar is another one from now on. */
  readonly changed: () => void
  readonly failed: (error: unknown) => void
}): Promise<CalendarsFollowed> {
  const { sql, live, clock } = ports
  const inForce = new Map<string, { readonly version: number; readonly year: number }>()
  const again = new Set<NodeJS.Timeout>()
  let stopped = false
  let reading: Promise<void> = Promise.resolve()

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

  /** One after another, so that what was read later is put in force later. */
  function load(desks: readonly string[]): Promise<void> {
    const own = reading.then(() => read(desks))
    reading = own.catch(() => undefined)
    return own
  }

  const heard = (desks: readonly string[]) => {
    if (stopped) return
    load(desks).catch((error) => {
      if (stopped) return
      ports.failed(error)
      const timer = setTimeout(() => {
        again.delete(timer)
        heard(desks)
      }, againMilliseconds)
      again.add(timer)
    })
  }

  // after a lost connection everything is looked at again: what was told meanwhile was not heard
  let listening = false
  const subscription = await sql.listen(
    calendarsChannel,
    (desk) => heard([desk]),
    () => {
      if (listening) heard([...live.desks.keys()])
      listening = true
    },
  )
  await load([...live.desks.keys()])
  const yearly = setInterval(() => {
    const year = clock().getUTCFullYear()
    if ([...inForce.values()].some((one) => one.year !== year)) heard([...live.desks.keys()])
  }, yearMilliseconds)
  return {
    reload: (desk) => load([desk]),
    async stop() {
      stopped = true
      clearInterval(yearly)
      for (const timer of again) clearTimeout(timer)
      await subscription.unlisten()
      await reading
    },
  }
}
