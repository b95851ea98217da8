import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsoleClient, consoleClient, hireOperator, historyOf } from '../support/consoleClient.ts'
import { type FakeBotApi, startFakeBotApi } from '../support/fakeBotApi.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { removeDataFolders, startServer, type TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { asksForPerson, type VisitorClient, visitorClient } from '../support/visitorClient.ts'

let postgres: TestPostgres
let telegram: FakeBotApi
let server: TestServer
let aigerim: ConsoleClient
let supervisor: ConsoleClient
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
  telegram = await startFakeBotApi()
  server = await startServer({
    database: postgres.url,
    env: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_DESK: 'edoc',
    },
  })
  aigerim = await consoleClient(server.url, await hireOperator(server.url, { name: 'Айгерім Сәрсенова' }))
  const saule = { name: 'Сәуле Ермекова', role: 'supervisor' } as const
  supervisor = await consoleClient(server.url, await hireOperator(server.url, saule))
})
afterAll(async () => {
  for (const client of [aigerim, supervisor]) client.leaves()
  await server.stop()
  await telegram.stop()
  await postgres.stop()
})

/** A visitor whose request Aigerim has taken. */
async function served(language: 'kk' | 'ru' = 'ru'): Promise<VisitorClient> {
  const visitor = await visitorClient(server.url, { language })
  await asksForPerson(visitor)
  expect(await aigerim.act(visitor.conversationId, { type: 'took' })).toMatchObject({ ok: true })
  return visitor
}

const prepared = async (conversationId: string) => {
  const opened = await aigerim.open(conversationId)
  if (!opened.ok) throw new Error(opened.refusal.text)
  return opened.detail.prepared
}
const stored = async (conversationId: string) => {
  const [row] = await server.sql<{ outcome: string | null; waiting: boolean; resolved: boolean }[]>`
    select outcome, waiting_since is not null as waiting, resolved_at is not null as resolved from tickets
    where conversation_id = ${conversationId}`
  return row
}

describe('declining (edoc regulation, §9 and §6)', () => {
  it("the prepared words are in the visitor's language, their names in the console's; sent, they close the request", async () => {
    const visitor = await served('kk')
    const id = visitor.conversationId
    const internet = (await prepared(id)).declined.find(({ scope }) => scope === 'internet')
    if (!internet) throw new Error('no words about the internet')
    expect(internet.label).toBe('Интернет или прокси')
    const { text, reason, scope = '' } = internet
    expect(await aigerim.act(id, { type: 'declined', text, reason, scope })).toMatchObject({ ok: true })

    await visitor.sees('Провайдеріңізге немесе жүйелік әкімшіге жүгініңіз')
    const asked = await visitor.sees('support@mitwork.kz мекенжайына жазыңыз')
    expect(asked.content).toMatchObject({ rating: true })
    const row = await supervisor.seesRow(id, ({ stage }) => stage === 'resolved')
    expect(row).toMatchObject({ outcome: 'declined', firstResponse: null })
    expect(await stored(id)).toEqual({ outcome: 'declined', waiting: false, resolved: true })

    await visitor.presses('reopen')
    await supervisor.seesRow(id, ({ stage, outcome }) => stage === 'waiting' && outcome === null)
    expect(await stored(id)).toEqual({ outcome: null, waiting: false, resolved: false })
    visitor.leaves()
  })

  it('a colleague cannot, and without words or a known reason nobody can', async () => {
    const visitor = await served()
    const id = visitor.conversationId
    const declined = { type: 'declined', text: 'Не сможем', reason: 'notUnderstandable' } as const
    expect(await supervisor.act(id, declined)).toMatchObject({ refusal: { key: 'refusal.notYours' } })
    for (const wrong of [{ text: ' ' }, { reason: 'mood' }, { scope: 'x'.repeat(41) }])
      expect(
        await aigerim.actRaw({ ...declined, ...wrong, id: crypto.randomUUID(), conversationId: id }),
      ).toMatchObject({ ok: false, refusal: { key: 'refusal.invalid' } })
    visitor.leaves()
  })
})

describe('postponing and bringing in others (edoc regulation, §9, §17 and §23)', () => {
  it('the visitor learns the day and never the note; the row shows it to colleagues', async () => {
    const visitor = await served()
    const id = visitor.conversationId
    const [, waiting] = (await prepared(id)).postponed
    if (!waiting) throw new Error('no words about waiting')
    await aigerim.act(id, { type: 'postponed', ...waiting, until: '2026-11-30' })
    await visitor.sees('Работа по обращению отложена до 30 ноября')
    await supervisor.seesRow(id, ({ postponed }) => postponed?.until === '2026-11-30')
    expect(await stored(id)).toMatchObject({ outcome: null, waiting: false })

    const note = 'падает служба подписи'
    await aigerim.act(id, { type: 'passedOn', to: 'development', dueOn: '2026-12-01', note })
    await visitor.sees('Вопрос передан профильным специалистам, ответ ожидается до 1 декабря')
    const row = await supervisor.seesRow(id, ({ passedOn }) => passedOn !== null)
    expect(row.passedOn).toEqual({ to: 'development', dueOn: '2026-12-01' })
    expect(historyOf(await supervisor.thread(id)).at(-1)).toContain(`отдел разработки. Заметка: ${note}`)
    expect(JSON.stringify(visitor.received)).not.toContain(note)
    expect(await aigerim.act(id, { type: 'passedOn', to: 'thirdParty', dueOn: '2026-11-20' })).toMatchObject({
      refusal: { key: 'refusal.pastDay' },
    })
    visitor.leaves()
  })
})

describe('insulting language (edoc regulation, §16)', () => {
  it('after a warning the conversation can be ended: the supervisor sees it, the visitor where to complain', async () => {
    const visitor = await served()
    const id = visitor.conversationId
    const early = await aigerim.act(id, { type: 'ended' })
    expect(early).toMatchObject({ refusal: { key: 'refusal.warnFirst' } })
    await aigerim.act(id, { type: 'warned', text: (await prepared(id)).warned })
    await visitor.sees('воздержаться от оскорблений')
    await supervisor.seesRow(id, ({ warned }) => warned)

    expect(await aigerim.act(id, { type: 'ended' })).toMatchObject({ ok: true })
    await visitor.sees('Пожаловаться на работу поддержки можно по адресу support@mitwork.kz')
    await until(() => visitor.state.stage === 'ended', 'the visitor is told that it ended')
    await supervisor.seesRow(id, ({ outcome }) => outcome === 'ended')
    const opened = await supervisor.open(id)
    if (!opened.ok) throw new Error(opened.refusal.text)
    const tones = opened.detail.messages.flatMap(({ content }) =>
      content.kind === 'activity' ? [[content.text, content.tone]] : [],
    )
    expect(tones).toContainEqual(['Айгерім Сәрсенова завершает разговор из-за оскорблений', 'breach'])
    expect(await stored(id)).toEqual({ outcome: 'ended', waiting: false, resolved: true })

    const later = await consoleClient(server.url, await hireOperator(server.url, { name: 'Данияр' }))
    expect(later.rows.get(id)).toMatchObject({ stage: 'resolved', outcome: 'ended' })
    later.leaves()
    await visitor.presses('new')
    await until(() => !supervisor.rows.has(id), 'the conversation goes on without the request')
    visitor.leaves()
  })
})

describe('in Telegram', () => {
  it('the visitor reads the same: the warning, the pass-on, the refusal with the way to complain', async () => {
    const user = telegram.user(901, { language_code: 'ru' })
    user.sends('/operator')
    await user.sees('согласие на использование')
    user.sends('позовите оператора')
    await user.sees('Осталось совсем немного')
    user.presses('Соединить сейчас')
    await user.sees('принято')
    const row = await until(
      () => [...aigerim.rows.values()].find(({ channel }) => channel === 'telegram'),
      'the request is in the queue',
    )
    const id = row.conversationId
    await aigerim.act(id, { type: 'took' })
    await aigerim.act(id, { type: 'warned', text: (await prepared(id)).warned })
    await user.sees('воздержаться от оскорблений')
    await aigerim.act(id, { type: 'passedOn', to: 'development', dueOn: '2026-12-01', note: 'для своих' })
    await user.sees('ответ ожидается до 1 декабря')
    await aigerim.act(id, {
      type: 'declined',
      text: 'К сожалению, не сможем помочь.',
      reason: 'notUnderstandable',
    })
    await user.sees('К сожалению, не сможем помочь.')
    await user.sees('верните его специалисту или напишите на support@mitwork.kz')
    expect(JSON.stringify(user.messages())).not.toContain('для своих')
    user.presses('Вернуть специалисту')
    await aigerim.seesRow(id, ({ stage }) => stage === 'waiting')
  })
})
