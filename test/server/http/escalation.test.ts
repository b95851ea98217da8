import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WireChatCode, WireEscalation, WireEscalations } from '../../../engine/wireEscalation.ts'
import { own, signInAdministrator, signInOperator, type TestApp, testApp } from './testApp.ts'

/* The moment is 2 March 2026, 14:00 in Almaty (testApp). */

let served: TestApp
let supervisor: { cookie: string }
let operator: { cookie: string }
let elsewhere: { cookie: string }

beforeAll(async () => {
  served = await testApp()
  const administrator = await signInAdministrator(served)
  const people = [
    { email: 'saule@help.test', desks: ['edoc', 'sts'], role: 'supervisor' },
    { email: 'timur@help.test', desks: ['edoc'], role: 'operator' },
    { email: 'dana@help.test', desks: ['court'], role: 'supervisor' },
  ] as const
  ;[supervisor, operator, elsewhere] = (await Promise.all(
    people.map((person) => signInOperator(served, administrator, { ...person, desks: [...person.desks] })),
  )) as [{ cookie: string }, { cookie: string }, { cookie: string }]
})
afterAll(() => served.stop())

const call = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
  headers: Record<string, string> = supervisor,
) =>
  served.app.inject({
    method,
    url: `/api/console/escalation${path}`,
    headers: { ...own, ...headers },
    ...(payload !== undefined && { payload }),
  })
const settings = async (desk = 'edoc') =>
  (await call('GET', '')).json<WireEscalations>().desks.find((one) => one.desk === desk)
const textOf = (answer: { body: string }) =>
  (JSON.parse(answer.body) as { refusal: { text: string } }).refusal.text

describe('who may set where a desk’s supervisors are told', () => {
  const input = { occasions: ['breach'], emails: [] }
  test.each([
    ['GET', '', undefined],
    ['PUT', '/edoc', input],
    ['POST', '/edoc/chat', undefined],
    ['DELETE', '/edoc/chat', undefined],
    ['POST', '/edoc/trial', undefined],
  ] as const)('%s %s: supervisors of the desk, and nobody else', async (method, path, payload) => {
    expect((await call(method, path, payload, { cookie: '' })).statusCode).toBe(401)
    expect((await call(method, path, payload, operator)).statusCode).toBe(403)
    if (path !== '') expect((await call(method, path, payload, elsewhere)).statusCode).toBe(404)
    else
      expect(
        (await call(method, path, payload, elsewhere)).json<WireEscalations>().desks.map(({ desk }) => desk),
      ).toEqual(['court'])
  })

  test('a page of somebody else’s cannot change it', async () => {
    const answer = await served.app.inject({
      method: 'PUT',
      url: '/api/console/escalation/edoc',
      headers: supervisor,
      payload: input,
    })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
  })
})

describe('what is set', () => {
  test('until somebody chooses, supervisors would be told of breaches, insults and an empty desk, nowhere', async () => {
    expect(await settings('sts')).toEqual({
      desk: 'sts',
      occasions: ['breach', 'insult', 'unattended'],
      emails: [],
      telegram: null,
      failures: [],
    })
  })

  test('addresses are kept in their normal form, each once', async () => {
    const answer = await call('PUT', '/edoc', {
      occasions: ['warning', 'breach', 'breach'],
      emails: [' Saule@HELP.test ', 'saule@help.test', 'chief@help.test'],
    })
    expect(answer.json<WireEscalation>()).toMatchObject({
      occasions: ['warning', 'breach'],
      emails: ['Saule@help.test', 'chief@help.test'],
    })
    expect(await settings()).toMatchObject({ emails: ['Saule@help.test', 'chief@help.test'] })
  })

  test.each([
    'not an address',
    'a@help.test\r\nBcc: b@help.test',
    'a@help.test,b@help.test',
    'Name <a@help.test>',
  ])('%j is refused in words, and nothing changes', async (address) => {
    const before = await settings()
    const answer = await call('PUT', '/edoc', { occasions: [], emails: ['chief@help.test', address] })
    expect(answer.statusCode).toBe(400)
    expect(textOf(answer)).toMatch(/^Это не адрес электронной почты: /)
    expect(await settings()).toEqual(before)
  })

  test.each([
    { occasions: ['everything'], emails: [] },
    { occasions: [], emails: Array.from({ length: 21 }, (_, n) => `a${n}@help.test`) },
    { occasions: [], emails: [], desk: 'court' },
  ])('what is not in its form is refused (%#)', async (payload) => {
    expect((await call('PUT', '/edoc', payload)).statusCode).toBe(400)
  })

  test('a trial without anybody to tell is refused in words', async () => {
    const answer = await call('POST', '/sts/trial')
    expect(answer.statusCode).toBe(409)
    expect(textOf(answer)).toBe('Сначала укажите адрес или подключите чат: отправлять пока некуда.')
  })
})

describe('a code that connects a Telegram chat', () => {
  const chats = () => served.escalation.chats
  const coded = async (desk = 'edoc') => {
    const { command, link, expiresAt } = (await call('POST', `/${desk}/chat`)).json<WireChatCode>()
    return { code: command.split(' ').at(-1) ?? '', command, link, expiresAt }
  }

  test('is shown with the command and the link that adds the bot, and kept as a hash', async () => {
    const { code, command, link, expiresAt } = await coded()
    expect(code).toMatch(/^[A-Z2-9]{8}$/)
    expect(command).toBe(`/connect@helper_bot ${code}`)
    expect(link).toBe(`https://t.me/helper_bot?startgroup=${code}`)
    expect(expiresAt).toBe('2026-03-02T09:10:00.000Z')
    const rows = await served.database.sql`select * from chat_codes`
    expect(JSON.stringify(rows)).not.toContain(code)
  })

  test('connects once, in whatever case it is typed', async () => {
    const { code } = await coded()
    expect(await chats().standing(-1001)).toBe('expected')
    expect(await chats().connect(-1001, 'Смена', code.toLowerCase(), 'kk')).toBe(
      'Техническая поддержка E-DOC: этот чат подключён, оповещения будут приходить сюда.',
    )
    expect(await settings()).toMatchObject({ telegram: { title: 'Смена' } })
    expect(await chats().standing(-1001)).toBe('connected')
    expect(await chats().connect(-1002, 'Чужие', code, 'ru')).toMatch(/^Код не подходит/)
    expect(await settings()).toMatchObject({ telegram: { title: 'Смена' } })
  })

  test('is worth nothing after ten minutes, nor when a newer one was made', async () => {
    const { code: old } = await coded()
    const { code } = await coded()
    expect(await chats().connect(-1003, 'Х', old, 'ru')).toMatch(/^Код не подходит/)
    served.clock.pass(11)
    expect(await chats().connect(-1003, 'Х', code, 'kk')).toMatch(/^Код жарамайды/)
    expect(await chats().standing(-1003)).toBe('unknown')
  })

  test('is worth nothing once who made it supervises the desk no longer', async () => {
    const { code } = await coded('sts')
    await served.database.sql`update operators set desks = '{edoc}' where email = 'saule@help.test'`
    expect(await chats().connect(-1004, 'Х', code, 'ru')).toMatch(/^Код не подходит/)
    await served.database.sql`update operators set desks = '{edoc,sts}' where email = 'saule@help.test'`
  })

  test('the chat goes when it is disconnected, moves with its group, and is forgotten when the bot is sent away', async () => {
    await chats().connect(-1005, 'Смена', (await coded()).code, 'ru')
    expect((await call('DELETE', '/edoc/chat')).json<WireEscalation>().telegram).toBeNull()
    await chats().connect(-1005, 'Смена', (await coded()).code, 'ru')
    await chats().moved(-1005, -100900)
    expect(await chats().standing(-100900)).toBe('connected')
    await chats().left(-100900)
    expect((await settings())?.telegram).toBeNull()
  })
})
