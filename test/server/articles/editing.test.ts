import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../../engine/language.ts'
import type { WireArticle, WireArticleRow } from '../../../engine/wireArticles.ts'
import { hireOperator } from '../../support/consoleClient.ts'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../../support/server.ts'
import { twoDesks } from '../../support/twoDesks.ts'
import { until } from '../../support/until.ts'
import { visitorClient } from '../../support/visitorClient.ts'

let real: TestPostgres
let one: TestServer
let two: TestServer
let supervisor: string

beforeAll(async () => {
  real = await startPostgres()
  const database = await real.createDatabase()
  const env = { DESKS_DIR: twoDesks() }
  one = await startServer({ database, env })
  two = await startServer({ database, env })
  supervisor = await hireOperator(one.url, { name: 'Гүлнәр', role: 'supervisor' })
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await real.stop()
  removeDataFolders()
})

const call = async (
  path: string,
  body?: unknown,
  {
    server = one,
    cookie = supervisor,
    headers = {},
  }: { server?: TestServer; cookie?: string; headers?: object } = {},
) => {
  const response = await fetch(`${server.url}/api/console${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      'x-komekshi': '1',
      'accept-language': 'ru',
      cookie,
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}
async function done<T = WireArticle>(path: string, body?: unknown): Promise<T> {
  const answer = await call(path, body)
  expect([answer.status, answer.body]).toEqual([200, expect.anything()])
  return answer.body as T
}
const text = (title: string, body = `${title} Жауабы осы.`, phrasings: readonly string[] = []) => ({
  title,
  body,
  phrasings,
})
const content = {
  kk: text('Велотұрақ қай жерде?'),
  ru: text('Где поставить велосипед?', 'Велосипед ставят **во дворе**.', ['велопарковка у офиса']),
}
const search = async (server: TestServer, q: string, language: Language = 'ru', desk = 'edoc') => {
  const response = await fetch(
    `${server.url}/api/desks/${desk}/faq/search?q=${encodeURIComponent(q)}&lang=${language}`,
  )
  return (await response.json()) as { confident: boolean; results: readonly { id: string; title: string }[] }
}
const helpPage = async (server: TestServer, path: string) => {
  const response = await fetch(`${server.url}${path}`, { headers: { 'accept-language': 'ru' } })
  return { status: response.status, body: await response.text() }
}

describe('publishing an article', () => {
  it('puts it in force in every process within a second: search, help pages, the assistant', async () => {
    expect((await search(two, 'велопарковка у офиса')).results).toEqual([])
    const saved = await done('/articles/edoc', { content, publish: false })
    expect(saved).toMatchObject({ stage: 'draft', version: 1, updatedBy: 'Гүлнәр' })
    expect((await search(one, 'велопарковка у офиса')).results).toEqual([])

    const published = await done(`/articles/edoc/${saved.id}`, { act: 'publish', version: 1, content })
    const since = Date.now()
    expect(published).toMatchObject({ stage: 'published', version: 2, draft: null })
    // at once where it was published
    expect((await search(one, 'велопарковка у офиса')).results[0]?.id).toBe(saved.id)
    const found = await until(
      async () => {
        const { results, confident } = await search(two, 'велопарковка у офиса')
        return results[0]?.id === saved.id && { confident, title: results[0]?.title }
      },
      'the other process finds it',
      { everyMilliseconds: 20 },
    )
    expect(Date.now() - since).toBeLessThan(1_000)
    expect(found).toEqual({ confident: true, title: 'Где поставить велосипед?' })

    const slug = saved.id.replace('edoc.', '')
    expect((await helpPage(two, `/help/edoc/ru/${slug}`)).body).toContain('<strong>во дворе</strong>')
    expect((await helpPage(two, '/help/edoc/ru/')).body).toContain('Где поставить велосипед?')
    const visitor = await visitorClient(two.url, { language: 'ru' })
    await visitor.writes('велопарковка у офиса')
    await until(
      () => visitor.thread.some(({ content: said }) => said.kind === 'said' && said.article?.id === saved.id),
      'the visitor is answered with it',
    )
    visitor.leaves()
    const otherDesk = await visitorClient(two.url, { language: 'ru', desk: 'second' })
    await otherDesk.writes('велопарковка у офиса')
    await otherDesk.sees('E-DOC')
    otherDesk.leaves()
  })

  it('a draft of a published article changes nothing for visitors; taking it out of force does', async () => {
    const list = await done<WireArticleRow[]>('/articles')
    const row = list.find(({ titles }) => titles.ru === 'Где поставить велосипед?')
    if (!row) throw new Error('the article is not listed')
    const path = `/articles/edoc/${row.id}`
    const draft = { ...content, ru: { ...content.ru, title: 'Куда деть велосипед?' } }
    const saved = await done(path, { act: 'save', version: row.version, content: draft })
    expect(saved).toMatchObject({ drafted: true, older: 'kk', published: content })
    expect((await search(one, 'велопарковка у офиса')).results[0]?.title).toBe('Где поставить велосипед?')

    const out = await done(path, { act: 'unpublish', version: saved.version })
    expect((await search(one, 'велопарковка у офиса')).results).toEqual([])
    expect((await helpPage(one, `/help/edoc/ru/${row.id.replace('edoc.', '')}`)).status).toBe(404)
    const [latest] = out.revisions
    expect(latest).toMatchObject({ act: 'unpublished', by: 'Гүлнәр', number: saved.version + 1 })

    const second = out.revisions.find(({ act }) => act === 'published')
    const old = await done<WireArticle['published']>(`${path}/revisions/${second?.number}`)
    expect(old).toEqual(content)
    const back = await done(path, { act: 'restore', version: out.version, revision: second?.number })
    expect(back).toMatchObject({ stage: 'unpublished', draft: content })
    await done(path, { act: 'publish', version: back.version, content })
  })

  it('in one language shows it to the readers of both, and says so to supervisors', async () => {
    const alone = {
      kk: null,
      ru: text('Где взять бейдж?', 'Бейдж выдают на входе.', ['бейдж посетителя где взять']),
    }
    const made = await done('/articles/edoc', { content: alone, publish: true })
    expect(made).toMatchObject({ missing: 'kk', stage: 'published' })
    expect((await search(one, 'бейдж посетителя где взять', 'kk')).results[0]?.title).toBe('Где взять бейдж?')
    const page = await helpPage(one, `/help/edoc/kk/${made.id.replace('edoc.', '')}`)
    expect(page.body).toContain('Бейдж выдают на входе.')
    expect(page.body).toContain('<article lang="ru">')
  })
})

describe('two supervisors at one article', () => {
  it('the second is told by whom it was changed, and nothing is overwritten', async () => {
    const made = await done('/articles/edoc', {
      content: { kk: null, ru: text('Одна статья на двоих') },
      publish: false,
    })
    const colleague = await hireOperator(one.url, { name: 'Арман', role: 'supervisor' })
    const path = `/articles/edoc/${made.id}`
    const save = (title: string) => ({
      act: 'save',
      version: made.version,
      content: { kk: null, ru: text(title) },
    })
    expect((await call(path, save('Арман пишет'), { cookie: colleague, server: two })).status).toBe(200)
    const late = await call(path, save('Гүлнәр пишет'))
    expect([late.status, late.body.refusal.key]).toEqual([409, 'refusal.article.changed'])
    expect(late.body.refusal.text).toContain('Арман')
    expect((await done(path)).draft?.ru?.title).toBe('Арман пишет')
  })
})

describe('the articles are for supervisors and administrators, of their own desks', () => {
  it('nobody else reads or changes them', async () => {
    const operator = await hireOperator(one.url, { name: 'Данияр' })
    const of = (await done<WireArticleRow[]>('/articles'))[0]
    const path = `/articles/edoc/${of?.id}`
    const change = { act: 'unpublish', version: of?.version }
    for (const [cookie, status] of [
      ['', 401],
      [operator, 403],
    ] as const) {
      expect((await call('/articles', undefined, { cookie })).status).toBe(status)
      expect((await call(path, undefined, { cookie })).status).toBe(status)
      expect((await call(path, change, { cookie })).status).toBe(status)
      expect((await call('/articles/edoc', { content, publish: true }, { cookie })).status).toBe(status)
    }
    const elsewhere = path.replace('/edoc/', '/second/')
    expect((await call(elsewhere)).status).toBe(404)
    expect((await call(elsewhere, change)).status).toBe(404)
    expect((await call('/articles/second', { content, publish: true })).status).toBe(404)
    expect((await call('/articles/__proto__', { content, publish: true })).status).toBe(404)
    expect((await done<WireArticleRow[]>('/articles')).every(({ desk }) => desk === 'edoc')).toBe(true)
  })

  it('another site cannot make a supervisor’s browser change them', async () => {
    const headers = { 'x-komekshi': '', origin: 'https://evil.test' }
    expect((await call('/articles/edoc', { content, publish: true }, { headers })).status).toBe(403)
  })

  it.each([
    ['no version', { act: 'unpublish' }],
    ['an act that is not there', { act: 'burn', version: 1 }],
    [
      'a title that never ends',
      { act: 'save', version: 1, content: { kk: null, ru: text('а'.repeat(201), 'б') } },
    ],
    [
      'too many phrasings',
      { act: 'save', version: 1, content: { kk: null, ru: text('а', 'б', Array(401).fill('в')) } },
    ],
    ['a third language', { act: 'save', version: 1, content: { kk: null, ru: null, en: null } }],
  ])('%s is refused', async (_, body) => {
    const answer = await call('/articles/edoc/edoc.browser', body)
    expect([answer.status, answer.body.refusal.key]).toEqual([400, 'refusal.invalid'])
  })

  it('an article without words is refused in words', async () => {
    const empty = await call('/articles/edoc', { content: { kk: null, ru: null }, publish: true })
    expect([empty.status, empty.body.refusal.text]).toEqual([400, 'Напишите статью хотя бы на одном языке.'])
    const half = await call('/articles/edoc', {
      content: { kk: text('Тақырып', ''), ru: text('а', 'б') },
      publish: true,
    })
    expect([half.status, half.body.refusal.key]).toEqual([400, 'refusal.article.body.kk'])
  })
})
