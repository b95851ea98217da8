import { setImmediate as turn } from 'node:timers/promises'
import type { Sql } from '../../db/client.ts'
import { openTicketsAfter } from '../../db/queries/calendars.ts'
import { mayMove, movedDeadlines } from '../../engine/conversation/calendarChanged.ts'
import type { Instant, LocalDay } from '../../engine/conversation/instant.ts'
import type { Desk } from '../../engine/desk.ts'
import type { CalendarPreview } from '../../engine/wireCalendar.ts'

const page = 500
const shownExamples = 8
/** How long requests are looked at before everything else has its turn. */
const mostMilliseconds = 8

type Moves = Omit<CalendarPreview, 'days' | 'dayCount'>
type Example = CalendarPreview['examples'][number]

const nearest = ({ before, after }: Example): Instant => (before < after ? before : after)

/** What a desk with another calendar, whose hours differ on some days, would do to its open requests. */
export async function previewMoves(
  sql: Sql,
  desk: Desk,
  days: readonly { readonly date: LocalDay }[],
  now: Instant,
): Promise<Moves> {
  const counts = { open: 0, requests: 0, deadlines: 0, becomeLate: 0, noLongerLate: 0 }
  let examples: Example[] = []
  const [first, last] = [days[0]?.date, days.at(-1)?.date]
  let after = '00000000-0000-0000-0000-000000000000'
  let since = performance.now()
  for (;;) {
    const rows = await openTicketsAfter(sql, desk.id, after, page)
    for (const { channel, ticket } of rows) {
      counts.open++
      if (performance.now() - since > mostMilliseconds) {
        await turn()
        since = performance.now()
      }
      if (!first || !last || !mayMove(ticket, first, last)) continue
      const moved = movedDeadlines(desk, channel, ticket, now)
      if (moved.length === 0) continue
      counts.requests++
      counts.deadlines += moved.length
      counts.becomeLate += moved.filter(({ wasLate, isLate }) => isLate && !wasLate).length
      counts.noLongerLate += moved.filter(({ wasLate, isLate }) => wasLate && !isLate).length
      examples = [...examples, ...moved.map((one) => ({ ticketNumber: ticket.number, ...one }))]
        .sort((one, other) => (nearest(one) < nearest(other) ? -1 : 1))
        .slice(0, shownExamples)
    }
    const lastRow = rows.at(-1)
    if (!lastRow || rows.length < page) break
    after = lastRow.id
  }
  const { open, requests, deadlines, becomeLate, noLongerLate } = counts
  return { open, moved: { requests, deadlines }, becomeLate, noLongerLate, examples }
}
