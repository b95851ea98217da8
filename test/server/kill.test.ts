import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleClient, hireOperator } from '../support/consoleClient.ts'
import { postgresOfFile } from '../support/postgresOfFile.ts'
import { databases, type ServerProcess, startServerProcess } from '../support/server.ts'
import { until } from '../support/until.ts'
import { asksForPerson, visitorClient } from '../support/visitorClient.ts'

const postgres = postgresOfFile()

const visitorsAtOnce = 8
const messagesEach = 30

describe.each(databases)(
  'a server on the %s database that is killed (kill -9) in the middle of a burst',
  (kind) => {
    let server: ServerProcess
    beforeAll(async () => {
      server = await startServerProcess({ database: kind === 'real' ? postgres.url : 'embedded' })
    })
    afterAll(() => server.stop())

    it('loses nothing, doubles nothing and keeps the order, for visitors and operators alike (design §1)', async () => {
      const cookie = await hireOperator(server.url, { name: 'Айгерім' })
      const visitors = await Promise.all(
        Array.from({ length: visitorsAtOnce }, () => visitorClient(server.url, { language: 'ru' })),
      )
      await Promise.all(visitors.map(asksForPerson))

      let acknowledged = 0
      const texts = (n: number) => Array.from({ length: messagesEach }, (_, i) => `посетитель ${n}: ${i}`)
      const sent = visitors.map(async (visitor, n) => {
        const acks = await Promise.all(
          texts(n).map(async (text) => {
            const ack = await visitor.persists({ type: 'wrote', text })
            acknowledged++
            return ack
          }),
        )
        return acks
      })
      await until(() => acknowledged > (visitorsAtOnce * messagesEach) / 4, 'a quarter is acknowledged')
      await server.kill()
      const acknowledgedBeforeDeath = acknowledged
      expect(acknowledgedBeforeDeath).toBeLessThan(visitorsAtOnce * messagesEach)
      await server.startAgain()
      const acks = await Promise.all(sent)
      expect(acks.flat().every(({ ok }) => ok)).toBe(true)

      const operator = await consoleClient(server.url, cookie)
      for (const [n, visitor] of visitors.entries()) {
        await visitor.sees(`посетитель ${n}: ${messagesEach - 1}`)
        expect(visitor.welcomes.length).toBeGreaterThan(1)
        const ofBurst = (text: string) => text.startsWith('посетитель')
        expect(visitor.ownTexts.filter(ofBurst)).toEqual(texts(n))
        const thread = await operator.thread(visitor.conversationId)
        expect(
          thread.flatMap(({ content }) =>
            content.kind === 'text' && ofBurst(content.text) ? [content.text] : [],
          ),
        ).toEqual(texts(n))
        expect(thread.map(({ seq }) => seq)).toEqual(thread.map((_, at) => at + 1))
        visitor.leaves()
      }
      operator.leaves()
    })
  },
)
