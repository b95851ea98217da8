import { beforeAll, describe, expect, it } from 'vitest'
import type { Desk } from '../../engine/desk.ts'
import { daysBetween, measureTicket, reportOf } from '../../engine/report.ts'
import { isPaused } from '../../engine/sla.ts'
import type { History } from '../support/simulatedTalk.ts'
import { simulateYear } from '../support/simulatedYear.ts'

/*
 * A year of four busy desks, event by event through the engine alone: visitors in the chat, by Telegram, by e-mail, by
 * telephone and on paper, who answer, are silent, come back, rate and insult; operators who are quick, late or never come; a server that is down twice, raises some deadlines late,
 * twice or too early; holidays that are declared and taken back. The rules are held at every step (simulatedTalk.ts).
 */

const tickets = 30_000
const localDay = (at: string) => new Date(Date.parse(at) + 5 * 3_600_000).toISOString().slice(0, 10)

describe('a year of four busy desks', () => {
  let year: ReturnType<typeof simulateYear>
  let histories: readonly History[]
  beforeAll(() => {
    year = simulateYear({ tickets, seed: 20_260_101 })
    histories = [...year.books.histories.values()]
  }, 300_000)

  it('is as busy as it should be, and everything there is has happened in it', () => {
    expect(histories.length).toBeGreaterThan(tickets)
    expect(year.books.events).toBeGreaterThan(300_000)
    const seldom = [...year.books.activities].filter(([, count]) => count < 10).map(([type]) => type)
    expect(seldom.filter((type) => !['ended', 'insult'].includes(type))).toEqual([])
    for (const type of [
      'firstResponseWarning',
      'firstResponseBreached',
      'firstResponseMet',
      'nextResponseBreached',
      'nextResponseMet',
      'resolutionBreached',
      'resolutionMet',
      'replanned',
      'silenceOver',
      'closedUnanswered',
      'closedUnansweredBy',
      'postponementOver',
      'passedOnDue',
      'reopened',
      'endedBy',
      'transferred',
      'solutionFailed',
      'putDown',
    ])
      expect([type, (year.books.activities.get(type) ?? 0) > 0]).toEqual([type, true])
  })

  it('every deadline that was set has fallen once, was moved or cancelled, or is still ahead', () => {
    const { set, fired, moved, cancelled, early, repeated } = year.books.deadlines
    const left = year.places.reduce((sum, { talk }) => sum + talk.timers.size, 0)
    expect(set).toBe(fired + moved + cancelled + early + left)
    expect(fired).toBeGreaterThan(30_000)
    expect(repeated).toBeGreaterThan(500)
    expect(early).toBeGreaterThan(100)
  })

  it('registration numbers are unique: each has one request, in one conversation (edoc regulation, §13)', () => {
    expect(new Set(histories.map(({ ticket }) => ticket.number)).size).toBe(histories.length)
    expect(year.books.number - 1000).toBe(histories.length)
  })

  it('was watched by the oracle in part: promises due, late and ended when it says', () => {
    const watched = year.places.filter(({ book }) => book !== undefined)
    expect(watched.length).toBeGreaterThan(250)
    expect(watched.reduce((sum, { book }) => sum + (book?.comparisons ?? 0), 0)).toBeGreaterThan(3_000)
  })

  it.each(['edoc', 'sts', 'court', 'cryptopro'])(
    "%s: the report's figures are those of the history, to the last request",
    (deskId) => {
      const desk = year.inForce.get(deskId) as Desk
      const of = histories.filter((history) => history.desk === deskId)
      const measured = of.map(({ ticket }) => {
        const { firstResponse, resolution } = ticket.clocks
        return measureTicket(
          desk.calendar,
          {
            registeredAt: ticket.registeredAt,
            firstResponseDueAt: firstResponse.dueAt,
            firstRespondedAt: firstResponse.stoppedAt ?? null,
            firstResponseBreachedAt: firstResponse.breachedAt ?? null,
            resolutionDueAt: resolution?.dueAt ?? null,
            resolutionBreachedAt: resolution?.breachedAt ?? null,
            resolutionPaused: resolution !== undefined && isPaused(resolution),
            resolvedAt: ticket.resolvedAt ?? null,
            rating: ticket.rating ?? null,
          },
          year.endsAt,
        )
      })
      const report = reportOf({ from: '2026-01-01', to: '2026-12-31' }, measured)
      const count = (metric: 'firstResponse' | 'resolution', verdict: string) =>
        of.filter((history) => history.verdicts[metric] === verdict).length
      expect(report.registered).toBe(of.length)
      for (const verdict of ['met', 'breached', 'open'] as const) {
        expect([verdict, report.firstResponse[verdict]]).toEqual([verdict, count('firstResponse', verdict)])
        const resolved = desk.sla.some(({ metric }) => metric === 'resolution')
          ? count('resolution', verdict)
          : 0
        expect([verdict, report.resolution[verdict]]).toEqual([verdict, resolved])
      }
      expect(report.resolution.resolved).toBe(
        of.filter(({ resolvedInHistoryAt }) => resolvedInHistoryAt !== undefined).length,
      )
      expect(report.satisfaction.rated).toBe(of.filter(({ stars }) => stars !== undefined).length)
      for (const stars of [1, 2, 3, 4, 5])
        expect(report.satisfaction.stars[stars - 1]).toBe(
          of.filter((history) => history.stars === stars).length,
        )
      const byDay = new Map<string, number>()
      for (const { registeredAt } of of)
        byDay.set(localDay(registeredAt), (byDay.get(localDay(registeredAt)) ?? 0) + 1)
      for (const { on, registered } of report.days) expect([on, registered]).toEqual([on, byDay.get(on) ?? 0])
      expect(report.days.map(({ on }) => on)).toEqual(daysBetween('2026-01-01', '2026-12-31'))
    },
  )
})
