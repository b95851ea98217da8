import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  WireArticle,
  WireArticleChoices,
  WireExcerpt,
  WireQuestionGroup,
} from '../../../engine/wireArticles.ts'
import type { Report } from '../../../engine/wireReport.ts'
import { consoleClient, hireOperator, signIn } from '../../support/consoleClient.ts'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../../support/server.ts'
import { twoDesks } from '../../support/twoDesks.ts'
import { until } from '../../support/until.ts'
import { asksForPerson, told, visitorClient } from '../../support/visitorClient.ts'

let real: TestPostgres
let server: TestServer
let supervisor: string
let operator: string

beforeAll(async () => {
  real = await startPostgres()
  server = await startServer({ database: await real.createDatabase(), env: { DESKS_DIR: twoDesks() } })
  supervisor = await hireOperator(server.url, { name: 'Гүлнәр', role: 'supervisor' })
  operator = await hireOperator(server.url, { name: 'Айгерім' })
})
afterAll(async () => {
  await server.stop()
  await real.stop()
  removeDataFolders()
})

async function call<T>(
  path: string,
  body?: unknown,
  cookie = supervisor,
): Promise<{ status: number; body: T }> {
  const response = await fetch(`${server.url}/api/console${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', 'x-komekshi': '1', 'accept-language': 'ru', cookie },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T }
}
const groups = async () => (await call<WireQuestionGroup[]>('/questions/edoc')).body
const groupOf = async (text: string) => (await groups()).find((group) => group.text === text)

async function asks(text: string, then?: 'operator') {
  const visitor = await visitorClient(server.url, { language: 'ru' })
  const ack = await visitor.writes(text)
  if (!ack.ok) throw new Error(ack.refusal.text)
  if (then) await visitor.presses(then)
  visitor.leaves()
  return visitor.conversationId
}
const answeredWith = async (text: string, article: string) => {
  const visitor = await visitorClient(server.url, { language: 'ru' })
  await visitor.writes(text)
  await until(
    () => visitor.thread.some(({ content }) => content.kind === 'said' && content.article?.id === article),
    `«${text}» is answered with ${article}`,
  )
  visitor.leaves()
}

describe('questions that no article answered', () => {
  const asked = 'чем кормить снегиря зимой'

  it('are seen by supervisors, those alike together, without personal numbers', async () => {
    const first = await asks(`Здравствуйте! ${asked}`)
    await asks(asked, 'operator')
    await asks(asked)
    await asks(`${told.identity.iin} барабанная перепонка гудит`)
    const group = await groupOf(asked)
    expect(group).toMatchObject({
      count: 3,
      language: 'ru',
      dismissed: false,
      why: { unknown: 3 },
    })
    expect(group?.examples.map(({ conversationId }) => conversationId)).toContain(first)
    expect(JSON.stringify(await groups())).not.toContain(told.identity.iin)
    expect((await call<[]>('/questions/edoc?days=400')).status).toBe(400)
  })

  it('can be read in their conversation, and in no other desk’s', async () => {
    const example = (await groupOf(asked))?.examples[0]
    const path = `${example?.conversationId}/${example?.id}`
    const { body } = await call<WireExcerpt>(`/questions/edoc/${path}`)
    expect(body.find((line) => line.asked)).toMatchObject({
      author: 'visitor',
      text: expect.stringContaining(asked),
    })
    const other = await hireOperator(server.url, { name: 'Чужая', role: 'supervisor', desks: ['second'] })
    expect((await call(`/questions/second/${path}`, undefined, other)).status).toBe(404)
    expect((await call(`/questions/edoc/${path}`, undefined, other)).status).toBe(404)
  })

  it('one press teaches an article the phrasing: the next visitor is answered', async () => {
    const group = await groupOf(asked)
    const learnt = await call<WireArticle>('/questions/edoc/learn', {
      article: 'edoc.browser',
      language: group?.language,
      phrasing: group?.text,
      questions: group?.questions,
    })
    expect(learnt.status).toBe(200)
    expect(learnt.body.published?.ru?.phrasings).toContain(asked)
    expect(learnt.body.revisions[0]).toMatchObject({ act: 'learned', by: 'Гүлнәр' })
    await answeredWith(asked, 'edoc.browser')
    expect(await groupOf(asked)).toBeUndefined()
  })

  it('a new article can be written for them', async () => {
    const text = 'на каком этаже стоянка дирижаблей'
    await asks(text)
    const group = await groupOf(text)
    const made = await call<WireArticle>('/articles/edoc', {
      content: {
        kk: null,
        ru: { title: 'Где стоянка дирижаблей?', body: 'Стоянки нет.', phrasings: [text] },
      },
      publish: true,
      questions: group?.questions,
    })
    expect(made.status).toBe(200)
    expect(await groupOf(text)).toBeUndefined()
    await answeredWith(text, made.body.id)
  })

  it('a group that was put aside stays aside when the same is asked again, and can be brought back', async () => {
    const text = 'зачем кукушка кукует по ночам'
    await asks(text)
    const { questions } = (await groupOf(text)) ?? {}
    expect((await call('/questions/edoc/settle', { dismissed: true, questions })).status).toBe(204)
    await asks(text)
    const aside = await groupOf(text)
    expect(aside).toMatchObject({ count: 2, dismissed: true })
    await call('/questions/edoc/settle', { dismissed: false, questions: aside?.questions })
    expect(await groupOf(text)).toMatchObject({ dismissed: false })
  })

  it('an answer that helped is none of them; one that did not is', async () => {
    const clear = 'работает ли в Internet Explorer'
    const visitor = await visitorClient(server.url, { language: 'ru' })
    await visitor.writes(clear)
    await visitor.presses('helped')
    expect(await groupOf(clear)).toBeUndefined()
    await visitor.writes(clear)
    await visitor.presses('notHelped')
    visitor.leaves()
    expect(await groupOf(clear)).toMatchObject({ count: 1, guess: 'edoc.browser' })
  })

  it('are for supervisors of the desk alone', async () => {
    for (const [cookie, status] of [
      ['', 401],
      [operator, 403],
    ] as const) {
      expect((await call('/questions/edoc', undefined, cookie)).status).toBe(status)
      expect((await call('/questions/edoc/learn', {}, cookie)).status).toBe(status)
      expect((await call('/questions/edoc/settle', {}, cookie)).status).toBe(status)
    }
    expect((await call('/questions/second')).status).toBe(404)
    const learn = { article: 'edoc.browser', language: 'ru', phrasing: 'а', questions: [] }
    expect((await call('/questions/edoc/learn', learn)).status).toBe(400)
  })
})

describe('an operator who answers with an article', () => {
  it('finds it in the desk’s own search, and the visitor’s question becomes a lesson', async () => {
    const visitor = await visitorClient(server.url, { language: 'ru' })
    await asksForPerson(visitor)
    const console = await consoleClient(server.url, operator)
    const text = 'мой огнелис не показывает кабинет'
    await visitor.writes(text)
    await console.act(visitor.conversationId, { type: 'took' })

    const query = `q=${encodeURIComponent('какой браузер')}&lang=kk`
    const found = await call<WireArticleChoices>(`/desks/edoc/articles?${query}`, undefined, operator)
    expect(found.body.articles[0]?.id).toBe('edoc.browser')
    expect(found.body.found).toBeGreaterThan(0)
    expect(found.body.articles[0]?.title).not.toMatch(/какой/i)
    const all = await call<WireArticleChoices>('/desks/edoc/articles?lang=ru', undefined, operator)
    expect([all.body.found, all.body.articles.length]).toEqual([0, found.body.articles.length])
    expect((await call(`/desks/second/articles?${query}`, undefined, operator)).status).toBe(404)
    expect((await call(`/desks/edoc/articles?${query}`, undefined, '')).status).toBe(401)

    const shared = { type: 'sharedArticle', article: 'edoc.browser', question: text } as const
    expect(await console.act(visitor.conversationId, shared)).toMatchObject({ ok: true })
    await until(
      () =>
        visitor.thread.some(
          ({ author, content }) =>
            author.kind === 'operator' && content.kind === 'said' && content.article?.id === 'edoc.browser',
        ),
      'the visitor sees the card',
    )
    expect(await groupOf(text)).toMatchObject({
      guess: 'edoc.browser',
      taughtBy: 'Айгерім',
      why: { taught: 1 },
    })
    visitor.leaves()
    console.leaves()
  })
})

describe('the report tells what came of questions', () => {
  it('in all, and for each article: offered, opened, helped, did not, and on to a person', async () => {
    const administrator = await signIn(server.url)
    const visit = async (text: string, choice: 'helped' | 'notHelped' | 'operator') => {
      const visitor = await visitorClient(server.url, { language: 'ru', desk: 'second' })
      await visitor.writes(text)
      await visitor.presses(choice)
      visitor.leaves()
    }
    const clear = 'работает ли в Internet Explorer'
    await visit(clear, 'helped')
    await visit(clear, 'helped')
    await visit(clear, 'notHelped')
    await visit('ыфвапролджэ ячсмитьбю', 'operator')

    const query = 'from=2026-11-23&to=2026-11-23&desk=second'
    const { body } = await call<Report>(`/report?${query}`, undefined, administrator)
    expect(body.deflection?.questions).toEqual({ asked: 4, offered: 3, opened: 3, helped: 2, toPerson: 2 })
    const [first, ...others] = body.deflection?.articles ?? []
    expect(first).toEqual({
      desk: 'second',
      id: 'edoc.browser',
      titles: expect.objectContaining({ ru: expect.stringContaining('браузер') }),
      offered: 3,
      opened: 3,
      helped: 2,
      notHelped: 1,
      toPerson: 1,
    })
    for (const other of others) expect([other.opened, other.helped, other.toPerson]).toEqual([0, 0, 0])
  })
})
