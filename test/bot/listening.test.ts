import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, startBench } from './bench.ts'

const png = Buffer.from('89504e470d0a1a0a', 'hex')
let bench: Bench

beforeEach(async () => {
  bench = await startBench()
})
afterEach(() => bench.stop())

describe('what a visitor does in a private chat becomes an event', () => {
  it('/start begins, with the language of their Telegram as a hint', async () => {
    const { telegram, ports } = bench
    const update = telegram.user(501, { language_code: 'kk', first_name: 'Айгүл' }).sends('/start')
    telegram.user(502, { language_code: 'ru-RU' }).sends('/start portal')
    telegram.user(503, { language_code: 'en' }).sends('/start')
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toEqual([
      { type: 'visitor.started', id: `tg:501:${update.message?.message_id}`, language: 'kk' },
    ])
    expect(ports.committed[0]?.chat).toEqual({ chatId: 501, language: 'kk', firstName: 'Айгүл' })
    expect(ports.eventsOf(502)).toMatchObject([{ type: 'visitor.started', language: 'ru' }])
    expect(ports.eventsOf(503)[0]).not.toHaveProperty('language')
  })

  it('text, in order within the chat', async () => {
    const { telegram, ports } = bench
    const user = telegram.user(501)
    const texts = Array.from({ length: 30 }, (_, i) => `хабар ${i}`)
    for (const text of texts) user.sends(text)
    await telegram.confirmed()

    expect(ports.eventsOf(501).map((event) => 'text' in event && event.text)).toEqual(texts)
  })

  it('text that no database would take is cleaned', async () => {
    const { telegram, ports } = bench
    telegram.user(501).sends(' \u0000қате \ud83d ')
    await telegram.confirmed()
    expect(ports.eventsOf(501)).toMatchObject([{ text: 'қате \ufffd' }])
  })

  it('/new and /operator press the buttons of the same name', async () => {
    const { telegram, ports } = bench
    const user = telegram.user(501)
    user.sends('/new')
    user.sends('/operator@komekshi_bot')
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toMatchObject([
      { type: 'visitor.chose', choice: 'new' },
      { type: 'visitor.chose', choice: 'operator' },
    ])
  })

  it('/lang ru switches; /lang alone offers both languages as buttons', async () => {
    const { telegram, ports } = bench
    const user = telegram.user(501, { language_code: 'kk' })
    user.sends('/lang ru')
    user.sends('/lang KZ')
    user.sends('/lang')
    const question = await user.sees('Сізге қай тіл ыңғайлы?')
    expect(question.buttons).toEqual([['Қазақша', 'По-русски']])
    user.presses('По-русски')
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toMatchObject([
      { type: 'visitor.switchedLanguage', language: 'ru' },
      { type: 'visitor.switchedLanguage', language: 'kk' },
      { type: 'visitor.chose', choice: 'language:ru' },
    ])
  })

  it('an edit names the event of the message it changes', async () => {
    const { telegram, ports } = bench
    const user = telegram.user(501)
    const original = user.sends('Портал ашылмйды')
    const edit = user.edits(original, 'Портал ашылмайды')
    await telegram.confirmed()

    const [wrote] = ports.eventsOf(501)
    expect(ports.eventsOf(501)[1]).toEqual({
      type: 'visitor.edited',
      id: `tg:edit:${edit.update_id}`,
      of: wrote?.id,
      text: 'Портал ашылмайды',
    })
  })

  it('their own shared number is what they wrote; another person’s is declined', async () => {
    const { telegram, ports } = bench
    const user = telegram.user(501, { language_code: 'ru' })
    user.sharesContact('77011234567')
    user.sharesForeignContact('77059998877')
    await user.sees('Это контакт другого человека')
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toMatchObject([{ type: 'visitor.wrote', text: '+77011234567' }])
  })

  it('a button press becomes the choice, and the message keeps the chosen label instead of its buttons', async () => {
    const { telegram, ports, bot } = bench
    const user = telegram.user(501)
    await bot.deliver({
      id: 'd1',
      chatId: 501,
      language: 'ru',
      author: { kind: 'assistant' },
      content: {
        kind: 'said',
        text: 'Помог ли ответ?',
        choices: [
          { id: 'helped', label: 'Да, помогло', primary: true },
          { id: 'notHelped', label: 'Нет', primary: false },
        ],
      },
    })
    const press = user.presses('Да, помогло')
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toEqual([
      { type: 'visitor.chose', id: `tg:cb:${press.callback_query?.id}`, choice: 'helped' },
    ])
    expect(user.messages()).toMatchObject([{ text: 'Помог ли ответ?\n\n→ Да, помогло', buttons: [] }])
    expect(user.toasts()).toHaveLength(1)
  })

  it.each([
    ['kk', 'Бұл батырма енді жұмыс істемейді.'],
    ['ru', 'Эта кнопка уже не действует.'],
  ])('a button nobody knows any more is answered politely (%s)', async (language, words) => {
    const { telegram, ports } = bench
    const user = telegram.user(501, { language_code: language })
    user.pressesStale('drop table')
    await telegram.confirmed()

    expect(user.toasts()).toMatchObject([{ text: words }])
    expect(ports.committed).toEqual([])
  })

  it('a refusal is told in its own words: to a press as a toast, to a text as a message', async () => {
    const { telegram, ports } = bench
    ports.refusal = () => 'Слишком много сообщений подряд. Подождите немного.'
    const user = telegram.user(501)
    user.pressesStale('operator')
    user.sends('ау')
    await user.sees('Слишком много сообщений')
    await telegram.confirmed()

    expect(user.toasts()).toMatchObject([{ text: 'Слишком много сообщений подряд. Подождите немного.' }])
    expect(user.messages()).toHaveLength(1)
  })

  it('blocking the bot fails the channel', async () => {
    const { telegram, ports } = bench
    const update = telegram.user(501).blocks()
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toEqual([
      { type: 'channel.failed', id: `tg:member:${update.update_id}`, reason: 'blocked' },
    ])
  })
})

describe('files', () => {
  it('the largest size of a photo is stored and attached, with its caption', async () => {
    const { telegram, ports } = bench
    const update = telegram.user(501).sendsPhoto(png, 'Міне, қате')
    await telegram.confirmed()

    const id = update.message?.message_id
    expect(ports.stored).toEqual([{ name: `photo_${id}.jpg`, type: 'image/jpeg', bytes: png }])
    expect(telegram.callsOf('download')[0]?.params).toEqual({ path: 'photos1280/file2' })
    expect(ports.eventsOf(501)).toEqual([
      {
        type: 'visitor.attached',
        id: `tg:501:${id}`,
        file: { id: 'stored1', name: `photo_${id}.jpg`, type: 'image/jpeg', bytes: 8 },
        text: 'Міне, қате',
      },
    ])
  })

  it('a document keeps its name', async () => {
    const { telegram, ports } = bench
    telegram.user(501).sendsDocument(Buffer.from('%PDF-'), { name: 'акт № 5.pdf', type: 'application/pdf' })
    await telegram.confirmed()

    expect(ports.stored).toMatchObject([{ name: 'акт № 5.pdf', type: 'application/pdf' }])
    expect(ports.eventsOf(501)).toMatchObject([{ type: 'visitor.attached', file: { id: 'stored1' } }])
  })

  it('a file over the limit is not even downloaded; its caption is not lost', async () => {
    const { telegram, ports } = bench
    const user = telegram.user(501)
    user.sendsDocument(png, { name: 'архив.zip', size: 21 * 1024 * 1024 })
    user.sendsDocument(png, { name: 'журнал.png', size: 11 * 1024 * 1024, caption: 'Вот журнал' })
    await telegram.confirmed()

    expect(telegram.callsOf('getFile')).toEqual([])
    expect(ports.eventsOf(501)).toMatchObject([
      { type: 'visitor.sentUnsupported', what: 'tooLarge' },
      { type: 'visitor.wrote', text: 'Вот журнал' },
      { type: 'visitor.sentUnsupported', what: 'tooLarge' },
    ])
  })

  it('a file the desk does not take is said to be refused, by the engine alone', async () => {
    const { telegram, ports } = bench
    ports.fileRefusal = () => 'refusedFile'
    const user = telegram.user(501)
    user.sendsDocument(Buffer.from('MZ'), { name: 'setup.exe' })
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toMatchObject([{ type: 'visitor.sentUnsupported', what: 'refusedFile' }])
    expect(user.messages()).toEqual([])
  })

  it('a download that breaks is tried again', async () => {
    const { telegram, ports } = bench
    telegram.fails('download', 'drop')
    telegram.user(501).sendsPhoto(png)
    await telegram.confirmed()

    expect(telegram.callsOf('download')).toHaveLength(2)
    expect(ports.eventsOf(501)).toMatchObject([{ type: 'visitor.attached' }])
  })
})

describe('what the bot cannot keep is never passed over in silence', () => {
  it.each([
    ['sticker', { sticker: { file_id: 's' } }],
    ['voice', { voice: { file_id: 'v', duration: 3 } }],
    ['voice', { audio: { file_id: 'a', duration: 3 } }],
    ['video', { video: { file_id: 'v' } }],
    ['video', { video_note: { file_id: 'v' } }],
    ['video', { animation: { file_id: 'g' }, document: { file_id: 'g' } }],
    ['location', { location: { latitude: 43.2, longitude: 76.9 } }],
    ['other', { poll: { id: 'p', question: '?' } }],
    ['other', { dice: { emoji: '🎲', value: 4 } }],
  ] as const)('%s', async (what, fields) => {
    const { telegram, ports } = bench
    telegram.user(501).sendsOther(fields)
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toMatchObject([{ type: 'visitor.sentUnsupported', what }])
  })

  it('words under a video are kept', async () => {
    const { telegram, ports } = bench
    telegram.user(501).sendsOther({ video: { file_id: 'v' }, caption: 'Батырма басылмайды' })
    await telegram.confirmed()

    expect(ports.eventsOf(501)).toMatchObject([
      { type: 'visitor.wrote', text: 'Батырма басылмайды' },
      { type: 'visitor.sentUnsupported', what: 'video' },
    ])
  })

  it('what Telegram itself puts into the chat is passed over', async () => {
    const { telegram, ports } = bench
    telegram.user(501).sendsOther({ pinned_message: { message_id: 1 } })
    await telegram.confirmed()

    expect(ports.committed).toEqual([])
  })
})

describe('the channel’s own answers', () => {
  it.each([
    ['kk', 'Мен eDoc порталының көмекшісімін'],
    ['ru', 'Я помощник портала eDoc'],
  ])('/help (%s)', async (language, words) => {
    const { telegram, ports } = bench
    const user = telegram.user(501, { language_code: language })
    user.sends('/help')
    expect((await user.sees(words)).text).toContain('/operator')
    expect(ports.committed).toEqual([])
  })

  it('an unknown command is answered with the help', async () => {
    const user = bench.telegram.user(501, { language_code: 'ru' })
    user.sends('/weather')
    expect((await user.sees('Такой команды я не знаю.')).text).toContain('/status')
  })

  it('the language of the conversation goes before that of the visitor’s Telegram', async () => {
    bench.ports.statuses.set(501, { language: 'kk', stage: 'asking' })
    const user = bench.telegram.user(501, { language_code: 'ru' })
    user.sends('/help')
    await user.sees('көмекшісімін')
  })

  it.each([
    [
      'kk',
      'waiting',
      { ticketNumber: 1042, due: 'сағат 15:30-ға дейін' },
      '№ 1042 өтініш кезекте тұр. Маман сағат 15:30-ға дейін жауап береді.',
    ],
    [
      'ru',
      'waiting',
      { ticketNumber: 1042, due: 'до 15:30' },
      'Обращение № 1042 в очереди. Специалист ответит до 15:30.',
    ],
    ['ru', 'waiting', { ticketNumber: 1042 }, 'Обращение № 1042 в очереди, специалист скоро ответит.'],
    ['kk', 'live', { ticketNumber: 7, operator: 'Дана' }, '№ 7 өтініш: сізге Дана жауап беріп отыр.'],
    ['ru', 'live', { ticketNumber: 7 }, 'Обращение № 7 у специалиста, он отвечает здесь.'],
    ['ru', 'resolved', { ticketNumber: 7 }, 'Обращение № 7 завершено.'],
    ['kk', 'describing', {}, 'Өтініш әлі жіберілген жоқ: соңғы сұраққа жауап беріңізші.'],
    ['ru', 'asking', {}, 'Открытых обращений нет. Если есть вопрос, просто напишите его.'],
  ] as const)('/status in %s, %s %o', async (language, stage, rest, words) => {
    bench.ports.statuses.set(501, { language, stage, ...rest })
    const user = bench.telegram.user(501)
    user.sends('/status')
    expect((await user.sees(/./)).text).toBe(words)
  })

  it('/status before any conversation', async () => {
    const user = bench.telegram.user(501)
    user.sends('/status')
    await user.sees('Ашық өтініш жоқ.')
  })
})

describe('in a group', () => {
  it('the bot explains itself once and leaves, whatever was said meanwhile', async () => {
    const { telegram, ports } = bench
    const group = telegram.group(-100500)
    group.addsBot({ language_code: 'ru' })
    group.someoneWrites('всем привет')
    group.someoneWrites('кто это?')
    await telegram.confirmed()

    expect(group.messages().map(({ text }) => text)).toEqual([
      'Я отвечаю только в личной переписке: напишите мне, пожалуйста, напрямую. Из группы выхожу.',
    ])
    expect(group.botIsThere()).toBe(false)
    expect(telegram.callsOf('leaveChat')).toHaveLength(1)
    expect(ports.committed).toEqual([])
  })

  it('added again, it explains itself again', async () => {
    const { telegram } = bench
    const group = telegram.group(-100500)
    group.addsBot()
    await telegram.confirmed()
    group.addsBot()
    await telegram.confirmed()

    expect(group.messages()).toHaveLength(2)
    expect(group.botIsThere()).toBe(false)
  })

  it('a supervisor’s code connects it: the bot answers in the server’s words and stays', async () => {
    const { telegram, ports } = bench
    const group = telegram.group(-100501)
    ports.standings.set(-100501, 'expected')
    group.addsBot({ language_code: 'ru' })
    await telegram.confirmed()
    expect(group.messages().map(({ text }) => text)).toEqual([
      'Чтобы подключить этот чат к оповещениям, напишите сюда команду из раздела «Оповещения»: /connect и код.',
    ])
    group.someoneWrites('/connect@helper_bot ABCD2345')
    await telegram.confirmed()
    ports.standings.set(-100501, 'connected')
    group.someoneWrites('спасибо')
    await telegram.confirmed()

    expect(ports.noticeChats).toEqual([{ did: 'connect', chatId: -100501, title: 'Топ', code: 'ABCD2345' }])
    expect(group.messages().at(-1)?.text).toBe('connected ABCD2345')
    expect(group.messages()).toHaveLength(2)
    expect(group.botIsThere()).toBe(true)
    expect(ports.committed).toEqual([])
  })

  it('the link that adds the bot brings the code along', async () => {
    const { telegram, ports } = bench
    const group = telegram.group(-100501)
    group.someoneWrites('/start@helper_bot ABCD2345')
    await telegram.confirmed()
    expect(ports.noticeChats).toMatchObject([{ did: 'connect', code: 'ABCD2345' }])
  })

  it('in a private chat only the command connects: a start with a word is a visitor’s', async () => {
    const { telegram, ports } = bench
    const user = telegram.user(501, { first_name: 'Дана' })
    user.sends('/start ABCD2345')
    await telegram.confirmed()
    expect(ports.noticeChats).toEqual([])
    expect(ports.eventsOf(501).map(({ type }) => type)).toEqual(['visitor.started'])
    user.sends('/connect ABCD2345')
    await user.sees('connected ABCD2345')
    expect(ports.noticeChats).toEqual([{ did: 'connect', chatId: 501, title: 'Дана', code: 'ABCD2345' }])
  })

  it('a bot that is sent away, and a group that has grown into another chat, are told of', async () => {
    const { telegram, ports } = bench
    telegram.group(-100501).sendsBotAway()
    telegram.group(-7).becomes(-100777)
    await telegram.confirmed()
    expect(ports.noticeChats).toEqual([
      { did: 'left', chatId: -100501 },
      { did: 'moved', chatId: -7, to: -100777 },
    ])
  })
})
