import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeBotApi, startFakeBotApi } from '../support/fakeBotApi.ts'

let telegram: FakeBotApi

const call = async (method: string, params: object = {}, token = telegram.token) => {
  const response = await fetch(`${telegram.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return (await response.json()) as {
    ok: boolean
    error_code?: number
    description?: string
    result?: unknown
    parameters?: unknown
  }
}
const send = (text: string, rest: object = {}) => call('sendMessage', { chat_id: 501, text, ...rest })

beforeEach(async () => {
  telegram = await startFakeBotApi()
  telegram.user(501)
})
afterEach(() => telegram.stop())

describe('the fake refuses what the real one refuses', () => {
  it.each([
    ['an empty text', '  ', {}, 'message text is empty'],
    ['a text too long', 'а'.repeat(4097), {}, 'message is too long'],
    ['a tag that is not closed', '<b>a', { parse_mode: 'HTML' }, "Can't find end tag"],
    ['tags that cross', '<b><i>a</b></i>', { parse_mode: 'HTML' }, 'Unmatched end tag'],
    ['a tag it does not know', '<h1>a</h1>', { parse_mode: 'HTML' }, 'Unsupported start tag "h1"'],
    ['a bare sign', 'a < b', { parse_mode: 'HTML' }, "can't parse entities"],
    [
      'data too long',
      'a',
      { reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'қ'.repeat(33) }]] } },
      'BUTTON_DATA_INVALID',
    ],
    ['an unknown chat', 'a', { chat_id: 1 }, 'chat not found'],
  ])('%s', async (_, text, rest, description) => {
    expect(await send(text, rest)).toMatchObject({
      ok: false,
      error_code: 400,
      description: expect.stringContaining(description),
    })
  })

  it('counts the length after the markup', async () => {
    expect(await send(`<b>${'&lt;'.repeat(4096)}</b>`, { parse_mode: 'HTML' })).toMatchObject({ ok: true })
  })

  it('a wrong token', async () => {
    expect(await call('getMe', {}, '1:wrong')).toMatchObject({ error_code: 401 })
  })

  it('a blocked chat', async () => {
    telegram.user(501).blocks()
    expect(await send('a')).toMatchObject({ error_code: 403 })
  })

  it('an edit that changes nothing, and one of a message with a keyboard', async () => {
    await send('a')
    expect(await call('editMessageText', { chat_id: 501, message_id: 1, text: 'a' })).toMatchObject({
      description: expect.stringContaining('not modified'),
    })
    await send('b', { reply_markup: { remove_keyboard: true } })
    expect(await call('editMessageText', { chat_id: 501, message_id: 2, text: 'c' })).toMatchObject({
      description: expect.stringContaining("can't be edited"),
    })
  })

  it('an answer to a press that was answered', async () => {
    const press = telegram.user(501).pressesStale('new')
    const answer = { callback_query_id: press.callback_query?.id }
    expect(await call('answerCallbackQuery', answer)).toMatchObject({ ok: true })
    expect(await call('answerCallbackQuery', answer)).toMatchObject({ error_code: 400 })
  })
})

describe('updates', () => {
  it('come again until a later offset is asked for', async () => {
    const user = telegram.user(501)
    const [first, second] = [user.sends('бір'), user.sends('екі')]
    const all = await call('getUpdates')
    expect(all.result).toMatchObject([{ update_id: first.update_id }, { update_id: second.update_id }])
    expect((await call('getUpdates', { limit: 1 })).result).toMatchObject([{ update_id: first.update_id }])

    expect((await call('getUpdates', { offset: second.update_id })).result).toMatchObject([
      { update_id: second.update_id },
    ])
    expect(telegram.unconfirmed()).toEqual([second])
  })

  it('are waited for; of two pollers only one goes on', async () => {
    const polls = [call('getUpdates', { timeout: 30 }), call('getUpdates', { timeout: 30 })]
    expect(await Promise.race(polls)).toMatchObject({ error_code: 409 })
    telegram.user(501).sends('сәлем')
    const answers = await Promise.all(polls)
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(answers.find(({ ok }) => ok)?.result).toHaveLength(1)
  })

  it('are refused to a poller while a webhook is set', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:9/' })
    expect(await call('getUpdates')).toMatchObject({ error_code: 409 })
  })

  it('are only of the kinds that were asked for', async () => {
    await call('getUpdates', { allowed_updates: ['callback_query'] })
    telegram.user(501).sends('сәлем')
    expect(telegram.unconfirmed()).toEqual([])
  })
})

describe('it fails when told to', () => {
  it('with what to wait for', async () => {
    telegram.fails('sendMessage', { status: 429, retryAfter: 5 })
    expect(await send('a')).toMatchObject({ error_code: 429, parameters: { retry_after: 5 } })
    expect(await send('a')).toMatchObject({ ok: true })
  })

  it('by hanging up, before or after it did what it was asked', async () => {
    telegram.fails('sendMessage', 'drop')
    await expect(send('a')).rejects.toThrow()
    expect(telegram.user(501).messages()).toHaveLength(0)
    telegram.fails('*', 'dropAfter')
    await expect(send('a')).rejects.toThrow()
    expect(telegram.user(501).messages()).toHaveLength(1)
  })
})
