import { randomUUID } from 'node:crypto'
import type { SqlPool } from '../db/client.ts'
import { openConversation } from '../db/queries/conversations.ts'
import type { ConversationEvent } from '../engine/conversation/event.ts'
import type { Desk } from '../engine/desk.ts'
import { createContractLookup } from '../server/contracts/lookup.ts'
import { type Accept, createAccept } from '../server/conversations/accept.ts'
import { startTimers } from '../server/timers.ts'

type WithoutBase<E> = E extends unknown ? Omit<E, 'id' | 'at' | 'registration' | 'contracts'> : never
type Happening = WithoutBase<ConversationEvent>

const operator = { id: randomUUID(), name: 'Айгерім Сәрсенова' }
const perRound = 200

/**
 * Brings requests about as the server does, at moments of one's own: every event is taken, every deadline is raised,
 * each row is written by the product's own code.
 */
export function requestsInThePast(sql: SqlPool, desk: Desk) {
  const { accept, drain } = createAccept({
    sql,
    desks: new Map([[desk.id, desk]]),
    contracts: createContractLookup(sql),
    committed: () => {},
    writesLetters: false,
    failed: (id, error) => {
      throw new Error(`${id}`, { cause: error })
    },
  })
  const take = async (id: string, at: Date, event: Happening) => {
    const accepted: Awaited<ReturnType<Accept['accept']>> = await accept(id, {
      ...event,
      id: randomUUID(),
      at: at.toISOString(),
    } as ConversationEvent)
    if (!accepted.ok) throw new Error(`${event.type}: ${accepted.refusal.key}`)
  }
  const opened = async (at: Date) => {
    const address = { channel: 'widget', desk: desk.id, address: randomUUID() } as const
    const { id } = await openConversation(sql, address, {
      now: at.toISOString(),
      language: 'ru',
      pushTo: null,
    })
    await take(id, at, { type: 'visitor.chose', choice: 'operator' })
    await take(id, at, { type: 'visitor.chose', choice: 'connectNow' })
    return id
  }
  const inRounds = async <T, R>(many: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> => {
    const done: R[] = []
    for (let from = 0; from < many.length; from += perRound)
      done.push(...(await Promise.all(many.slice(from, from + perRound).map(work))))
    return done
  }
  return {
    /** Requests registered at these moments, that wait for an operator; their ids in the same order. */
    waiting: (moments: readonly Date[]) => inRounds(moments, opened),
    /** Requests registered at these moments that an operator has answered: every third waits for the visitor. */
    answered: (moments: readonly Date[]) =>
      inRounds(
        moments.map((at, index) => ({ at, asks: index % 3 === 0 })),
        async ({ at, asks }) => {
          const id = await opened(at)
          const soon = new Date(at.getTime() + 120_000)
          await take(id, soon, { type: 'operator.took', operator })
          await take(id, soon, {
            type: asks ? 'operator.askedForInformation' : 'operator.replied',
            operator,
            text: 'Здравствуйте! Уточните, пожалуйста, какой ключ вы используете.',
          })
          return id
        },
      ),
    /** Raises everything that is due by a moment. */
    async passes(now: Date) {
      const timers = startTimers({
        sql,
        accept,
        clock: () => now,
        raised: () => {},
        failed: (error) => {
          throw error
        },
      })
      for (;;) {
        const [row] = await sql<{ due: number }[]>`
          select count(*)::int as due from timers where due_at <= ${now.toISOString()}`
        if (row?.due === 0) break
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      await timers.stop()
      await drain()
    },
    /** Copies of these requests, whole with their history and deadlines, until there are so many open ones. */
    async copyUntil(open: number, ids: readonly string[]) {
      await sql`
        create table copied as
        select gen_random_uuid() as id, (${ids as string[]}::uuid[])[1 + n % ${ids.length}] as of,
          nextval('ticket_numbers')::int as number
        from generate_series(1, ${open}::int - (select count(*)::int from conversations)) n`
      await sql`analyze copied`
      await sql`insert into contacts (id, created_at) select id, now() from copied`
      const copies = async (table: string, own: Readonly<Record<string, string>>) => {
        const columns = await sql<{ name: string }[]>`
          select column_name as name from information_schema.columns where table_name = ${table}`
        const names = columns.map(({ name }) => `"${name}"`).join(', ')
        const values = columns.map(({ name }) => own[name] ?? `t."${name}"`).join(', ')
        const key = own.conversation_id ? 'conversation_id' : 'id'
        await sql.unsafe(
          `insert into ${table} (${names}) select ${values} from copied c join ${table} t on t.${key} = c.of`,
        )
      }
      const numbered = `jsonb_set(t.state, '{ticket,number}', to_jsonb(c.number))`
      await copies('conversations', {
        id: 'c.id',
        contact_id: 'c.id',
        ticket_number: 'c.number',
        state: numbered,
      })
      await copies('tickets', { number: 'c.number', conversation_id: 'c.id' })
      await copies('messages', { conversation_id: 'c.id' })
      await copies('timers', { conversation_id: 'c.id' })
      await sql`drop table copied`
      await sql`vacuum analyze`
    },
  }
}
