import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Author } from '../../engine/conversation/content.ts'
import type { Language } from '../../engine/language.ts'
import { toRichText } from '../../engine/richText.ts'
import type { WireContent, WireField, WireFile, WireMessage } from '../../engine/wire.ts'
import type { LetterFacts } from '../../mail/ports.ts'
import { filesOf, render } from '../../mail/render.ts'

type Said = Extract<WireContent, { kind: 'said' }>

const dana: Author = { kind: 'operator', id: 'o1', name: 'Дана Оспан' }
const assistant: Author = { kind: 'assistant' }

let seq = 0
const message = (author: Author, content: WireContent, over: Partial<WireMessage> = {}): WireMessage => ({
  seq: ++seq,
  eventId: 'e1',
  at: '2026-11-26T10:00:00.000Z',
  author,
  audience: 'everyone',
  content,
  ...over,
})
const says = (text: string, author = dana) => message(author, { kind: 'text', text })
const said = (rest: Partial<Said>, author: Author = assistant) =>
  message(author, { kind: 'said', text: '', ...rest })
const happened = (text: string) => message(assistant, { kind: 'activity', text, tone: 'plain' })
const file = (name: string, over: Partial<WireFile> = {}): WireFile => ({
  id: name,
  name,
  type: 'image/png',
  bytes: 10,
  path: `/api/uploads/${name}`,
  image: true,
  ...over,
})
const sends = (one: WireFile, text?: string) =>
  message(dana, { kind: 'file', file: one, ...(text && { text }) })

const desks = {
  ru: { name: 'Служба поддержки E-DOC', assistant: 'Помощник E-DOC' },
  kk: { name: 'E-DOC қолдау қызметі', assistant: 'E-DOC көмекшісі' },
}
const factsOf = (
  messages: readonly WireMessage[],
  over: Partial<LetterFacts> = {},
  language: Language = 'ru',
): LetterFacts => ({
  messages,
  language,
  desk: { ...desks[language], portalUrl: 'https://edoc.kz', complaints: 'support@mitwork.kz' },
  ticketNumber: 1234,
  subject: 'Не открывается документ',
  answerable: true,
  helpPageOf: (id) => `https://help.test/help/edoc/${language}/${id}`,
  ...over,
})
const letter = (
  messages: readonly WireMessage[],
  over: Partial<LetterFacts> = {},
  language: Language = 'ru',
) => render(factsOf(messages, over, language))
/** The text part without its foot. */
const body = (messages: readonly WireMessage[], over: Partial<LetterFacts> = {}, language: Language = 'ru') =>
  letter(messages, over, language).text.split('\n\n-- \n')[0]
/** What a reader of the html part sees, as words. */
const seen = (html: string) =>
  html
    .replace(/^.*<body[^>]*>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('who speaks', () => {
  it('an operator’s words stand under their name', () => {
    expect(body([says('Добрый день!\n\nОбновите страницу.')])).toBe(
      'Дана Оспан:\n\nДобрый день!\n\nОбновите страницу.',
    )
    expect(letter([says('Добрый день!')]).html).toMatch(/<p[^>]*font-weight:bold[^>]*>Дана Оспан<\/p>/)
  })

  it('several messages of one operator stand under one name', () => {
    expect(body([says('Добрый день!'), sends(file('экран.png'))])).toBe(
      'Дана Оспан:\n\nДобрый день!\n\nК письму приложен файл: экран.png',
    )
  })

  it('the assistant’s words after an operator’s are told apart from them', () => {
    expect(body([says('Обновите страницу.'), said({ text: 'Скажите, помогло ли.' })])).toBe(
      'Дана Оспан:\n\nОбновите страницу.\n\nПомощник E-DOC:\n\nСкажите, помогло ли.',
    )
  })

  it('the assistant alone greets and needs no name; it does not greet twice', () => {
    expect(body([said({ text: 'Спасибо за оценку!' })])).toBe('Здравствуйте!\n\nСпасибо за оценку!')
    expect(body([said({ text: 'Здравствуйте! Я помощник.' })])).toBe('Здравствуйте! Я помощник.')
    expect(body([said({ text: 'Бағаңызға рақмет!' })], {}, 'kk')).toBe('Сәлеметсіз бе!\n\nБағаңызға рақмет!')
  })

  it('the visitor’s own words and what is for operators only are not in it', () => {
    const { text, html } = letter([
      message({ kind: 'visitor' }, { kind: 'text', text: 'моё письмо' }),
      message(dana, { kind: 'text', text: 'между нами' }, { audience: 'operators' }),
      says('Ответ'),
    ])
    expect(text + html).not.toMatch(/моё письмо|между нами/)
  })

  it('what happened is a plain sentence', () => {
    expect(body([happened('Вопрос передан профильным специалистам, ждём их ответа')])).toBe(
      'Здравствуйте!\n\nВопрос передан профильным специалистам, ждём их ответа.',
    )
  })
})

describe('a registered request', () => {
  const ticket = {
    number: 1234,
    dueAt: '',
    dueText: 'завтра до 10:15',
    ahead: 3,
    aheadText: 'Перед вами 3 обращения.',
  }

  it('tells the number and when the answer is promised, and not a queue that has moved on when it is read', () => {
    const text = 'Обращение № 1234 принято. Специалист ответит завтра до 10:15.'
    const queue = `${text}\n${ticket.aheadText}`
    expect(body([said({ text: queue, ticket, ask: 'Пишите прямо сюда.' })])).toBe(`Здравствуйте!\n\n${text}`)
    expect(letter([said({ text, ticket })]).html).toContain('№ <strong>1234</strong> принято')
  })

  it('says what the words leave out', () => {
    expect(body([said({ ticket })])).toBe('Здравствуйте!\n\nОбращение № 1234\nОтвет обещан завтра до 10:15.')
    expect(body([said({ ticket: { ...ticket, dueText: 'ертең сағат 10:15-ке дейін' } })], {}, 'kk')).toBe(
      'Сәлеметсіз бе!\n\n№ 1234 өтініш\nЖауап ертең сағат 10:15-ке дейін беріледі.',
    )
  })

  it('lists what is still needed, with an example, to be answered in any words', () => {
    const field = (over: Partial<WireField>): WireField => ({
      id: 'fullName',
      kind: 'fullName',
      label: 'ФИО',
      question: 'Как вас зовут?',
      required: true,
      maxLength: 200,
      ...over,
    })
    const form = {
      fields: [
        field({ example: 'Ахметов Расул' }),
        field({
          id: 'level',
          label: 'Кто вы',
          options: [
            { id: 'a', label: 'гость' },
            { id: 'b', label: 'сотрудник' },
          ],
        }),
        field({ id: 'org', label: 'Организация', required: false }),
        field({ id: 'phone', label: 'Телефон', value: '+77011234567' }),
      ],
      asking: 'fullName',
      submitLabel: 'Дальше',
    }
    const message = said({ text: 'Допишите, пожалуйста:', form })
    expect(body([message])).toBe(
      [
        'Здравствуйте!',
        'Допишите, пожалуйста:',
        '• ФИО (например, Ахметов Расул)\n• Кто вы (на выбор: гость, сотрудник)\n• Организация (по желанию)',
        'Напишите об этом в ответном письме, своими словами.',
      ].join('\n\n'),
    )
    expect(letter([message]).html.match(/<li/g)).toHaveLength(3)
  })
})

describe('an article', () => {
  const article = {
    id: 'login',
    title: 'Вход & пароль',
    body: toRichText('Нажмите **Войти**.\n\n1. Откройте [портал](https://edoc.kz/?a=1&b=2)\n2. Готово'),
  }

  it('comes whole, with its lists and links, and with the way to its page', () => {
    expect(body([said({ text: 'Похоже, ответ здесь:', article })])).toBe(
      [
        'Здравствуйте!',
        'Похоже, ответ здесь:',
        'Вход & пароль',
        'Нажмите Войти.',
        '1. Откройте портал (https://edoc.kz/?a=1&b=2)\n2. Готово',
        'Статья на сайте: https://help.test/help/edoc/ru/login',
      ].join('\n\n'),
    )
    const { html } = letter([said({ article })])
    expect(html).toContain('Вход &amp; пароль</h2>')
    expect(html).toContain(
      '<ol>\n<li>Откройте <a href="https://edoc.kz/?a=1&amp;b=2" rel="noopener">портал</a></li>',
    )
    expect(html).toContain('<a href="https://help.test/help/edoc/ru/login">')
  })

  it('names more of its kind after it', () => {
    const more = [{ id: 'eds', title: 'Подпись', choice: 'article:eds' as const }]
    expect(body([said({ article, articles: more })])).toContain('Ещё по теме:\n\n• Подпись')
  })

  it('does not say an address twice', () => {
    const links = '[pki.gov.kz](https://pki.gov.kz/) и [a@b.kz](mailto:a@b.kz)'
    expect(body([said({ article: { ...article, body: toRichText(links) } })])).toContain(
      '\n\npki.gov.kz и a@b.kz\n',
    )
  })

  it('that an operator answers with is among their words', () => {
    expect(body([said({ article }, dana)])).toMatch(/^Дана Оспан:\n\nВход & пароль/)
  })

  it('those that are suggested are titles that lead to their pages', () => {
    const message = said({
      text: 'Загляните в справку:',
      articles: [
        { id: 'login', title: 'Как войти', choice: 'article:login' },
        { id: 'eds', title: 'Подпись', choice: 'article:eds' },
      ],
    })
    expect(body([message])).toContain(
      '• Как войти\n  https://help.test/help/edoc/ru/login\n• Подпись\n  https://help.test/help/edoc/ru/eds',
    )
    expect(letter([message]).html).toContain('<a href="https://help.test/help/edoc/ru/eds">Подпись</a>')
  })

  it('stands without a link where nobody knows our address', () => {
    const { text, html } = letter([said({ article })], { helpPageOf: () => undefined })
    expect(text).not.toContain('Статья на сайте')
    expect(html).not.toContain('undefined')
  })
})

describe('what buttons ask is asked in words', () => {
  const choice = (id: string, label = id) =>
    ({ id, label, primary: false }) as NonNullable<Said['choices']>[number]
  const solution = said({ text: 'Помогло?', choices: [choice('resolved'), choice('notResolved')] })
  const rating = said({ text: 'Оцените.', rating: true, choices: [choice('resolved'), choice('reopen')] })
  const reopening = said({ text: 'Завершено.', choices: [choice('reopen'), choice('new')] })

  it('an offered solution: one word, or what is wrong (cryptopro guide, §6)', () => {
    expect(body([solution])).toContain('ответьте на это письмо одним словом: «помогло»')
    expect(body([solution], {}, 'kk')).toContain('жауап беріңіз: «көмектесті»')
  })

  it('a rating: a digit from 1 to 5, or what is left to do', () => {
    expect(body([rating])).toMatch(/цифрой\sот\s1\sдо\s5/)
    expect(body([rating])).toMatch(/напишите,\sчто\sне\sтак/)
    expect(body([rating], {}, 'kk')).toMatch(/1-ден\s5-ке/)
    expect(body([rating])).not.toContain('помогло')
  })

  it('a reopening: what is left to do', () => {
    expect(body([reopening])).toMatch(/обращение\sвернётся\sк\sспециалисту/)
    expect(body([reopening])).not.toMatch(/цифрой/)
  })

  it('the others are left out', () => {
    const message = said({
      text: 'Слушаю.',
      choices: [choice('operator', 'Позвать'), choice('new', 'Новый')],
    })
    expect(body([message])).toBe('Здравствуйте!\n\nСлушаю.')
  })

  it('nothing is asked where no answer would be read: the letter leads to the portal', () => {
    for (const message of [solution, rating, reopening])
      expect(letter([message], { answerable: false }).text).not.toMatch(/ответьте/i)
    expect(letter([solution], { answerable: false }).text).toContain('https://edoc.kz')
  })
})

describe('the foot', () => {
  it.each([
    [
      'ru' as const,
      'Чтобы написать нам, просто ответьте на это письмо.\nОбращение № 1234 · Служба поддержки E-DOC\nТелефон: 1401\nЕсли вы недовольны нашей работой, сообщите: support@mitwork.kz\n',
    ],
    [
      'kk' as const,
      'Бізге жазу үшін осы хатқа жауап беріңіз.\n№ 1234 өтініш · E-DOC қолдау қызметі\nБайланыс телефоны: 1401\nЖұмысымызға көңіліңіз толмаса, хабарлаңыз: support@mitwork.kz\n',
    ],
  ])('tells how to answer, the number, whose letter it is and where to complain (%s)', (language, foot) => {
    const desk = {
      ...desks[language],
      portalUrl: 'https://edoc.kz',
      complaints: 'support@mitwork.kz',
      phone: '1401',
    }
    const { text, html } = letter([says('Ответ')], { desk }, language)
    expect(text.split('\n-- \n')[1]).toBe(foot)
    for (const line of foot.trim().split('\n')) expect(seen(html)).toContain(line)
    expect(html).toContain(`<html lang="${language}">`)
  })
})

describe('the subject', () => {
  it('is the thread’s, with the number by which an answer finds back', () => {
    expect(letter([says('x')]).subject).toBe('Re: Не открывается документ [№ 1234]')
    const { ticketNumber: _, ...unregistered } = factsOf([says('x')])
    expect(render(unregistered).subject).toBe('Re: Не открывается документ')
  })

  it('of a thread without one is a whole sentence', () => {
    expect(letter([says('x')], { subject: '' }).subject).toBe('Ваше обращение № 1234')
    expect(letter([says('x')], { subject: ' \r\n' }, 'kk').subject).toBe('№ 1234 өтінішіңіз')
    const { ticketNumber: _, ...unregistered } = factsOf([says('x')], { subject: '' })
    expect(render(unregistered).subject).toBe('Служба поддержки E-DOC: ответ на ваше письмо')
  })

  it('stays what it is when the visitor has answered to our own', () => {
    const { subject } = letter([says('x')], { subject: '' })
    expect(letter([says('x')], { subject }).subject).toBe(subject)
  })

  it('is one line of a sane length, whatever the visitor called it', () => {
    expect(letter([says('x')], { subject: 'Привет\r\nBcc: all@mail.test\u202eтекст' }).subject).toBe(
      'Re: Привет Bcc: all@mail.test текст [№ 1234]',
    )
    const { subject } = letter([says('x')], { subject: '😀'.repeat(300) })
    expect([...subject].length).toBeLessThan(140)
    expect(subject.isWellFormed()).toBe(true)
    expect(subject.endsWith('… [№ 1234]')).toBe(true)
  })
})

describe('files', () => {
  it('come with the letter when we send them; the visitor has their own', () => {
    const messages = [
      message({ kind: 'visitor' }, { kind: 'file', file: file('моё.png') }),
      message(dana, { kind: 'file', file: file('тайна.png') }, { audience: 'operators' }),
      sends(file('ответ.png')),
    ]
    expect(filesOf(messages).map(({ name }) => name)).toEqual(['ответ.png'])
  })

  it.each([
    [
      'gone',
      'ru',
      'Файл «a.png» приложить не удалось: его больше нет. Напишите нам, и мы\nпришлём его снова.',
    ],
    [
      'tooLarge',
      'ru',
      'Файл «a.png» не поместился в письмо. Напишите нам, и мы передадим его\nдругим способом.',
    ],
    ['gone', 'kk', '«a.png» файлын тіркеу мүмкін болмады: ол енді жоқ. Бізге жазыңыз, қайта\nжібереміз.'],
    ['tooLarge', 'kk', '«a.png» файлы хатқа сыймады. Бізге жазыңыз, оны басқа жолмен жеткіземіз.'],
  ] as const)('one that does not come along (%s, %s) is told of', (why, language, words) => {
    const facts = factsOf([sends(file('a.png'), 'Смотрите:')], {}, language)
    expect(render(facts, () => why).text).toContain(`Смотрите:\n\n${words}`)
  })
})

describe('the plain text', () => {
  it('is wrapped at words, never within an address', () => {
    const address = `https://edoc.kz/${'a'.repeat(100)}`
    const text = `${'слово '.repeat(40)}\n${address} и ещё слова`
    const lines = body([says(text)])?.split('\n') ?? []
    expect(lines.filter((line) => line.length > 72)).toEqual([address])
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(text.replace(/\s+/g, ' '))
  })

  it('keeps a list’s lines under its sign', () => {
    const article = { id: 'a', title: 'A', body: toRichText(`- ${'слово '.repeat(20)}`) }
    expect(body([said({ article })])).toMatch(/\n• слово [^\n]+\n {2}слово/)
  })
})

describe('personal numbers', () => {
  it('are not whole in a summary: a letter travels far', () => {
    const rows = [{ field: 'iin', label: 'ИИН', value: '850412300105' }]
    const { text, html } = letter([said({ summary: { rows, files: [] } })])
    expect(text).toContain('ИИН: ••••••••0105')
    expect(html).not.toContain('850412300105')
  })
})

describe('whatever is written (property)', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          '<script>',
          '</p>',
          '"',
          "'",
          '&lt;',
          '&',
          '<img src=x onerror=alert(1)>',
          '\n',
          '\n\n',
          '\r',
          'https://a.kz/"onclick=',
          'javascript:alert(1)',
          '-- \n',
          '[x](javascript:y)',
          'слово ',
          '\u2028',
          '\u0000',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  )
  /** Every tag that the letter itself writes; addresses within it are web addresses or of e-mail. */
  const ours =
    /<(?:!doctype html|\/?(?:html|head|body|title|strong|p|div|h2|ol|ul|li)(?: (?:style|lang)="[^"<>]*")*|br|meta [^<>]*|a href="(?:https?:\/\/|mailto:)[^"<>\s]*"(?: rel="noopener")?|\/a)>/g

  it('the html part holds no markup of it, and the subject no line break', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        anyText,
        fc.constantFrom('kk' as const, 'ru' as const),
        (one, two, name, language) => {
          const who: Author = { kind: 'operator', id: 'o', name }
          const { subject, html, text } = letter(
            [
              says(one, who),
              sends(file(two), two),
              said({ text: two, ask: one, article: { id: 'a', title: two, body: toRichText(one) } }, who),
              said({
                ticket: { number: 1234, dueAt: '', dueText: one, ahead: 0, aheadText: '' },
                articles: [{ id: 'b', title: name, choice: 'article:b' }],
                summary: { rows: [{ field: 'f', label: one, value: two }], files: [file(name)] },
              }),
              happened(one),
            ],
            { subject: one },
            language,
          )
          const rest = html.replace(ours, '')
          expect(rest).not.toMatch(/[<>]/)
          expect(rest.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
          expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
          expect(subject.isWellFormed()).toBe(true)
          expect(subject.length).toBeLessThan(300)
          expect(text.endsWith('\n')).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('nothing is loaded from anywhere', () => {
    const { html } = letter([says('x')])
    expect(html).not.toMatch(/\bsrc=|url\(|<link|<style|<script|<img/)
  })
})
