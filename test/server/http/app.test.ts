import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEnv } from '../../../server/env.ts'
import { type TestApp, testApp } from './testApp.ts'

let served: TestApp
const updates: unknown[] = []

beforeAll(async () => {
  served = await testApp({
    telegramWebhook: {
      handle: async (secret, body) => {
        if (secret !== 'the secret') return false
        updates.push(body)
        return true
      },
    },
  })
})
afterAll(() => served.stop())

const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  served.app.inject({ method: 'GET', url, headers, remoteAddress })

describe('the FAQ search', () => {
  const search = (query: string) => get(`/api/desks/edoc/faq/search?${query}`, { 'accept-language': 'ru' })

  test('answers with exactly what the contract names, best first', async () => {
    const answer = await search(
      `q=${encodeURIComponent('как зарегистрироваться на портале')}&lang=kk&limit=2`,
    )
    expect(answer.statusCode).toBe(200)
    const body = answer.json()
    expect(Object.keys(body).sort()).toEqual(['confident', 'intent', 'language', 'results'])
    expect(body).toMatchObject({ language: 'kk', intent: 'question', confident: expect.any(Boolean) })
    expect(body.results.length).toBeGreaterThan(0)
    expect(body.results.length).toBeLessThanOrEqual(2)
    for (const result of body.results) {
      expect(result).toEqual({
        id: expect.stringMatching(/^edoc\./),
        title: expect.stringMatching(/[әіңғүұқөһ]/i),
        score: expect.any(Number),
      })
    }
    const scores = body.results.map(({ score }: { score: number }) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(body.results[0].id).toBe('edoc.register-portal')
  })

  test('gives three titles in the language of the question when nothing else is asked', async () => {
    const body = (await search(`q=${encodeURIComponent('как отправить документ на подпись')}`)).json()
    expect(body.language).toBe('ru')
    expect(body.results.length).toBeLessThanOrEqual(3)
    expect(body.results.map(({ title }: { title: string }) => title).join('')).not.toMatch(/[әіңғүұқөһ]/i)
  })

  test('tells a wish for a person from a question', async () => {
    const body = (await search(`q=${encodeURIComponent('позовите оператора')}`)).json()
    expect(body).toEqual({ language: 'ru', intent: 'operator', confident: false, results: [] })
  })

  test.each([
    ['an unknown desk', '/api/desks/nowhere/faq/search?q=a', 404, 'refusal.unknownDesk'],
    ['no question', '/api/desks/edoc/faq/search', 400, 'refusal.invalid'],
    ['an empty question', '/api/desks/edoc/faq/search?q=%20', 400, 'refusal.invalid'],
    ['an endless question', `/api/desks/edoc/faq/search?q=${'a'.repeat(1001)}`, 400, 'refusal.invalid'],
    ['another language', '/api/desks/edoc/faq/search?q=a&lang=en', 400, 'refusal.invalid'],
    ['too many results', '/api/desks/edoc/faq/search?q=a&limit=11', 400, 'refusal.invalid'],
    ['two questions', '/api/desks/edoc/faq/search?q=a&q=b', 400, 'refusal.invalid'],
  ])('refuses %s', async (_, url, status, key) => {
    const answer = await get(url)
    expect([answer.statusCode, answer.json().refusal.key]).toEqual([status, key])
  })

  test('may be asked from any page', async () => {
    expect((await search('q=a')).headers['access-control-allow-origin']).toBe('*')
  })

  test('does not log what was asked', async () => {
    await search(`q=${encodeURIComponent('менің ЖСН 880101300123')}`)
    expect(served.logged.join('')).not.toMatch(/880101300123|%D0/)
  })
})

test('the public API is described, and nothing else', async () => {
  const document = (await get('/api/openapi.json')).json()
  expect(document.openapi).toMatch(/^3\.1/)
  expect(Object.keys(document.paths).sort()).toEqual(['/api/desks/{desk}/faq/search', '/healthz', '/readyz'])
  const { parameters, responses } = document.paths['/api/desks/{desk}/faq/search'].get
  expect(parameters.map(({ name }: { name: string }) => name).sort()).toEqual(['desk', 'lang', 'limit', 'q'])
  expect(responses['200'].content['application/json'].schema.required.sort()).toEqual([
    'confident',
    'intent',
    'language',
    'results',
  ])
})

test("an address that cannot be read is refused in the reader's language", async () => {
  const answer = await get('/help/%E0%A4%A', { 'accept-language': 'ru' })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().refusal).toMatchObject({
    key: 'refusal.invalid',
    text: expect.stringMatching(/[а-я]/),
  })
})

describe('the state of the server', () => {
  test('is alive and ready while the database answers', async () => {
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' })
    const ready = await get('/readyz')
    expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ready' }])
  })

  test('is measured for whoever is near', async () => {
    await get('/api/desks/edoc/faq/search?q=a')
    const answer = await get('/metrics')
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(answer.body).toContain('komekshi_http_request_duration_seconds_count{')
    expect(answer.body).toContain('route="/api/desks/:desk/faq/search"')
    expect(answer.body).toContain('process_cpu_seconds_total')
  })

  test('is not measured for the world, nor through a proxy', async () => {
    expect((await get('/metrics', {}, '192.0.2.1')).statusCode).toBe(404)
    expect((await get('/metrics', { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(404)
    expect((await get('/metrics', { forwarded: 'for=127.0.0.1' })).statusCode).toBe(404)
  })
})

describe("Telegram's updates", () => {
  const bring = (headers: Record<string, string>) =>
    served.app.inject({ method: 'POST', url: '/api/telegram/webhook', headers, payload: { update_id: 1 } })

  test('are taken with the secret that we gave to Telegram, and only then', async () => {
    expect((await bring({})).statusCode).toBe(401)
    expect((await bring({ 'x-telegram-bot-api-secret-token': 'a guess' })).statusCode).toBe(401)
    expect(updates).toEqual([])
    expect((await bring({ 'x-telegram-bot-api-secret-token': 'the secret' })).statusCode).toBe(200)
    expect(updates).toEqual([{ update_id: 1 }])
  })
})

describe('pages', () => {
  test.each([
    ['/', 'demo', 'text/html'],
    ['/widget.js', '/* loader */', 'javascript'],
    ['/widget/', 'chat', 'text/html'],
    ['/widget/index.html', 'chat', 'text/html'],
    ['/widget/assets/index-Ab12_-34.js', '/* chat */', 'javascript'],
    ['/console', 'console', 'text/html'],
    ['/console/', 'console', 'text/html'],
  ])('%s gives the %s', async (path, text, type) => {
    const answer = await get(`${path}?desk=edoc`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, expect.stringContaining(type)])
    expect(answer.body).toContain(text)
  })

  test.each([
    ['/widget/assets/index-Ab12_-34.js', 'public, max-age=31536000, immutable'],
    ['/widget.js', 'public, max-age=300'],
    ['/widget/', 'no-cache'],
    ['/console', 'no-cache'],
    ['/', 'no-cache'],
    ['/healthz', 'no-store'],
    ['/api/console/me', 'no-store'],
  ])('%s may be kept: %s', async (path, caching) => {
    expect((await get(path)).headers['cache-control']).toBe(caching)
  })

  test('come compressed to whoever takes it', async () => {
    const compressed = await get('/widget.js', { 'accept-encoding': 'gzip, deflate, br' })
    expect(compressed.headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: 'Accept-Encoding',
      'content-type': expect.stringContaining('javascript'),
    })
    expect(gunzipSync(compressed.rawPayload).toString()).toBe('/* loader */')
    expect((await get('/widget.js')).headers['content-encoding']).toBeUndefined()
  })

  test('are not sent again when they have not changed', async () => {
    const { etag } = (await get('/widget/')).headers
    const again = await get('/widget/', { 'if-none-match': String(etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  test('of the chat may be framed by portals, those of the console by nobody', async () => {
    const chat = (await get('/widget/')).headers
    expect(chat['content-security-policy']).toContain('frame-ancestors *')
    expect(chat['x-frame-options']).toBeUndefined()
    expect(chat['cross-origin-resource-policy']).toBe('cross-origin')
    expect((await get('/widget.js')).headers['cross-origin-resource-policy']).toBe('cross-origin')
    const console = (await get('/console')).headers
    expect(console['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(console['x-frame-options']).toBe('DENY')
    for (const headers of [chat, console]) {
      for (const rule of [
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self' ws: wss:",
        "script-src 'self'",
      ])
        expect(String(headers['content-security-policy']).split('; ')).toContain(rule)
    }
  })

  test.each([
    '/widget/../../../etc/passwd',
    '/widget/..%2f..%2f..%2fetc%2fpasswd',
    '/widget/%2e%2e/%2e%2e/uploads/incoming',
    '/console/..%5c..%5cetc',
    '/widget/.env',
    '/widget/missing.js',
    '/wp-login.php',
  ])('%s leads nowhere', async (path) => {
    const answer = await get(path, { 'accept-language': 'ru' })
    expect([400, 403, 404]).toContain(answer.statusCode)
    expect(answer.body).not.toContain('root:')
    expect(String(answer.headers['cache-control'])).not.toContain('immutable')
  })

  test('that are not there say so, to people and to programs', async () => {
    const page = await get('/missing', { 'accept-language': 'ru' })
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(page.body).toContain('<html lang="ru">')
    expect(page.body).toContain('Такой страницы нет.')
    const data = await get('/api/missing')
    expect([data.statusCode, data.json()]).toEqual([
      404,
      { refusal: { key: 'refusal.noPage', text: 'Мұндай бет жоқ.' } },
    ])
  })

  test('ask for HTTPS only when the server is reached by it', async () => {
    expect((await get('/')).headers['strict-transport-security']).toBeUndefined()
  })
})

describe('behind a proxy with HTTPS', () => {
  let proxied: TestApp
  beforeAll(async () => {
    proxied = await testApp({ env: readEnv({ PUBLIC_URL: 'https://help.test' }) })
  })
  afterAll(() => proxied.stop())

  const login = (from: string, claimed: string, email: string) =>
    proxied.app.inject({
      method: 'POST',
      url: '/api/console/login',
      remoteAddress: from,
      headers: { 'x-komekshi': '1', 'x-forwarded-for': claimed },
      payload: { email, password: 'guess' },
    })

  test('browsers are told to keep to HTTPS, and the cookie goes nowhere else', async () => {
    const answer = await proxied.app.inject({ url: '/' })
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=15552000/)
    const left = await proxied.app.inject({
      method: 'POST',
      url: '/api/console/logout',
      headers: { 'x-komekshi': '1' },
    })
    expect(left.headers['set-cookie']).toContain('Secure')
  })

  test('guesses count by the address that our proxy saw, not by one that the guesser claims', async () => {
    for (let i = 0; i < 10; i++)
      expect((await login('10.0.0.1', `198.51.100.${i}, 192.0.2.1`, 'a@help.test')).statusCode).toBe(401)
    expect((await login('10.0.0.1', '198.51.100.99, 192.0.2.1', 'a@help.test')).statusCode).toBe(429)
    expect((await login('10.0.0.1', '192.0.2.2', 'a@help.test')).statusCode).toBe(401)
  })

  test('whoever comes past the proxy is not believed', async () => {
    for (let i = 0; i < 10; i++)
      expect((await login('192.0.2.9', `198.51.100.${i}`, 'b@help.test')).statusCode).toBe(401)
    expect((await login('192.0.2.9', '198.51.100.99', 'b@help.test')).statusCode).toBe(429)
  })
})

describe('when the database is gone', () => {
  test('the server is alive but not ready, and answers without the inside', async () => {
    const broken = await testApp()
    await broken.database.close()
    const statuses = [
      (await broken.app.inject('/healthz')).statusCode,
      (await broken.app.inject('/readyz')).statusCode,
    ]
    expect(statuses).toEqual([200, 503])
    const answer = await broken.app.inject({
      method: 'POST',
      url: '/api/console/login',
      headers: { 'x-komekshi': '1', 'accept-language': 'ru' },
      payload: { email: 'a@help.test', password: 'x' },
    })
    expect([answer.statusCode, answer.json()]).toEqual([
      500,
      { refusal: { key: 'refusal.failed', text: 'Не получилось сохранить. Попробуйте ещё раз.' } },
    ])
    expect(broken.logged.join('')).toContain('a request failed')
    await broken.stop()
  })
})
