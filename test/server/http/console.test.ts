import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  cookieOf,
  own,
  publicUrl,
  signInAdministrator,
  signInOperator,
  type TestApp,
  testApp,
} from './testApp.ts'

let served: TestApp
let administrator: { cookie: string }

beforeAll(async () => {
  served = await testApp()
  administrator = await signInAdministrator(served)
})
afterAll(() => served.stop())

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
const call = (method: Method, path: string, headers: Record<string, string> = {}, payload?: object) =>
  served.app.inject({
    method,
    url: `/api/console${path}`,
    headers: { ...own, ...headers },
    ...(payload && { payload }),
  })

const credentials = { email: 'aigerim@help.test', password: 'a long password' }

describe('signing in', () => {
  test('sets the cookie, and signing out takes it away', async () => {
    const answer = await call('POST', '/login', {}, credentials)
    expect(answer.statusCode).toBe(204)
    expect(answer.headers['set-cookie']).toMatch(/^komekshi_session=[\w-]{43}; .*HttpOnly; SameSite=Strict$/)
    const cookie = cookieOf(answer)
    const me = await call('GET', '/me', { cookie })
    expect(me.json()).toEqual({
      id: expect.any(String),
      name: 'aigerim',
      email: 'aigerim@help.test',
      role: 'administrator',
      desks: expect.arrayContaining(['edoc']),
      languages: ['kk', 'ru'],
      active: true,
      capacity: null,
      presence: 'offline',
    })
    const left = await call('POST', '/logout', { cookie })
    expect([left.statusCode, left.headers['set-cookie']]).toEqual([
      204,
      expect.stringContaining('komekshi_session=; Max-Age=0'),
    ])
    expect((await call('GET', '/me', { cookie })).statusCode).toBe(401)
  })

  test('is refused in the words of the screen', async () => {
    const wrong = { ...credentials, password: 'wrong' }
    const inRussian = await call('POST', '/login', {}, wrong)
    expect([inRussian.statusCode, inRussian.json()]).toEqual([
      401,
      { refusal: { key: 'refusal.wrongPassword', text: 'Неверный адрес или пароль.' } },
    ])
    const inKazakh = await call('POST', '/login', { 'accept-language': 'kk' }, wrong)
    expect(inKazakh.json().refusal.text).toBe('Мекенжай немесе құпиясөз қате.')
  })

  test('is slowed down when passwords are guessed', async () => {
    const guess = () => call('POST', '/login', {}, { email: 'victim@help.test', password: 'guess' })
    for (let i = 0; i < 10; i++) expect((await guess()).statusCode).toBe(401)
    const answer = await guess()
    expect([answer.statusCode, answer.json().refusal.text]).toEqual([
      429,
      'Слишком много попыток. Попробуйте через 15 мин.',
    ])
  })

  test.each([
    ['no JSON', 'email=a&password=b', 'application/x-www-form-urlencoded', 415],
    ['broken JSON', '{"email":', 'application/json', 400],
    ['other types', '{"email":{"$ne":""},"password":["x"]}', 'application/json', 400],
    ['a huge body', JSON.stringify({ email: 'a', password: 'p'.repeat(70_000) }), 'application/json', 413],
  ])('with %s is refused without a word of the inside', async (_, payload, type, status) => {
    const answer = await served.app.inject({
      method: 'POST',
      url: '/api/console/login',
      headers: { ...own, 'content-type': type },
      payload,
    })
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toEqual({
      refusal: expect.objectContaining({
        key: expect.stringMatching(/^refusal\./),
        text: expect.any(String),
      }),
    })
    expect(answer.body).not.toMatch(/zod|stack|node_modules|\.ts/i)
  })
})

describe('what another site makes a browser send', () => {
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ['without our header', { 'accept-language': 'ru' }],
    ['with another value of it', { 'x-komekshi': 'true' }],
    ['from another origin', { ...own, origin: 'https://evil.test' }],
    ['from an origin that begins like ours', { ...own, origin: `${publicUrl}.evil.test` }],
    ['from a sandboxed frame', { ...own, origin: 'null' }],
  ]
  test.each(attempts)('is turned away %s', async (_, headers) => {
    for (const [method, url] of [
      ['POST', '/api/console/login'],
      ['POST', '/api/console/logout'],
      ['POST', '/api/console/accept'],
      ['POST', '/api/console/invitations'],
      ['PATCH', '/api/console/operators/00000000-0000-4000-8000-000000000000'],
      ['DELETE', '/api/console/invitations/00000000-0000-4000-8000-000000000000'],
    ] as const) {
      const answer = await served.app.inject({ method, url, headers: { ...headers, ...administrator } })
      expect([url, answer.statusCode, answer.json().refusal.key]).toEqual([url, 403, 'refusal.forbidden'])
    }
    expect((await call('GET', '/me', administrator)).statusCode).toBe(200)
  })

  test('is told from our own pages, at the public address and at the one that was asked', async () => {
    for (const origin of [publicUrl, 'http://127.0.0.1:3000']) {
      const answer = await call(
        'POST',
        '/login',
        { origin, host: '127.0.0.1:3000' },
        { email: 'own@help.test', password: 'wrong' },
      )
      expect(answer.statusCode).toBe(401)
    }
  })
})

describe('an invitation', () => {
  const request = { email: 'daniyar@help.test', role: 'operator', desks: ['edoc'], languages: ['kk'] }

  test('is a link that shows whom it is for and signs them in, once', async () => {
    const invited = await call('POST', '/invitations', administrator, request)
    expect(invited.statusCode).toBe(201)
    const { link, expiresAt } = invited.json<{ link: string; expiresAt: string }>()
    expect(link).toMatch(/^http:\/\/help\.test\/console#\/invitation\/[\w-]{43}$/)
    expect(expiresAt).toBe('2026-03-09T09:00:00.000Z')
    const token = link.split('/').at(-1) ?? ''

    const seen = await call('GET', `/invitations/${token}`)
    expect(seen.json()).toEqual({ email: 'daniyar@help.test', role: 'operator', firstAdministrator: false })

    const acceptance = { token, name: 'Данияр Ахметов', password: 'another long password' }
    const accepted = await call('POST', '/accept', {}, acceptance)
    expect(accepted.statusCode).toBe(204)
    expect((await call('GET', '/me', { cookie: cookieOf(accepted) })).json().name).toBe('Данияр Ахметов')

    const again = await call('POST', '/accept', {}, acceptance)
    expect([again.statusCode, again.json().refusal.key]).toEqual([404, 'refusal.invitationGone'])
    expect((await call('GET', `/invitations/${token}`)).statusCode).toBe(404)
  })

  test('is listed until it is withdrawn', async () => {
    await call('POST', '/invitations', administrator, { ...request, email: 'marat@help.test' })
    const [listed] = (await call('GET', '/invitations', administrator)).json()
    expect(listed).toEqual({
      ...request,
      id: expect.any(String),
      email: 'marat@help.test',
      expiresAt: '2026-03-09T09:00:00.000Z',
    })
    expect((await call('DELETE', `/invitations/${listed.id}`, administrator)).statusCode).toBe(204)
    expect((await call('GET', '/invitations', administrator)).json()).toEqual([])
    expect((await call('DELETE', `/invitations/${listed.id}`, administrator)).statusCode).toBe(404)
  })

  test('names what is wrong with it by field', async () => {
    const answer = await call('POST', '/invitations', administrator, {
      ...request,
      email: 'marat',
      desks: [],
    })
    expect([answer.statusCode, answer.json().refusal]).toEqual([
      400,
      {
        key: 'refusal.check',
        text: 'Проверьте, пожалуйста, отмеченные поля.',
        fields: {
          email: 'Укажите адрес электронной почты, например aigerim@example.kz.',
          desks: 'Выберите хотя бы одну службу.',
        },
      },
    ])
  })

  test('is not accepted with a short password', async () => {
    const answer = await call(
      'POST',
      '/accept',
      {},
      { token: 't'.repeat(43), name: 'Айгүл', password: 'short' },
    )
    expect(answer.json().refusal.fields).toEqual({ password: 'Нужно от 10 до 200 знаков.' })
  })

  test('that was made up is refused', async () => {
    expect((await call('GET', `/invitations/${'t'.repeat(43)}`)).statusCode).toBe(404)
    const answer = await call(
      'POST',
      '/accept',
      {},
      { token: 't'.repeat(43), name: 'Айгүл', password: 'a long password' },
    )
    expect(answer.statusCode).toBe(404)
  })
})

describe('administration', () => {
  test('is for administrators only', async () => {
    const operator = await signInOperator(served, administrator, { email: 'operator@help.test' })
    const supervisor = await signInOperator(served, administrator, {
      email: 'supervisor@help.test',
      role: 'supervisor',
    })
    const me = (await call('GET', '/me', operator)).json()
    for (const [method, path, payload] of [
      ['GET', '/operators', undefined],
      ['GET', '/invitations', undefined],
      [
        'POST',
        '/invitations',
        { email: 'x@help.test', role: 'administrator', desks: ['edoc'], languages: ['kk'] },
      ],
      ['PATCH', `/operators/${me.id}`, { role: 'administrator' }],
      ['DELETE', `/invitations/${me.id}`, undefined],
    ] as const) {
      expect([path, (await call(method, path, operator, payload)).statusCode]).toEqual([path, 403])
      expect([path, (await call(method, path, supervisor, payload)).statusCode]).toEqual([path, 403])
      expect([path, (await call(method, path, {}, payload)).statusCode]).toEqual([path, 401])
    }
    expect((await call('GET', '/me', operator)).json().role).toBe('operator')
  })

  test('changes an operator, and lists everyone', async () => {
    const operator = await signInOperator(served, administrator, { email: 'change@help.test' })
    const { id } = (await call('GET', '/me', operator)).json()
    const changed = await call('PATCH', `/operators/${id}`, administrator, { role: 'supervisor' })
    expect([changed.statusCode, changed.json().role]).toEqual([200, 'supervisor'])
    const everyone = (await call('GET', '/operators', administrator)).json()
    expect(everyone.find((one: { id: string }) => one.id === id)).toEqual(changed.json())
    expect(JSON.stringify(everyone)).not.toMatch(/argon2|passwordHash/)

    await call('PATCH', `/operators/${id}`, administrator, { active: false })
    expect((await call('GET', '/me', operator)).statusCode).toBe(401)
  })

  test('refuses a change of nothing, of what may not be changed, and of the last administrator', async () => {
    const { id } = (await call('GET', '/me', administrator)).json()
    const change = (payload: object) => call('PATCH', `/operators/${id}`, administrator, payload)
    expect((await change({})).statusCode).toBe(400)
    expect((await change({ passwordHash: 'x' })).statusCode).toBe(400)
    expect((await change({ active: false })).json().refusal.key).toBe('refusal.lastAdministrator')
  })

  test('is logged with who did it, and no secret ever is', () => {
    const log = served.logged.join('')
    expect(log).toMatch(
      /"operator":"[0-9a-f-]{36}","method":"PATCH","route":"\/api\/console\/operators\/:id"/,
    )
    expect(log).not.toMatch(/komekshi_session=|long password|argon2/)
    expect(log).not.toMatch(/invitations\/[\w-]{43}/)
  })
})
