import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleClient, consoleClient, hireOperator, signIn } from '../support/consoleClient.ts'
import { leftAfterEach } from '../support/leftAfterEach.ts'
import { postgresOfFile } from '../support/postgresOfFile.ts'
import { startServer, startServerProcess, type TestServer } from '../support/server.ts'
import { settableClock } from '../support/settableClock.ts'
import { until } from '../support/until.ts'
import { registers, visitorClient } from '../support/visitorClient.ts'

/* Presence belongs to the desk, not to a process: two servers on one database, without anything else between them. */

const postgres = postgresOfFile()

const opened = leftAfterEach()

async function comes(url: string, cookie: string): Promise<ConsoleClient> {
  const client = await consoleClient(url, cookie)
  opened.push(client)
  return client
}

const seen = (by: ConsoleClient, name: string, presence: string) =>
  until(() => by.presences[name] === presence, `${name} is seen ${presence}, not ${by.presences[name]}`)

describe('an operator at one of two servers', () => {
  let one: TestServer
  let other: TestServer
  const clocks = { one: settableClock(), other: settableClock() }
  beforeAll(async () => {
    const database = await postgres.createDatabase()
    one = await startServer({ database, clock: clocks.one })
    other = await startServer({ database, clock: clocks.other, dataDir: one.dataDir })
  })
  afterAll(async () => {
    await one.stop()
    await other.stop()
  })

  it('is online for everybody, at either server, until the last of their consoles is closed', async () => {
    const watching = await comes(other.url, await hireOperator(other.url, { name: 'Наблюдатель' }))
    const cookie = await hireOperator(one.url, { name: 'Айгерім' })
    const [here, there] = [await comes(one.url, cookie), await comes(other.url, cookie)]
    expect(here.hello.me.presence).toBe('online')
    await seen(watching, 'Айгерім', 'online')
    there.leaves()
    const later = await comes(other.url, await hireOperator(other.url, { name: 'Позже' }))
    expect(later.hello.operators.find(({ name }) => name === 'Айгерім')?.presence).toBe('online')
    await seen(watching, 'Позже', 'online')
    expect(watching.presences.Айгерім).toBe('online')
    here.leaves()
    await seen(watching, 'Айгерім', 'offline')
  })

  it('chooses a pause, which everybody sees and a new connection keeps', async () => {
    const watching = await comes(other.url, await hireOperator(other.url, { name: 'Старшая' }))
    const cookie = await hireOperator(one.url, { name: 'Данияр' })
    const first = await comes(one.url, cookie)
    await first.chooses('paused')
    await seen(watching, 'Данияр', 'paused')
    first.leaves()
    await seen(watching, 'Данияр', 'offline')
    const again = await comes(other.url, cookie)
    expect(again.hello.me.presence).toBe('paused')
    await again.chooses('online')
    await seen(watching, 'Данияр', 'online')
  })

  it('is on no pause any more who signs in anew', async () => {
    const email = 'saltanat@help.test'
    const cookie = await hireOperator(one.url, { name: 'Салтанат', email })
    const first = await comes(one.url, cookie)
    await first.chooses('paused')
    first.leaves()
    const watching = await comes(one.url, await hireOperator(one.url, { name: 'Свидетель' }))
    await seen(watching, 'Салтанат', 'offline')
    clocks.one.pass({ minutes: 30 })
    const next = await comes(one.url, await signIn(one.url, { email, password: 'another long password' }))
    expect(next.hello.me.presence).toBe('online')
    clocks.one.pass({ minutes: -30 })
  })

  it('cannot choose what there is not', async () => {
    const client = await comes(one.url, await hireOperator(one.url, { name: 'Проверка' }))
    const answer = await client.socket.emitWithAck('presence', 'invisible' as never)
    expect(answer).toMatchObject({ ok: false, refusal: { key: 'refusal.invalid' } })
  })

  it('is not told of colleagues of other desks', async () => {
    const watching = await comes(one.url, await hireOperator(one.url, { name: 'Своя' }))
    const stranger = await comes(one.url, await hireOperator(one.url, { name: 'Чужая', desks: ['sts'] }))
    const third = await comes(one.url, await hireOperator(one.url, { name: 'Третья' }))
    await seen(watching, 'Третья', 'online')
    expect(watching.presences).not.toHaveProperty('Чужая')
    expect(stranger.presences).not.toHaveProperty('Своя')
    third.leaves()
  })

  it('a server that was held for dead writes down again who is there', async () => {
    const watching = await comes(other.url, await hireOperator(other.url, { name: 'Сторож' }))
    await comes(one.url, await hireOperator(one.url, { name: 'Живая' }))
    await seen(watching, 'Живая', 'online')
    clocks.other.pass({ minutes: 5 })
    await other.wake()
    await seen(watching, 'Живая', 'offline')
    clocks.one.pass({ minutes: 5 })
    await one.wake()
    await seen(watching, 'Живая', 'online')
    clocks.one.pass({ minutes: -5 })
    clocks.other.pass({ minutes: -5 })
  })

  it('visitors, too, are online for the consoles of either server', async () => {
    const visitor = await visitorClient(one.url, { language: 'ru' })
    opened.push(visitor)
    await registers(visitor)
    const cookie = await hireOperator(other.url, { name: 'Зрячая' })
    const look = async () => (await comes(other.url, cookie)).rows.get(visitor.conversationId)?.visitorOnline
    expect(await look()).toBe(true)
    visitor.leaves()
    await until(async () => (await look()) === false, 'the visitor has left', { everyMilliseconds: 100 })
  })
})

describe('a server that is killed (kill -9)', () => {
  it('has nobody connected to it once its lease has run out, and not before', async () => {
    const database = await postgres.createDatabase()
    const clock = settableClock(new Date().toISOString())
    const stays = await startServer({ database, clock })
    const dies = await startServerProcess({ database, dataDir: stays.dataDir })
    const watching = await comes(stays.url, await hireOperator(stays.url, { name: 'Сторож' }))
    const lost = await consoleClient(dies.url, await hireOperator(dies.url, { name: 'Потерянная' }))
    await seen(watching, 'Потерянная', 'online')
    clock.at(new Date().toISOString())
    await dies.kill()
    await stays.wake()
    const next = await comes(stays.url, await hireOperator(stays.url, { name: 'Следующая' }))
    expect(next.presences.Потерянная).toBe('online')
    clock.pass({ seconds: 31 })
    await stays.wake()
    await seen(watching, 'Потерянная', 'offline')
    lost.leaves()
    await stays.stop()
  })
})
