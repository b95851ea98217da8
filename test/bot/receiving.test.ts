import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from 'grammy/types'
import { afterEach, describe, expect, it } from 'vitest'
import { startBot } from '../../bot/start.ts'
import { isWebhookSecret } from '../../bot/webhookSecret.ts'
import { type Bench, desk, simulatedWorld, startBench } from './bench.ts'

let bench: Bench
afterEach(() => bench.stop())

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A second bot with the same token, such as another process. */
const secondBot = (world = simulatedWorld().world) =>
  startBot({
    token: bench.telegram.token,
    apiRoot: bench.telegram.root,
    ports: bench.ports,
    log: quiet,
    desk,
    world,
  })

/** A gate that is closed until it is opened. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

describe('an update is confirmed only after it is committed', () => {
  it('while the commit is under way Telegram still has it', async () => {
    bench = await startBench()
    const { opened, open } = gate()
    bench.ports.beforeCommit = () => opened
    const update = bench.telegram.user(501).sends('сәлем')
    await bench.telegram.until(
      () => bench.telegram.callsOf('getUpdates').some(({ status }) => status === 200),
      'the update was given',
    )
    expect(bench.telegram.unconfirmed()).toEqual([update])

    open()
    await bench.telegram.confirmed()
    expect(bench.ports.eventsOf(501)).toHaveLength(1)
  })

  it('a bot that was killed before the commit gets it again after its restart', async () => {
    bench = await startBench()
    const { opened, open } = gate()
    let asked = 0
    bench.ports.beforeCommit = async () => {
      asked += 1
      await opened
      throw new Error('killed')
    }
    bench.telegram.user(501).sends('сәлем')
    await bench.telegram.until(() => asked === 1, 'the commit began')
    const stopped = bench.bot.stop()
    open()
    await stopped
    expect(bench.telegram.unconfirmed()).toHaveLength(1)
    expect(bench.ports.committed).toEqual([])

    bench.ports.beforeCommit = () => undefined
    const restarted = secondBot()
    await bench.telegram.confirmed()
    await restarted.stop()
    expect(bench.ports.eventsOf(501)).toMatchObject([{ type: 'visitor.wrote', text: 'сәлем' }])
  })

  it('what comes again after a restart makes the same event ids, so that the server can drop them', async () => {
    bench = await startBench()
    const user = bench.telegram.user(501)
    const original = user.sends('сәлем')
    const updates = [original, user.edits(original, 'Сәлем!'), user.pressesStale('operator'), user.blocks()]
    await bench.telegram.confirmed()
    const ids = bench.ports.eventsOf(501).map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
    await bench.bot.stop()

    const again: string[] = []
    bench.ports.beforeCommit = (_, event) => void again.push(event.id)
    for (const update of updates.toReversed()) bench.telegram.redeliver(update)
    const restarted = secondBot()
    await bench.telegram.confirmed()
    await restarted.stop()
    expect(again).toEqual(ids)
    expect(bench.ports.committed).toHaveLength(4)
  })

  it('stopping waits for what is under way and confirms it', async () => {
    bench = await startBench()
    const { opened, open } = gate()
    let asked = 0
    bench.ports.beforeCommit = async () => {
      asked += 1
      await opened
    }
    bench.telegram.user(501).sends('сәлем')
    await bench.telegram.until(() => asked === 1, 'the commit began')
    const stopped = bench.bot.stop()
    open()
    await stopped

    expect(bench.ports.eventsOf(501)).toHaveLength(1)
    expect(bench.telegram.unconfirmed()).toEqual([])
  })
})

describe('stopping', () => {
  it('cuts a long poll short', async () => {
    bench = await startBench()
    await bench.telegram.until(() => bench.telegram.profile.shortDescriptions.size === 3, 'the bot is up')
    await bench.bot.stop()
    expect(bench.pauses).toEqual([])
  })

  it('a process that only delivers leaves the updates to the one that receives', async () => {
    bench = await startBench({ receives: false })
    const user = bench.telegram.user(501)
    const update = user.sends('сәлем')
    const content = { kind: 'text', text: 'Сәлеметсіз бе' } as const
    await bench.bot.deliver({ id: 'd', chatId: 501, language: 'kk', author: { kind: 'assistant' }, content })

    expect(user.messages()).toMatchObject([{ text: 'Сәлеметсіз бе' }])
    expect(bench.telegram.calls.map(({ method }) => method)).toEqual(['sendMessage'])
    expect(bench.telegram.unconfirmed()).toEqual([update])
  })
})

describe('order', () => {
  it('is kept within a chat, while another chat does not wait', async () => {
    bench = await startBench()
    const { opened, open } = gate()
    bench.ports.beforeCommit = (chat) => (chat.chatId === 501 ? opened : undefined)
    const slow = bench.telegram.user(501)
    slow.sends('бір')
    slow.sends('екі')
    bench.telegram.user(502).sends('үш')
    await bench.telegram.until(() => bench.ports.committed.length === 1, 'the other chat was served')
    expect(bench.ports.eventsOf(502)).toHaveLength(1)
    expect(bench.ports.eventsOf(501)).toEqual([])

    open()
    await bench.telegram.confirmed()
    expect(bench.ports.eventsOf(501)).toMatchObject([{ text: 'бір' }, { text: 'екі' }])
  })

  it('a slow update does not keep new ones of other chats from coming', async () => {
    const { world } = simulatedWorld()
    bench = await startBench({
      world: { ...world, sleep: () => new Promise((resolve) => setImmediate(resolve)) },
    })
    const { opened, open } = gate()
    bench.ports.beforeCommit = (chat) => (chat.chatId === 501 ? opened : undefined)
    const first = bench.telegram.user(501).sends('баяу')
    await bench.telegram.until(() => bench.telegram.callsOf('getUpdates').length > 1, 'it is under way')
    bench.telegram.user(502).sends('тез')
    await bench.telegram.until(() => bench.ports.eventsOf(502).length === 1, 'the other chat was served')
    expect(bench.telegram.unconfirmed()).toContain(first)
    expect(bench.ports.eventsOf(501)).toEqual([])

    open()
    await bench.telegram.confirmed()
    expect(bench.ports.committed).toHaveLength(2)
  })
})

describe('a commit that fails', () => {
  it('is tried again after a while', async () => {
    bench = await startBench()
    let tries = 0
    bench.ports.beforeCommit = () => {
      tries += 1
      if (tries < 4) throw new Error('the database is away')
    }
    bench.telegram.user(501).sends('сәлем')
    await bench.telegram.confirmed()

    expect(bench.ports.eventsOf(501)).toHaveLength(1)
    expect(bench.pauses).toEqual([1_000, 4_000, 16_000])
  })

  it.each([
    ['kk', 'Бір қателік болып'],
    ['ru', 'Что-то пошло не так'],
  ])('again and again is given up, logged, and told to the visitor (%s)', async (language, words) => {
    bench = await startBench()
    bench.ports.beforeCommit = (_, event) => {
      if ('text' in event && event.text === 'у') throw new Error(`lost with ${bench.telegram.token}`)
    }
    const user = bench.telegram.user(501, { language_code: language })
    user.sends('у')
    user.sends('келесі')
    await user.sees(words)
    await bench.telegram.confirmed()

    expect(bench.ports.eventsOf(501)).toMatchObject([{ text: 'келесі' }])
    expect(bench.log.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'an update was given up', facts: { reason: 'lost with <token>' } },
    ])
  })

  it('a press is told so as a toast', async () => {
    bench = await startBench()
    bench.ports.beforeCommit = () => {
      throw new Error('away')
    }
    const user = bench.telegram.user(501, { language_code: 'ru' })
    user.pressesStale('operator')
    await bench.telegram.confirmed()
    expect(user.toasts()).toMatchObject([{ text: expect.stringContaining('Что-то пошло не так') }])
  })
})

describe('when Telegram is in trouble the bot goes on', () => {
  it('after network failures and 5xx, with growing pauses, told once', async () => {
    bench = await startBench({}, (telegram) => {
      telegram.fails('getUpdates', { status: 502 }, 2)
      telegram.fails('getUpdates', 'drop', 5)
    })
    bench.telegram.user(501).sends('сәлем')
    await bench.telegram.confirmed()

    expect(bench.pauses).toEqual([750, 1500, 3000, 6000, 12000, 22500, 22500])
    expect(bench.log.filter(({ message }) => /cannot be reached/.test(message))).toHaveLength(1)
    expect(bench.ports.eventsOf(501)).toHaveLength(1)
  })

  it('after 429, when Telegram says', async () => {
    bench = await startBench({}, (telegram) => telegram.fails('getUpdates', { status: 429, retryAfter: 33 }))
    bench.telegram.user(501).sends('сәлем')
    await bench.telegram.confirmed()
    expect(bench.pauses).toContain(33_000)
  })

  it('while another poller has the updates: warned of once, and taken over when that one stops', async () => {
    bench = await startBench({}, (telegram) =>
      telegram.fails(
        'getUpdates',
        { status: 409, description: 'Conflict: terminated by other getUpdates' },
        9,
      ),
    )
    bench.telegram.user(501).sends('бір')
    await bench.telegram.confirmed()
    bench.telegram.fails('getUpdates', { status: 409 }, 2)
    bench.telegram.user(501).sends('екі')
    await bench.telegram.confirmed()

    expect(bench.log.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: expect.stringContaining('another process receives') },
    ])
    expect(bench.ports.eventsOf(501)).toHaveLength(2)
  })

  it('two pollers on one token lose and double nothing', async () => {
    bench = await startBench()
    const other = secondBot()
    const user = bench.telegram.user(501)
    for (let n = 0; n < 20; n++) {
      user.sends(`хабар ${n}`)
      await bench.telegram.confirmed()
    }
    await other.stop()
    expect(bench.ports.eventsOf(501)).toHaveLength(20)
    expect(bench.telegram.callsOf('getUpdates').some(({ status }) => status === 409)).toBe(true)
  })

  it('with a wrong token: an error that names the setting, a try a minute, and the token nowhere', async () => {
    const wrong = '700000002:AAWrongToken-000000000000000000000'
    const { world, pauses } = simulatedWorld()
    bench = await startBench({ token: wrong, world })
    await bench.telegram.until(() => pauses.filter((pause) => pause === 60_000).length >= 4, 'it tried again')
    expect(new Set(pauses)).toEqual(new Set([60_000]))
    expect(bench.log.filter(({ level }) => level === 'error')).toMatchObject([
      { message: expect.stringContaining('TELEGRAM_BOT_TOKEN') },
    ])
    expect(JSON.stringify(bench.log)).not.toContain(wrong)
  })

  it('an unreachable Telegram neither ends the process nor shows the token', async () => {
    const root = 'http://127.0.0.1:9'
    const { world, pauses } = simulatedWorld()
    let enough = () => {}
    const tried = new Promise<void>((resolve) => {
      enough = resolve
    })
    const sleep: typeof world.sleep = (milliseconds, signal) => {
      if (pauses.length > 3) enough()
      return world.sleep(Math.max(milliseconds, 1_000), signal)
    }
    bench = await startBench({ apiRoot: root, world: { ...world, sleep } })
    await tried
    expect(
      await bench.bot.deliver({
        id: 'd',
        chatId: 501,
        language: 'kk',
        author: { kind: 'assistant' },
        content: { kind: 'text', text: 'сәлем' },
      }),
    ).toMatchObject({ outcome: 'retryAt' })
    expect(bench.log.length).toBeGreaterThan(0)
    expect(JSON.stringify(bench.log)).not.toContain(bench.telegram.token)
  })
})

describe('the bot presents itself', () => {
  it('with commands and descriptions in Kazakh, Russian, and for everybody else', async () => {
    bench = await startBench({}, (telegram) => telegram.fails('setMyCommands', { status: 500 }))
    const { commands, descriptions, shortDescriptions } = bench.telegram.profile
    await bench.telegram.until(() => shortDescriptions.size === 3, 'the profile is set')

    const names = ['start', 'new', 'operator', 'status', 'lang', 'help']
    for (const code of ['', 'kk', 'ru'])
      expect(commands.get(code)?.map(({ command }) => command)).toEqual(names)
    expect(commands.get('kk')?.[2]?.description).toBe('Маманды шақыру')
    expect(commands.get('ru')?.[2]?.description).toBe('Позвать специалиста')
    expect(commands.get('')).toEqual(commands.get('kk'))
    expect(descriptions.get('ru')).toContain('Я помощник портала eDoc')
    expect(descriptions.get('kk')).toContain('Мен eDoc порталының көмекшісімін')
    expect(shortDescriptions.get('')).toBe('eDoc порталының көмекшісі: жауап, өтініш, маманмен байланыс.')
  })

  it('and works even when Telegram does not take the presentation', async () => {
    bench = await startBench({}, (telegram) =>
      telegram.fails('setMyCommands', { status: 400, description: 'Bad Request: BOT_COMMAND_INVALID' }),
    )
    bench.telegram.user(501).sends('сәлем')
    await bench.telegram.confirmed()
    expect(bench.ports.eventsOf(501)).toHaveLength(1)
    expect(bench.log).toMatchObject([
      { level: 'error', facts: { reason: expect.stringContaining('BOT_COMMAND_INVALID') } },
    ])
  })
})

describe('by webhook', () => {
  const secret = 'a-secret_of-ours'

  /** The server's route, as small as it can be. */
  async function startRoute(handle: (update: Update) => Promise<void>) {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const known = isWebhookSecret(request.headers['x-telegram-bot-api-secret-token'], secret)
      const status = known
        ? await handle(JSON.parse(Buffer.concat(chunks).toString('utf8'))).then(
            () => 200,
            () => 503,
          )
        : 401
      response.writeHead(status).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram`,
      stop: () =>
        new Promise<void>((resolve) => {
          server.closeAllConnections()
          server.close(() => resolve())
        }),
    }
  }

  it('updates are pushed with the secret, and answered after the commit', async () => {
    const route = await startRoute((update) => bench.bot.handleUpdate(update))
    bench = await startBench({ webhook: { url: route.url, secret } })
    await bench.telegram.until(() => bench.telegram.webhook() !== undefined, 'the webhook is set')
    const user = bench.telegram.user(501, { language_code: 'kk' })
    user.sends('/start')
    user.sends('Портал ашылмайды')
    await bench.telegram.confirmed()

    expect(bench.telegram.webhook()).toEqual({ url: route.url, secret })
    expect(bench.telegram.callsOf('getUpdates')).toEqual([])
    expect(bench.ports.eventsOf(501)).toMatchObject([{ type: 'visitor.started' }, { type: 'visitor.wrote' }])
    await route.stop()
  })

  it('an update that comes while the bot stops is sent back to Telegram', async () => {
    bench = await startBench({ webhook: { url: 'http://127.0.0.1:9/', secret } })
    await bench.bot.stop()
    const update = bench.telegram.user(501).sends('сәлем')
    await expect(bench.bot.handleUpdate(update)).rejects.toThrow('being stopped')
    expect(bench.ports.committed).toEqual([])
  })

  it('polling takes a webhook of before away', async () => {
    bench = await startBench({ webhook: { url: 'http://127.0.0.1:9/', secret } })
    await bench.telegram.until(() => bench.telegram.webhook() !== undefined, 'the webhook is set')
    await bench.bot.stop()
    const polling = secondBot()
    bench.telegram.user(501).sends('сәлем')
    await bench.telegram.confirmed()
    await polling.stop()
    expect(bench.ports.eventsOf(501)).toHaveLength(1)
  })

  it.each([
    [secret, true],
    [`${secret}x`, false],
    ['', false],
    [undefined, false],
    [[secret], false],
  ])('the secret %o is known: %s', async (header, known) => {
    bench = await startBench()
    expect(isWebhookSecret(header, secret)).toBe(known)
    expect(isWebhookSecret('', '')).toBe(false)
  })
})
