import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { ownWords } from '../../mail/ownWords.ts'

const said = 'Спасибо, теперь открывается.\n\nЕщё вопрос: где журнал?'
const older = 'Здравствуйте!\nОчистите, пожалуйста, историю браузера.'
const marked = older
  .split('\n')
  .map((line) => `> ${line}`)
  .join('\n')

const attributions = {
  'Gmail, Russian': 'пт, 6 нояб. 2026 г. в 10:02, Поддержка <support@desk.kz>:',
  'Gmail, Kazakh': '2026 ж. 6 қар., жм 10:02 Қолдау қызметі <support@desk.kz> жазды:',
  'Gmail, English, in two lines':
    'On Fri, Nov 6, 2026 at 10:02 AM Support of the desk <\nsupport@desk.kz> wrote:',
  'Gmail, English, the address in the second line':
    'On Fri, Nov 6, 2026 at 10:02 AM Support of the desk\n<support@desk.kz> wrote:',
  Yandex: '06.11.2026, 10:02, "Поддержка" <support@desk.kz>:',
  'Yandex, another': '06.11.2026, 10:02, Поддержка <support@desk.kz> пишет:',
  'Mail.ru': 'Пятница, 6 ноября 2026, 10:02 +05:00 от Поддержка <support@desk.kz>:',
  'Apple, Russian': '6 нояб. 2026 г., в 10:02, Поддержка <support@desk.kz> написал(а):',
  'Apple, Kazakh': '2026 ж. 6 қар., сағат 10:02, Қолдау <support@desk.kz> жазды:',
  Thunderbird: '06.11.2026 10:02, Поддержка пишет:',
  'The Bat': 'Вы писали 6 ноября 2026 г., 10:02:02:\nsupport@desk.kz писал(а):',
}

const heads = {
  'Outlook, English':
    '-----Original Message-----\nFrom: Support\nSent: Friday, November 6, 2026 10:02 AM\nTo: Kim\nSubject: Portal',
  'Outlook, Russian': '-----Исходное сообщение-----\nОт: Поддержка\nОтправлено: 6 ноября 2026 г. 10:02',
  'Outlook, without a line':
    'От: Поддержка <support@desk.kz>\nОтправлено: пятница, 6 ноября 2026 г. 10:02\nКому: Сергей Ким\nТема: Портал',
  'Outlook on a telephone':
    '________________________________\nFrom: Support <support@desk.kz>\nSent: Friday, November 6, 2026 10:02:22 AM\nTo: Kim <kim@firma.kz>\nSubject: Portal',
  'Outlook, Kazakh':
    'Кімнен: Қолдау қызметі\nЖіберілді: жұма, 6 қараша 2026 ж. 10:02\nКімге: Ержан\nТақырып: Портал',
  Samsung:
    '-------- Исходное сообщение --------\nОт: Поддержка <support@desk.kz>\nДата: 06.11.2026 10:02 (GMT+05:00)\nКому: kim@firma.kz\nТема: Портал',
  'in bold': '*From:* Support\n*Sent:* Friday, November 6, 2026 10:02 AM\n*To:* Kim\n*Subject:* Portal',
}

describe('of a reply, only the sender’s own words are taken', () => {
  it.each(Object.entries(attributions))(
    'what is quoted line by line goes, with who wrote it: %s',
    (_, who) => {
      expect(ownWords(`${said}\n\n${who}\n\n${marked}\n`)).toBe(said)
      expect(ownWords(`${said}\n\n> ${who.replaceAll('\n', '\n> ')}\n${marked}`)).toBe(said)
    },
  )

  it.each(Object.entries(attributions).filter(([, who]) => who.includes('@')))(
    'what is quoted unmarked goes, when its writer’s address stands above it: %s',
    (_, who) => {
      expect(ownWords(`${said}\n\n${who}\n\n${older}`)).toMatch(new RegExp(`^${said.replace('?', '\\?')}`))
      expect(ownWords(`${said}\n\n${who}\n\n${older}`)).not.toContain('историю')
    },
  )

  it.each(Object.entries(heads))('what stands below the head of an older letter goes: %s', (_, head) => {
    expect(ownWords(`${said}\n\n${head}\n\n${older}`)).toBe(said)
  })

  it('answers between quoted lines stay, in order', () => {
    expect(
      ownWords(
        `06.11.2026 10:02, Поддержка пишет:\n> Какой у вас браузер?\nChrome 140\n\n> Какая ошибка?\nКод 500,\nпосле подписи\n> Спасибо`,
      ),
    ).toBe('Chrome 140\n\nКод 500,\nпосле подписи')
  })

  it('an answer below what is quoted stays', () => {
    expect(ownWords(`${attributions.Yandex}\n${marked}\n\n${said}`)).toBe(said)
  })

  it('words right above the quoting are not taken for a part of it', () => {
    for (const who of Object.values(attributions))
      expect(ownWords(`Договор от 05.11.2026 приложил\n${who}\n${marked}`)).toBe(
        'Договор от 05.11.2026 приложил',
      )
  })

  it('when the answers stand in what is quoted, everything stays', () => {
    const text = `Ответы ниже.\n\n${heads['Outlook, Russian']}\n\nКакой браузер? - Chrome`
    expect(ownWords(text)).toBe(text)
  })

  it('when nothing would be left, everything stays', () => {
    for (const text of [marked, `${attributions.Yandex}\n${marked}`, `${attributions.Yandex}\n${older}`])
      expect(ownWords(text)).toBe(text)
    expect(ownWords('-- \nЕржан, бухгалтер')).toBe('-- \nЕржан, бухгалтер')
  })

  it('somebody else’s words that are told of, without an address, stay', () => {
    const text = 'Вот что было.\n06.11.2026 в 10:02 оператор написал:\nждите ответа\nЯ жду.'
    expect(ownWords(text)).toBe(text)
  })
})

describe('signatures', () => {
  it('go from “-- ” on, above what is quoted too', () => {
    expect(ownWords(`${said}\n-- \nС уважением,\nЕржан\n\n${attributions.Yandex}\n${marked}`)).toBe(said)
    expect(ownWords(`${said}\n--\nЕржан`, 'first')).toBe(said)
  })

  it.each([
    'Sent from my iPhone',
    'Отправлено с iPhone',
    'iPhone-дан жіберілді',
    'Sent from my Galaxy',
    'Отправлено с моего Samsung Galaxy',
    'Отправлено из Mail.ru для Android',
    'Отправлено из мобильной Почты Mail.ru',
    'Отправлено из мобильного приложения Яндекс Почты',
    'Get Outlook for iOS (https://aka.ms/o0ukef)',
    'Скачать Outlook для Android',
    'Android құрылғымнан жіберілді',
  ])('what a telephone adds: %s', (line) => {
    expect(ownWords(`${said}\n\n${line}`, 'first')).toBe(said)
    expect(ownWords(`${said}\n\n${line}\n\n${attributions.Yandex}\n${marked}`)).toBe(said)
    expect(ownWords(line, 'first')).toBe('')
  })

  it.each([
    'Отправлено из канцелярии 5 ноября',
    'Отправлено через Outlook, но не доходит',
    'Құжат кеше канцеляриядан жіберілді',
    'Отправлено с ошибкой',
  ])('what a person says of sending stays: %s', (line) => {
    expect(ownWords(`${said}\n${line}`)).toBe(`${said}\n${line}`)
  })
})

describe('a forwarded letter is the request', () => {
  it.each([
    '---------- Forwarded message ---------',
    '-------- Пересылаемое сообщение --------',
    '-------- Перенаправленное сообщение --------',
    'Начало переадресованного сообщения:',
    '> Begin forwarded message:',
    '---------- Қайта жіберілген хабар ---------',
  ])('%s', (mark) => {
    const text = `Помогите, пожалуйста.\n\n${mark}\nОт: Бухгалтерия <buh@firma.kz>\nДата: пт, 6 нояб. 2026 г. в 10:02\nКому: kim@firma.kz\n\n${older}\n-- \nБухгалтерия`
    expect(ownWords(text)).toBe(text)
  })

  it('also when only its subject says so, as Outlook’s', () => {
    const text = `Помогите.\n\n${heads['Outlook, without a line']}\n\n${older}`
    expect(ownWords(text, 'forward')).toBe(text)
  })
})

it('a first letter quotes nothing: whatever looks like it is what the person says', () => {
  const text = `> пункт меню\n${heads['Outlook, Russian']}\n\n${older}`
  expect(ownWords(text, 'first')).toBe(text)
})

const line = fc
  .array(
    fc.constantFrom(
      'құжат',
      'ошибка',
      'код 500',
      'файл.pdf',
      '—',
      '«ЭЦҚ»',
      '>',
      '1.',
      'https://x.kz',
      '-',
      ',',
    ),
  )
  .map((words) =>
    words
      .join(' ')
      .replace(/^[\s>]+/, '')
      .replace(/:$/, ''),
  )

test.prop([fc.array(line), fc.constantFrom('first', 'reply', 'forward')])(
  'a text without any mark of quoting comes back unchanged, trimmed',
  (lines, kind) => {
    const text = lines.map((one) => (one.trim() === '--' ? '' : one)).join('\n')
    expect(ownWords(text, kind as 'first')).toBe(text.trim())
  },
)

test.prop([fc.string({ unit: 'binary' }), fc.constantFrom('first', 'reply', 'forward')])(
  'never throws, and never makes words up',
  (text, kind) => {
    const words = ownWords(text, kind as 'first')
    for (const one of words.split('\n')) expect(text).toContain(one)
  },
)

describe('long texts made to be slow are not', () => {
  it.each([
    ['signs of quoting', '>'.repeat(200_000)],
    ['lines of quoting', '>\n'.repeat(100_000)],
    ['dashes', '-'.repeat(200_000)],
    ['lines of dashes', '-----\n'.repeat(30_000)],
    ['spaces', ' '.repeat(200_000)],
    ['colons', ':\n'.repeat(100_000)],
    ['dates', '06.11.2026 10:02 \n'.repeat(11_000)],
    ['dates in one line', '06.11.2026 10:02 '.repeat(11_000)],
    ['digits', '1'.repeat(200_000)],
    ['addresses', 'a@b.kz '.repeat(28_000)],
    ['heads', 'From: a\n'.repeat(25_000)],
    ['heads with moments', 'From: a\nSent: 1\n'.repeat(12_000)],
    ['moments of digits', `From: a\nSent: ${'1'.repeat(300)}\n`.repeat(600)],
    ['telephones', 'Отправлено с iPhone\n'.repeat(10_000)],
    ['at signs', '@'.repeat(200_000)],
    ['wrote', 'wrote:\n'.repeat(28_000)],
    ['signatures', '-- \n'.repeat(50_000)],
  ])('%s', (_, text) => {
    const began = performance.now()
    ownWords(text)
    ownWords(`${text}:`)
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
