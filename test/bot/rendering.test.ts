import { describe, expect, it } from 'vitest'
import { render, type Showing, type Shown } from '../../bot/render.ts'
import { htmlOf, type Run } from '../../bot/runs.ts'
import { toRichText } from '../../engine/richText.ts'
import type { WireContent, WireField, WireFile } from '../../engine/wire.ts'

type Said = Extract<WireContent, { kind: 'said' }>

const shown = (content: WireContent, over: Partial<Shown> = {}): readonly Showing[] =>
  render({ author: { kind: 'assistant' }, content, language: 'ru', phoneAsked: false, ...over })
const said = (rest: Partial<Said>, over: Partial<Shown> = {}) =>
  shown({ kind: 'said', text: '', ...rest }, over)
const html = (showing: Showing | undefined) =>
  htmlOf(showing?.kind === 'message' ? showing.runs : (showing?.caption ?? ([] as Run[])))
const labels = (showing: Showing | undefined) =>
  showing?.markup?.kind === 'buttons'
    ? showing.markup.rows.map((row) => row.map(({ label }) => label))
    : undefined
const choices = (showing: Showing | undefined) =>
  showing?.markup?.kind === 'buttons' ? showing.markup.rows.flat().map(({ choice }) => choice) : undefined

const field = (over: Partial<WireField>): WireField => ({
  id: 'fullName',
  kind: 'fullName',
  label: 'ФИО',
  question: 'Как вас зовут?',
  required: true,
  maxLength: 200,
  ...over,
})
const picture: WireFile = {
  id: 'f1',
  name: 'экран.png',
  type: 'image/png',
  bytes: 10,
  path: '/api/uploads/f1',
  image: true,
}
const dana = { kind: 'operator', id: 'o1', name: 'Дана <Оспан>' } as const

describe('who says it', () => {
  it('the assistant’s words stand alone, an operator’s under their name', () => {
    expect(html(said({ text: 'Здравствуйте! «A & B» <b>' })[0])).toBe('Здравствуйте! «A &amp; B» &lt;b&gt;')
    expect(html(shown({ kind: 'text', text: 'Добрый день' }, { author: dana })[0])).toBe(
      '<b>Дана &lt;Оспан&gt;</b>: Добрый день',
    )
  })

  it('an article that an operator answers with comes whole, under their name', () => {
    const article = { id: 'edoc.x', title: 'Какой браузер?', body: toRichText('Любой, кроме **старых**.') }
    expect(said({ article }, { author: dana }).map(html)).toEqual([
      '<b>Дана &lt;Оспан&gt;</b>\n\n<b>Какой браузер?</b>\n\nЛюбой, кроме <b>старых</b>.',
    ])
  })

  it('the visitor’s own messages are in the chat already', () => {
    expect(shown({ kind: 'text', text: 'сәлем' }, { author: { kind: 'visitor' } })).toEqual([])
  })

  it('what happened is set apart', () => {
    const [showing] = shown({ kind: 'activity', text: 'Дана отвечает на обращение', tone: 'plain' })
    expect(html(showing)).toBe('<i>Дана отвечает на обращение</i>')
  })
})

describe('buttons', () => {
  it('short ones share a row, long ones stand alone', () => {
    const [showing] = said({
      text: '?',
      choices: [
        { id: 'helped', label: 'Иә', primary: true },
        { id: 'notHelped', label: 'Жоқ', primary: false },
        { id: 'back', label: 'Артқа', primary: false },
        { id: 'skip', label: 'Өткізу', primary: false },
        { id: 'operator', label: 'Маманды шақыру, бірден жалғаңыз', primary: false },
      ],
    })
    expect(labels(showing)).toEqual([['Иә', 'Жоқ', 'Артқа'], ['Өткізу'], ['Маманды шақыру, бірден жалғаңыз']])
  })

  it('articles stand one a row, before the other choices', () => {
    const [showing] = said({
      text: 'Похоже, ответ есть здесь:',
      articles: [
        { id: 'login', title: 'Как войти', choice: 'article:login' },
        { id: 'eds', title: 'Подпись', choice: 'article:eds' },
      ],
      choices: [{ id: 'operator', label: 'Специалист', primary: false }],
    })
    expect(labels(showing)).toEqual([['Как войти'], ['Подпись'], ['Специалист']])
    expect(choices(showing)).toEqual(['article:login', 'article:eds', 'operator'])
  })

  it('titles that a phone would cut are listed in full', () => {
    const title = 'Что делать, если документ не отправляется адресату'
    const [showing] = said({ text: 'Вот:', articles: [{ id: 'a', title, choice: 'article:a' }] })
    expect(html(showing)).toBe(`Вот:\n\n1. ${title}`)
    expect(labels(showing)).toEqual([[`1. ${title}`]])
  })

  it('a choice too long for Telegram is left out instead of failing the message', () => {
    const [showing] = said({
      text: 'Вот:',
      choices: [
        { id: `article:${'a'.repeat(57)}`, label: 'слишком длинный', primary: false },
        { id: `article:${'a'.repeat(56)}`, label: 'как раз', primary: false },
      ],
    })
    expect(labels(showing)).toEqual([['как раз']])
  })

  it('a rating is a row of five stars', () => {
    const [showing] = said({
      text: 'Оцените',
      rating: true,
      choices: [{ id: 'reopen', label: 'Вернуть', primary: false }],
    })
    expect(labels(showing)).toEqual([['1 ★', '2 ★', '3 ★', '4 ★', '5 ★'], ['Вернуть']])
    expect(choices(showing)?.slice(0, 5)).toEqual(['rate:1', 'rate:2', 'rate:3', 'rate:4', 'rate:5'])
  })
})

describe('an article', () => {
  it('stands between the words that lead to it and the question whether it helped', () => {
    const [showing] = said({
      text: 'Вот что поможет:',
      ask: 'Помог ли ответ?',
      article: {
        id: 'login',
        title: 'Вход & пароль',
        body: toRichText('Нажмите **Войти**.\n\n1. Откройте [портал](https://edoc.kz/?a=1&b=2)\n2. Готово'),
      },
      choices: [{ id: 'helped', label: 'Да', primary: true }],
    })
    expect(html(showing)).toBe(
      [
        'Вот что поможет:',
        '',
        '<b>Вход &amp; пароль</b>',
        '',
        'Нажмите <b>Войти</b>.',
        '',
        '1. Откройте <a href="https://edoc.kz/?a=1&amp;b=2">портал</a>',
        '2. Готово',
        '',
        'Помог ли ответ?',
      ].join('\n'),
    )
  })

  it.each([
    ['ru', 'Ещё по теме:'],
    ['kk', 'Осы тақырып бойынша тағы:'],
  ] as const)('other long titles follow it (%s)', (language, lead) => {
    const title = 'Құжат жөнелтілмей тұрса, не істеу керек екені туралы'
    const [showing] = said(
      {
        ask: 'Жауап көмектесті ме?',
        article: { id: 'a', title: 'А', body: toRichText('Б') },
        articles: [{ id: 'b', title, choice: 'article:b' }],
      },
      { language },
    )
    expect(html(showing)).toBe(`<b>А</b>\n\nБ\n\n${lead}\n1. ${title}\n\nЖауап көмектесті ме?`)
  })
})

describe('a form is asked field by field', () => {
  const form = (asking: string, ...fields: WireField[]) => ({
    form: { fields, asking, submitLabel: 'Дальше' },
  })

  it('only the asked field is put, with its example', () => {
    const [showing, ...more] = said({
      text: 'Представьтесь, пожалуйста.',
      ...form(
        'iin',
        field({}),
        field({ id: 'iin', kind: 'iin', question: 'Ваш ИИН?', example: '880101300123' }),
      ),
      choices: [{ id: 'back', label: 'Назад', primary: false }],
    })
    expect(html(showing)).toBe('Представьтесь, пожалуйста.\n\n<b>Ваш ИИН?</b>\nНапример: 880101300123')
    expect(labels(showing)).toEqual([['Назад']])
    expect(more).toEqual([])
  })

  it('what is known already is shown, once', () => {
    const asked = field({ value: 'Ахметов Расул' })
    expect(html(said({ text: 'Исправьте.', ...form('fullName', asked) })[0])).toBe(
      'Исправьте.\n\n<b>Как вас зовут?</b>\nСейчас указано: Ахметов Расул',
    )
    expect(html(said({ text: 'Вы писали: «Ахметов Расул».', ...form('fullName', asked) })[0])).toBe(
      'Вы писали: «Ахметов Расул».\n\n<b>Как вас зовут?</b>',
    )
  })

  it('options of a choice are buttons, and the known one is said by its label', () => {
    const options = [
      { id: 'error', label: 'Ошибка' },
      { id: 'advice', label: 'Консультация' },
    ]
    const [showing] = said({
      ...form(
        'type',
        field({ id: 'type', kind: 'choice', question: 'О чём вопрос?', options, value: 'error' }),
      ),
      choices: [{ id: 'back', label: 'Назад', primary: false }],
    })
    expect(html(showing)).toBe('<b>О чём вопрос?</b>\nСейчас указано: Ошибка')
    expect(labels(showing)).toEqual([['Ошибка', 'Консультация'], ['Назад']])
    expect(choices(showing)).toEqual(['option:error', 'option:advice', 'back'])
  })

  it.each([
    ['ru', 'Отправить мой номер', 'Можно написать ответ или отправить свой номер кнопкой внизу.'],
    ['kk', 'Нөмірімді жіберу', 'Жауапты жазуға немесе төмендегі батырмамен өз нөміріңізді жіберуге болады.'],
  ] as const)('a phone can be shared by a button under the input field (%s)', (language, label, hint) => {
    const asked = form('phone', field({ id: 'phone', kind: 'phone', question: 'Телефон?' }))
    expect(said(asked, { language })).toMatchObject([{ markup: { kind: 'askPhone', label } }])

    const [question, hinted] = said(
      { ...asked, choices: [{ id: 'back', label: '←', primary: false }] },
      { language },
    )
    expect(labels(question)).toEqual([['←']])
    expect(html(hinted)).toBe(hint)
    expect(hinted?.markup).toEqual({ kind: 'askPhone', label })
  })

  it('the phone button goes with the next message, or with a word before it when that has buttons', () => {
    const [plain] = said({ text: 'Спасибо' }, { phoneAsked: true })
    expect(plain?.markup).toEqual({ kind: 'removeAskPhone' })

    const [before, question] = said(
      { text: 'О чём?', choices: [{ id: 'back', label: 'Назад', primary: false }] },
      { phoneAsked: true },
    )
    expect(html(before)).toBe('Хорошо, идём дальше.')
    expect(before?.markup).toEqual({ kind: 'removeAskPhone' })
    expect(labels(question)).toEqual([['Назад']])
  })

  it('the phone button stays while the phone is asked for once more', () => {
    const asked = form('contact', field({ id: 'contact', kind: 'contact', question: 'Контакт?' }))
    expect(said({ text: 'Укажите телефон.', ...asked }, { phoneAsked: true })).toMatchObject([
      { markup: { kind: 'askPhone' } },
    ])
  })
})

describe('a request', () => {
  it('is summed up line by line, each with a button to change it', () => {
    const [showing] = said({
      text: 'Проверьте обращение.',
      summary: {
        rows: [
          { field: 'fullName', label: 'ФИО', value: 'Ахметов <Расул>' },
          { field: 'text', label: 'Вопрос', value: 'Не входит' },
        ],
        files: [picture],
      },
      choices: [{ id: 'confirm', label: 'Отправить', primary: true }],
    })
    expect(html(showing)).toBe(
      [
        'Проверьте обращение.',
        '',
        '<b>ФИО:</b> Ахметов &lt;Расул&gt;',
        '<b>Вопрос:</b> Не входит',
        '<b>Файлы:</b> экран.png',
        '',
        '<i>Чтобы изменить строку, нажмите её название.</i>',
      ].join('\n'),
    )
    expect(labels(showing)).toEqual([['Отправить'], ['ФИО', 'Вопрос']])
    expect(choices(showing)).toEqual(['confirm', 'edit:fullName', 'edit:text'])
  })

  it('files that a line names already are not named again', () => {
    const rows = [{ field: 'files', label: 'Снимки', value: 'экран.png' }]
    expect(html(said({ summary: { rows, files: [picture] } }, { language: 'kk' })[0])).toBe(
      '<b>Снимки:</b> экран.png\n\n<i>Жолды өзгерту үшін атауын басыңыз.</i>',
    )
  })

  it('the ticket’s number can be copied by a tap; nothing is said twice', () => {
    const ticket = {
      number: 104,
      dueAt: '2026-03-02T04:15:00.000Z',
      dueText: 'в понедельник до 09:15',
      ahead: 2,
      aheadText: 'Перед вами 2 обращения.',
    }
    const text =
      'Обращение № 104 принято. Специалист ответит в понедельник до 09:15.\nПеред вами 2 обращения.'
    expect(html(said({ text, ticket })[0])).toBe(text.replace('104', '<code>104</code>'))
    expect(html(said({ text: 'Обращение принято.', ticket })[0])).toBe(
      'Обращение принято.\n\n№ <code>104</code>\nв понедельник до 09:15\nПеред вами 2 обращения.',
    )
  })

  it('a form filled elsewhere reads as lines', () => {
    const rows = [{ field: 'iin', label: 'ИИН', value: '8801••••••23' }]
    expect(html(shown({ kind: 'answers', rows })[0])).toBe('<b>ИИН:</b> 8801••••••23')
  })
})

describe('files', () => {
  it('an operator’s file is signed, with the words that came with it', () => {
    expect(shown({ kind: 'file', file: picture }, { author: dana })).toEqual([
      { kind: 'file', file: picture, caption: [{ text: 'Дана <Оспан>', style: 'bold' }] },
    ])
    expect(html(shown({ kind: 'file', file: picture, text: 'Смотрите' }, { author: dana })[0])).toBe(
      '<b>Дана &lt;Оспан&gt;</b>: Смотрите',
    )
  })

  it('words too long for a caption go on in messages', () => {
    const text = 'сөз '.repeat(400).trim()
    const [file, rest, ...none] = shown({ kind: 'file', file: picture, text })
    expect(html(file).length).toBeLessThanOrEqual(1024)
    expect(`${html(file)} ${html(rest)}`).toBe(text)
    expect(none).toEqual([])
  })
})

it('a long text is several messages, and the buttons stand under the last', () => {
  const text = 'Жол.\n'.repeat(1500).trim()
  const parts = said({ text, choices: [{ id: 'new', label: 'Жаңа', primary: false }] })
  expect(parts.map((part) => html(part).length <= 4096)).toEqual([true, true])
  expect(parts.map(html).join('\n')).toBe(text)
  expect(parts.map(labels)).toEqual([undefined, [['Жаңа']]])
})
