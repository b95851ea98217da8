import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDesks } from '../../../desks/loadDesks.ts'
import type { Desk } from '../../../engine/desk.ts'
import { languages } from '../../../engine/language.ts'
import { articleAddress, deskAddress } from '../../../server/help/addresses.ts'
import { failedPage } from '../../../server/help/pages.ts'
import { publicUrl, type TestApp, testApp, testFolder } from '../http/testApp.ts'

/** A desk of its own, whose owner tries to smuggle markup in everywhere, and knows about what no other desk does. */
const articleOfPool = `---
id: sport.pool
kk:
  title: Бассейнге абонементті қалай аламын?
  phrasings: [бассейн абонементі, бассейнге жазылу, жүзу сабағына жазылғым келеді]
ru:
  title: Как купить абонемент в бассейн </script><b>?
  phrasings: [абонемент в бассейн, запись в бассейн, хочу записаться на плавание]
---
<!-- kk -->
Кассаға барыңыз.
<!-- ru -->
Подойдите в кассу. <img src=x onerror=alert(1)> [сюда](javascript:alert(1))
`

const folder = testFolder()
const root = join(import.meta.dirname, '../../..')
cpSync(join(root, 'desks'), join(folder.path, 'desks'), { recursive: true })
mkdirSync(join(folder.path, 'desks/sport/faq'), { recursive: true })
writeFileSync(
  join(folder.path, 'desks/sport/desk.yaml'),
  readFileSync(join(root, 'desks/edoc/desk.yaml'), 'utf8')
    .replace('id: edoc', 'id: sport')
    .replace('ru: Техническая поддержка E-DOC', `ru: '"><script>alert(1)</script>'`),
)
writeFileSync(join(folder.path, 'desks/sport/faq/pool.md'), articleOfPool)
const desks = new Map(loadDesks(join(folder.path, 'desks'), 2026))

let served: TestApp
beforeAll(async () => {
  served = await testApp({ desks })
})
afterAll(async () => {
  await served.stop()
  folder.remove()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  served.app.inject({ method: 'GET', url, headers })
const search = (lang: string, q: string, desk = 'edoc') =>
  get(`/help/${desk}/${lang}/?q=${encodeURIComponent(q)}`)

const all = (body: string, pattern: RegExp) => [...body.matchAll(pattern)].map(([, found = '']) => found)
const alternatesOf = (body: string) =>
  Object.fromEntries(
    [...body.matchAll(/<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">/g)].map(
      ([, language, href]) => [language, href],
    ),
  )
const pathOf = (address: string | undefined) => (address ?? '').replace(publicUrl, '')

const listed = languages.flatMap((language) => [
  [`/help/?lang=${language}`, language] as const,
  ...[...desks.values()].flatMap(({ id, articles }) => [
    [deskAddress(id)(language), language] as const,
    ...[...articles.keys()].map((article) => [articleAddress(id, article)(language), language] as const),
  ]),
])

describe('a help page', () => {
  test.each(listed)('%s is whole and well-formed', async (url, language) => {
    const { statusCode, headers, body } = await get(url)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(body).toContain(`<html lang="${language}">`)
    expect(all(body, /<(h1)[ >]/g)).toHaveLength(1)
    expect(all(body, /<(main)[ >]/g)).toHaveLength(1)
    expect(all(body, /<title>([^<]+)<\/title>/g)).toHaveLength(1)
    expect(all(body, /<meta name="description" content="([^"]{10,250})">/g)).toHaveLength(1)
    expect(body).toContain(`<link rel="canonical" href="${publicUrl}${url}">`)
    expect(body).not.toMatch(/\[object|undefined|alert\(1\)<\/script>|<img src=x|href="javascript|<b>/)
    expect(all(body, /<script(?! type="application\/ld\+json")( [^>]*)>/g).join()).not.toMatch(
      /src="(?!\/widget\.js"|\/help\/ask\.js)/,
    )
    expect(body).not.toMatch(/<style|\sstyle=|\son\w+=(?!alert)/)
  })

  test.each(listed)('%s and its translation name each other, and where either is chosen', async (url) => {
    const alternates = alternatesOf((await get(url)).body)
    expect(Object.keys(alternates)).toEqual(['kk', 'ru', 'x-default'])
    expect([alternates.kk, alternates.ru]).toContain(publicUrl + url)
    for (const language of languages) {
      const translation = await get(pathOf(alternates[language]))
      expect([translation.statusCode, alternatesOf(translation.body)]).toEqual([200, alternates])
    }
    const chosen = await get(pathOf(alternates['x-default']), { 'accept-language': 'ru' })
    const ends = chosen.statusCode === 302 ? chosen.headers.location : pathOf(alternates.ru)
    expect([[200, 302].includes(chosen.statusCode), ends]).toEqual([true, pathOf(alternates.ru)])
  })

  test('shows the article’s own words, what is like it, and a way to ask', async () => {
    const { body } = await get('/help/edoc/ru/key-password')
    expect(body).toContain('<h1>Забыт пароль от ключа ЭЦП — что делать?</h1>')
    expect(body).toMatch(/<ol>\s*<li>/)
    const [, related = ''] = body.split('id="related"')
    const others = all(related, /href="\/help\/edoc\/ru\/([\w-]+)"/g)
    expect(others.length).toBeGreaterThan(0)
    expect(others).not.toContain('key-password')
    expect(body).toContain('data-ask href="/widget/?desk=edoc&amp;lang=ru"')
    expect(body).toContain('<script async src="/widget.js" data-desk="edoc" data-lang="ru"></script>')
  })

  test('names only the contacts that a desk has', async () => {
    for (const { id, contacts, portal } of desks.values()) {
      const [, footer = ''] = (await get(`/help/${id}/kk/`)).body.split('<footer>')
      const { email, phone } = contacts
      expect(all(footer, /<li><a href="([^"]+)">/g)).toEqual([
        portal.url,
        ...(email ? [`mailto:${email}`] : []),
        ...(phone ? [`tel:${phone}`] : []),
      ])
    }
  })

  test('tells search engines the question and its answer', async () => {
    const { body } = await get('/help/sport/ru/pool')
    const [block = ''] = all(body, /<script type="application\/ld\+json">(.*?)<\/script>/gs)
    const [faq, crumbs] = JSON.parse(block)['@graph']
    expect(faq.mainEntity[0].name).toBe('Как купить абонемент в бассейн </script><b>?')
    expect(faq.mainEntity[0].acceptedAnswer.text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(crumbs.itemListElement.map(({ item }: { item: string }) => item)).toEqual([
      `${publicUrl}/help/?lang=ru`,
      `${publicUrl}/help/sport/ru/`,
      `${publicUrl}/help/sport/ru/pool`,
    ])
  })

  test('of a desk lists its questions by the language’s alphabet', async () => {
    for (const language of languages) {
      const { body } = await get(`/help/edoc/${language}/`)
      const [, list = ''] = body.split('<ul class="links">')
      const titles = all(list.split('</ul>')[0] ?? '', />([^<]+)<\/a>/g)
      expect(titles).toHaveLength(desks.get('edoc')?.articles.size ?? 0)
      expect(titles).toEqual([...titles].sort(new Intl.Collator(language).compare))
    }
  })

  test('of the desks leads to each of them, in the reader’s language', async () => {
    const russian = await get('/help/', { 'accept-language': 'ru-RU,ru;q=0.9' })
    expect([russian.headers.vary, russian.body.includes('<html lang="ru">')]).toEqual([
      'Accept-Language',
      true,
    ])
    expect(all(russian.body, /href="\/help\/(\w+)\/ru\/"/g)).toEqual([...desks.keys()])
    expect((await get('/help/')).body).toContain('<html lang="kk">')
  })
})

describe('an address', () => {
  test.each([
    ['/help', 301, '/help/'],
    ['/help/edoc', 301, '/help/edoc/'],
    ['/help/edoc/ru', 301, '/help/edoc/ru/'],
    ['/help/edoc/', 302, '/help/edoc/kk/'],
    ['/help/edoc/?q=%D0%AD%D0%A6%D0%9F', 302, '/help/edoc/kk/?q=%D0%AD%D0%A6%D0%9F'],
    ['/help/edoc/key-password', 302, '/help/edoc/kk/key-password'],
  ])('%s leads (%s) to %s', async (url, status, location) => {
    const answer = await get(url)
    expect([answer.statusCode, answer.headers.location]).toEqual([status, location])
  })

  test.each([
    ['ru-KZ,ru;q=0.9,kk;q=0.5', 'ru'],
    ['ru;q=0.5,kk;q=0.9', 'kk'],
    ['en-US,en', 'kk'],
  ])('without a language leads who reads %s to %s', async (accepted, language) => {
    const answer = await get('/help/edoc/', { 'accept-language': accepted })
    expect([answer.headers.location, answer.headers.vary]).toEqual([
      `/help/edoc/${language}/`,
      'Accept-Language',
    ])
  })

  test.each([
    ['/help/edoc/ru/nothing', 'ru', '/help/edoc/ru/'],
    ['/help/edoc/kk/nothing/more', 'kk', '/help/edoc/kk/'],
    ['/help/edoc/en/', 'kk', '/help/edoc/kk/'],
    ['/help/edoc/nothing', 'kk', '/help/edoc/kk/'],
    ['/help/nowhere/ru/', 'ru', '/help/?lang=ru'],
    ['/help/nowhere', 'kk', '/help/?lang=kk'],
    ['/help/edoc/ru/__proto__', 'ru', '/help/edoc/ru/'],
    ['/help/<script>/ru/', 'ru', '/help/?lang=ru'],
  ])('%s is not there, and says so in %s', async (url, language, way) => {
    const { statusCode, headers, body } = await get(url)
    const heading = { kk: 'Бет табылмады', ru: 'Страница не найдена' }[language]
    expect([statusCode, headers['cache-control']]).toEqual([404, 'no-store'])
    expect(body).toContain(`<html lang="${language}">`)
    expect(body).toContain(`<h1>${heading}</h1>`)
    expect(body).toContain(`href="${way}"`)
    expect(body).not.toContain('<script>')
  })
})

describe('what cannot be shown', () => {
  test('is said in the language, logged, and kept by nobody', async () => {
    const broken = new Proxy(desks.get('edoc') as Desk, {
      get(desk, name) {
        if (name === 'contacts') throw new Error('the disk is full')
        return Reflect.get(desk, name)
      },
    })
    desks.set('broken', broken)
    const { statusCode, headers, body } = await get('/help/broken/kk/')
    desks.delete('broken')
    expect([statusCode, headers['cache-control']]).toEqual([500, 'no-store'])
    expect(body).toContain('<h1>Бетті ашу мүмкін болмады</h1>')
    expect(body).not.toContain('the disk is full')
    expect(served.logged.join('')).toContain('the disk is full')
  })

  test('for being asked for too often asks to wait', () => {
    expect(failedPage(429, 'ru').main.text).toContain('Подождите минуту')
    expect(failedPage(500, 'ru').main.text).not.toContain('Подождите минуту')
  })
})

describe('the search', () => {
  test.each([
    ['kk', 'ЭЦҚ кілтінің құпиясөзін ұмытып қалдым', 'key-password'],
    ['kk', 'купия созди умытып калдым', 'key-password'],
    ['ru', 'забыл пороль от эцп', 'key-password'],
    ['ru', 'ncalayer ге косылмайды', 'ncalayer'],
  ])('in %s finds for «%s» first %s', async (language, query, slug) => {
    const { statusCode, body } = await search(language, query)
    expect(statusCode).toBe(200)
    expect(all(body, /<(h1)[ >]/g)).toHaveLength(1)
    expect(all(body.split('class="found"')[1] ?? '', /href="\/help\/edoc\/\w\w\/([\w-]+)"/g)[0]).toBe(slug)
    expect(body).toContain(`value="${query}"`)
  })

  test('says what it looked for when the keyboard was on another layout', async () => {
    expect((await search('ru', 'rfr gjlgbcfnm ljrevtyn')).body).toContain('Искали «как подписать документ»')
  })

  test('counts in the language’s forms', async () => {
    const { body } = await search('ru', 'забыл пароль')
    const count = all(body, /(href="\/help\/edoc\/ru\/[\w-]+">)/g).length
    expect(body).toContain(
      { one: 'Нашлась', few: 'Нашлись' }[new Intl.PluralRules('ru').select(count) as 'one'] ?? 'Нашлось',
    )
  })

  test('says kindly that there is nothing, and where to ask', async () => {
    expect((await search('ru', 'щщщщщ ъъъъъ')).body).toContain('спросите помощника в чате')
    expect((await search('kk', 'щщщщщ ъъъъъ')).body).toContain('чатта көмекшіден сұраңыз')
  })

  test('does not tell of another layout in which there is nothing either', async () => {
    expect((await search('ru', 'щщщщщ ъъъъъ')).body).not.toContain('раскладка')
  })

  test('points who wants a person to the chat', async () => {
    expect((await search('kk', 'операторды шақырыңыз')).body).toContain('«Маманды шақыру»')
  })

  test('asks who only greets for a question', async () => {
    expect((await search('ru', 'здравствуйте')).body).toContain('Напишите, что хотите узнать')
  })

  test('answers what the desk does not do as the desk does', async () => {
    const answer = desks.get('edoc')?.outOfScope.find(({ id }) => id === 'third-party-software')?.answer
    expect((await search('ru', 'как установить windows')).body).toContain(answer?.ru)
    expect((await search('kk', 'windows калай орнатамын')).body).toContain(answer?.kk)
  })

  test('leads to the desk whose question it is, with the question', async () => {
    const query = 'хочу купить абонемент в бассейн'
    const { body } = await search('ru', query)
    expect(body).toContain(
      `<a href="/help/sport/ru/?q=${encodeURIComponent(query)}">&quot;&gt;&lt;script&gt;`,
    )
  })

  test('without a question shows all of them', async () => {
    expect((await search('ru', '  ')).body).toBe((await get('/help/edoc/ru/')).body)
    expect((await get('/help/edoc/ru/?q=a&q=b')).body).toBe((await get('/help/edoc/ru/')).body)
  })

  test('keeps the question when the language is switched', async () => {
    expect((await search('ru', 'пароль & ключ')).body).toContain(
      `href="/help/edoc/kk/?q=${encodeURIComponent('пароль & ключ')}"`,
    )
  })

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    '</title><svg onload=alert(1)>',
    '{query}{{7*7}}',
    '\u0000\uD800<b>',
    `${'😀'.repeat(249)}a😀<i>`,
  ])('shows %j as the text that it is', async (query) => {
    const url = `/help/edoc/ru/?q=${encodeURIComponent(query.toWellFormed())}`
    const { statusCode, body } = await get(url)
    expect(statusCode).toBe(200)
    const shown = all(body, /<input [^>]*value="([^"]*)"/g)
    expect(shown).toHaveLength(1)
    expect(body).not.toMatch(/<(script>|img src=x|svg|b>|i>)|'\s*autofocus|"\s*autofocus/)
    expect(all(body, /<(script)/g)).toHaveLength(2)
  })

  test('is kept by nobody: not by caches, search engines or the log', async () => {
    const { headers, body } = await search('ru', 'мой ИИН 880101300123')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers.etag).toBeUndefined()
    expect(body).toContain('<meta name="robots" content="noindex">')
    expect(served.logged.join('')).not.toContain('880101300123')
  })
})

describe('what is sent with the pages', () => {
  test('lets only the help’s own files and the chat run', async () => {
    const { headers } = await get('/help/edoc/kk/')
    const policy = String(headers['content-security-policy']).split('; ')
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-src 'self'"])
      expect(policy).toContain(rule)
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe|data:|blob:|\*/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    const missing = await get('/help/edoc/kk/nothing')
    expect(missing.headers['content-security-policy']).toBe(headers['content-security-policy'])
  })

  test('is asked for again each time, without being sent again: a published article is read at once', async () => {
    const first = await get('/help/edoc/kk/vip-support')
    expect(first.headers['cache-control']).toBe('public, no-cache')
    const tag = String(first.headers.etag)
    for (const held of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await get('/help/edoc/kk/vip-support', { 'if-none-match': held })
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag])
    }
    expect((await get('/help/edoc/ru/vip-support', { 'if-none-match': tag })).statusCode).toBe(200)
  })

  test('names files that may be kept forever', async () => {
    const { body } = await get('/help/edoc/kk/')
    const files = all(body, /"(\/help\/[\w.]+\?v=[\w-]+)"/g)
    expect(new Set(files).size).toBe(3)
    for (const file of files) {
      const { statusCode, headers } = await get(file)
      expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
      expect((await get(file.split('?')[0] ?? '')).headers['cache-control']).toBe('public, max-age=300')
    }
    const style = await get('/help/style.css')
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8')
    expect(style.body).toContain('prefers-color-scheme: dark')
    expect(style.body).not.toContain(':root[data-theme')
  })

  test('answers HEAD like GET, without the page', async () => {
    const answer = await served.app.inject({ method: 'HEAD', url: '/help/edoc/kk/' })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
  })
})

test('the sitemap lists every page once, with both languages', async () => {
  const { statusCode, headers, body } = await get('/help/sitemap.xml')
  expect([statusCode, headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8'])
  const places = all(body, /<loc>([^<]+)<\/loc>/g)
  expect([...places].sort()).toEqual(listed.map(([url]) => publicUrl + url).sort())
  const entries = all(body, /<url>(.*?)<\/url>/gs)
  for (const entry of entries) expect(all(entry, /hreflang="([\w-]+)"/g)).toEqual(['kk', 'ru', 'x-default'])
  const article = entries.find((entry) => entry.includes('/help/edoc/kk/vip-support</loc>')) ?? ''
  expect(all(article, /href="([^"]+)"/g)).toEqual([
    `${publicUrl}/help/edoc/kk/vip-support`,
    `${publicUrl}/help/edoc/ru/vip-support`,
    `${publicUrl}/help/edoc/vip-support`,
  ])
})
