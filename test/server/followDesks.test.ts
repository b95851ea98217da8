import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect, type Database, type SqlPool } from '../../db/client.ts'
import { migrate } from '../../db/migrate.ts'
import { changeCalendar, lockedCalendar } from '../../db/queries/calendars.ts'
import { readHolidays } from '../../desks/loadDesks.ts'
import { edited, patchOf } from '../../engine/deskCalendar.ts'
import { understand } from '../../engine/faq/index.ts'
import { createArticle } from '../../server/articles/editing.ts'
import { followArticles } from '../../server/articles/followArticles.ts'
import { seedArticles } from '../../server/articles/seedArticles.ts'
import { followCalendars } from '../../server/calendars/followCalendars.ts'
import { keepBases } from '../../server/calendars/keepBases.ts'
import { createLiveDesks } from '../../server/liveDesks.ts'
import { desks } from '../support/edoc.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'

/*
 * What supervisors publish reaches every process within a second because it is told, with the commit, to each of them.
 * Seconds are not measured here, they are the machine's: no timer runs in these tests, so that a process which only
 * looked every so often would never come to know.
 */

const root = join(import.meta.dirname, '../..')
const now = '2026-11-23T05:00:00.000Z'
const by = { id: randomUUID(), name: 'Сәуле' }
let postgres: TestPostgres
let writer: Database
beforeAll(async () => {
  postgres = await startPostgres()
  await migrate(postgres.url, join(root, 'db/migrations'))
  writer = connect(postgres.url)
  await seedArticles(writer.sql, desks, now)
  await keepBases(writer.sql, desks.values(), readHolidays(join(root, 'desks')), now)
})
afterAll(async () => {
  await writer.close()
  await postgres.stop()
})

/** A database connection of a process of its own: what it is told passes here, and its statements are counted. */
function tapped(sql: SqlPool) {
  const held: (() => void)[] = []
  let passes: 'all' | 'later' | 'none' = 'all'
  let statements = 0
  let told = () => {}
  const tap = new Proxy(sql, {
    apply(target, self, args) {
      statements++
      return Reflect.apply(target as never, self, args)
    },
    get(target, name) {
      if (name !== 'listen') return Reflect.get(target, name)
      return (channel: string, hear: (desk: string) => void, ready?: () => void) =>
        target.listen(
          channel,
          (desk) => {
            if (passes === 'all') hear(desk)
            else if (passes === 'later') held.push(() => hear(desk))
            told()
          },
          ready,
        )
    },
  })
  return {
    sql: tap,
    /** The statements it has sent. */
    get statements() {
      return statements
    },
    lets(which: typeof passes) {
      passes = which
      if (passes === 'all') for (const hear of held.splice(0)) hear()
    },
    /** Resolves with the next notification. */
    told: () =>
      new Promise<void>((resolve) => {
        told = resolve
      }),
  }
}

type Process = {
  readonly tap: ReturnType<typeof tapped>
  /** Resolves when something else is in force in it than before. */
  changed(): Promise<void>
  /** What is in force: it is another text after each change. */
  inForce(): string
  stop(): Promise<void>
}

function signalled() {
  let happened = () => {}
  return {
    happened: () => happened(),
    next: () =>
      new Promise<void>((resolve) => {
        happened = resolve
      }),
  }
}
const unexpected = (error: unknown) => {
  throw error
}

async function articlesProcess(database: Database): Promise<Process> {
  const tap = tapped(database.sql)
  const live = createLiveDesks(desks)
  const { happened, next } = signalled()
  const putArticles: typeof live.putArticles = async (articles) => {
    await live.putArticles(articles)
    happened()
  }
  const ports = { sql: tap.sql, live: { ...live, putArticles }, failed: unexpected }
  const followed = await followArticles(ports)
  const question = 'где оставить велосипед у входа'
  return {
    tap,
    changed: next,
    inForce: () => {
      const desk = live.desks.get('edoc')
      if (!desk) throw new Error('no desk')
      const found = understand(desk.faq, question).results.map(({ id }) => id)
      return `${desk.articles.size} ${found.find((id) => id.includes('velo')) ?? 'nothing'}`
    },
    stop: () => followed.stop(),
  }
}

async function calendarsProcess(database: Database): Promise<Process> {
  const tap = tapped(database.sql)
  const live = createLiveDesks(desks)
  const { happened, next } = signalled()
  const clock = () => new Date(now)
  const followed = await followCalendars({
    sql: tap.sql,
    live,
    clock,
    changed: happened,
    failed: unexpected,
  })
  return {
    tap,
    changed: next,
    inForce: () => JSON.stringify(live.desks.get('edoc')?.calendar.exceptions),
    stop: () => followed.stop(),
  }
}

let count = 0
const publishes = () =>
  createArticle({ sql: writer.sql, now, by }, 'edoc', {
    content: {
      kk: null,
      ru: {
        title: `Велосипед ${++count}: где его оставить у входа?`,
        body: 'Слева.',
        phrasings: ['где оставить велосипед у входа'],
      },
    },
    publish: true,
  })

let days = 0
const closes = () =>
  writer.sql.begin(async (tx) => {
    const calendar = await lockedCalendar(tx, 'edoc')
    if (!calendar) throw new Error('no calendar')
    const day = `2027-02-0${++days}`
    const name = { kk: 'Көшу', ru: 'Переезд' }
    const edits = edited(calendar.edits, { type: 'days', from: day, to: day, rule: [], name })
    const patch = patchOf(calendar.edits, edits)
    if (!patch) throw new Error('nothing changed')
    await changeCalendar(
      tx,
      { desk: 'edoc', base: calendar.base, edits },
      { at: now, act: 'edited', operatorId: null, patch, undoes: null },
    )
  })

describe.each([
  ['a published article', articlesProcess, publishes],
  ['a saved calendar', calendarsProcess, closes],
] as const)('%s', (_, start, change) => {
  let database: Database
  let other: Process
  beforeEach(async () => {
    database = connect(postgres.url, { max: 1 })
    // the driver's own timers are those of connecting
    await database.sql`select 1`
    await database.sql.listen('nothing', () => {})
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] })
    other = await start(database)
  })
  afterEach(async () => {
    vi.useRealTimers()
    await other.stop()
    await database.close()
  })

  it('is in force in another process by what it is told, after one look at the database and without any timer', async () => {
    const before = other.inForce()
    const { statements } = other.tap
    const changed = other.changed()
    await change()
    await changed
    expect(other.inForce()).not.toBe(before)
    expect(other.tap.statements - statements).toBe(1)
  })

  it('is not looked for by a process that was not told, in five minutes of timers; and is in force when it is told', async () => {
    const before = other.inForce()
    const { statements } = other.tap
    other.tap.lets('later')
    const told = other.tap.told()
    await change()
    await told
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    expect(other.tap.statements).toBe(statements)
    expect(other.inForce()).toBe(before)

    const changed = other.changed()
    other.tap.lets('all')
    await changed
    expect(other.inForce()).not.toBe(before)
  })

  it('that was told while the connection was lost is looked up when it is there again', async () => {
    const before = other.inForce()
    other.tap.lets('none')
    const told = other.tap.told()
    await change()
    await told
    expect(other.inForce()).toBe(before)
    // the driver waits before it connects anew
    vi.useRealTimers()
    const changed = other.changed()
    await writer.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where query ilike 'listen%' and datname = current_database()`
    await changed
    expect(other.inForce()).not.toBe(before)
  })
})
