import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { listen } from '../../mail/listen.ts'
import { readMail } from '../../mail/readMail.ts'
import { readSubject } from '../../mail/subject.ts'
import {
  base64,
  deliveryStatus,
  gmail,
  headOf,
  html,
  iPhone,
  kazakh,
  koi8,
  letter,
  mailRu,
  multipart,
  outlook,
  outOfOffice,
  part,
  plain,
  png,
  shortLetter,
  withFiles,
  word,
  yandex,
} from '../support/letters.ts'

const ours = ['support@desk.kz', 'help@desk.kz']
const hear = async (raw: Uint8Array, cut = false) => listen(await readMail(raw, cut), ours)

async function heard(raw: Uint8Array, cut = false) {
  const found = await hear(raw, cut)
  if (found.what !== 'letter') throw new Error(`not a letter: ${JSON.stringify(found)}`)
  return found
}

describe('a letter of a person', () => {
  it('a first one: who wrote, to whom, about what', async () => {
    expect(await hear(kazakh())).toEqual({
      what: 'letter',
      id: '<kazakh@firma.kz>',
      from: { address: 'asem@firma.kz', name: 'Әсем Қуанышқызы' },
      to: 'support@desk.kz',
      recipients: ['support@desk.kz'],
      subject: 'Құжатқа қол қойылмай тұр: өтініш',
      text: 'Сәлеметсіз бе!\nЭЦҚ-мен қол қою кезінде қате шығады: «Үзіліс». Көмектесіңізші.',
      answersTo: [],
      files: [],
    })
  })

  it('a reply: the number of its subject, what it answers to, only its own words', async () => {
    expect(await hear(outlook())).toMatchObject({
      subject: 'Ошибка при подписании',
      ticketNumber: 1234,
      answersTo: ['<ours-1@desk.kz>', '<first@firma.kz>'],
      text: 'Добрый день!\n\nОшибка осталась, код 500.\nЧто делать дальше?',
    })
  })

  it.each([
    ['Gmail', gmail, 'Спасибо, теперь открывается.'],
    ['Mail.ru', mailRu, 'Не помогло, ошибка та же.'],
    ['Yandex', yandex, 'А когда исправят?'],
    ['iPhone', iPhone, 'Рақмет, бәрі дұрыс.'],
    ['koi8-r', koi8, 'Прошу открыть доступ к журналу входящих.'],
  ])('the own words of a letter from %s', async (_, make, words) => {
    expect((await heard(make())).text).toBe(words)
  })

  it('forwarded, as its subject says: all of it', async () => {
    const raw = letter(
      headOf('fw@firma.kz', { subject: word('FW: Ошибка') }),
      plain(
        'Помогите.\n\nFrom: A <a@b.kz>\nSent: Friday, November 6, 2026 10:02 AM\nTo: Kim\nSubject: Ошибка\n\nКод 500',
      ),
    )
    expect(await heard(raw)).toMatchObject({ subject: 'Ошибка', text: expect.stringMatching(/Код 500$/) })
  })

  it('the address of ours is the one it was sent to, however it is written; in a blind copy, the first of ours', async () => {
    expect((await heard(letter(headOf('a@b', { to: 'x@y.kz, Help <HELP@Desk.kz>' }), plain('x')))).to).toBe(
      'help@desk.kz',
    )
    expect((await heard(letter(headOf('a@b', { to: 'help+portal@desk.kz' }), plain('x')))).to).toBe(
      'help@desk.kz',
    )
    expect((await heard(letter(headOf('a@b', { to: 'x@y.kz' }), plain('x')))).to).toBe('support@desk.kz')
  })

  it('without a Message-ID it gets one that comes again with the same bytes', async () => {
    const raw = letter(['From: a@b.kz', 'To: support@desk.kz'], plain('Сөз'))
    const { id } = await heard(raw)
    expect(id).toMatch(/^<[0-9a-f]{40}@no-message-id\.invalid>$/)
    expect((await heard(raw)).id).toBe(id)
    expect((await heard(letter(['Message-ID: bare@b.kz', 'From: a@b.kz'], plain('x')))).id).toBe(
      '<bare@b.kz>',
    )
  })

  it('without words and without a subject it is still a letter', async () => {
    expect(await heard(letter(['From: a@b.kz', 'To: support@desk.kz'], plain('')))).toMatchObject({
      subject: '',
      text: '',
    })
  })
})

describe('files', () => {
  it('attachments and pasted screenshots are files, small pictures of signatures are not', async () => {
    const { files } = await heard(withFiles())
    expect(files.some(({ adorns }) => adorns)).toBe(false)
    expect(files.map(({ name, type, bytes }) => [name, type, bytes.length])).toEqual([
      ['image002.png', 'image/png', 40_000],
      ['Акт сверки № 5.pdf', 'application/pdf', 12],
      ['Қате журналы.txt', 'text/plain', 12],
    ])
  })

  it('a small picture that is attached, not inline, is a file', async () => {
    const raw = letter(
      headOf('a@b'),
      multipart('mixed', 'x', [
        plain('x'),
        part(
          ['Content-Type: image/png', 'Content-Disposition: attachment', 'Content-Transfer-Encoding: base64'],
          base64(png(500)),
        ),
      ]),
    )
    expect((await heard(raw)).files).toMatchObject([{ name: 'file_1.png', type: 'image/png' }])
  })

  it.each([
    ['..\\..\\windows\\a.exe', 'a.exe'],
    ['../../etc/passwd', 'passwd'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['a\u0007b.txt', 'ab.txt'],
    [`${'я'.repeat(300)}.pdf`, `${'я'.repeat(145)}….pdf`],
    ['', 'file_1.pdf'],
  ])('a name is only a name: %s', async (written, name) => {
    const raw = letter(
      headOf('a@b'),
      multipart('mixed', 'x', [
        plain('x'),
        part(
          [
            'Content-Type: application/pdf',
            `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(written)}`,
          ],
          'PDF',
        ),
      ]),
    )
    expect((await heard(raw)).files[0]?.name).toBe(name)
  })

  it.each([
    ['image/gif', 'inline', 20_000, true],
    ['image/svg+xml', 'inline', 20_000, true],
    ['image/gif', 'attachment', 20_000, undefined],
    ['image/gif', 'inline', 200_000, undefined],
    ['image/heic', 'inline', 20_000, undefined],
    ['image/png', 'inline', 20_000, undefined],
  ])('logos among the words are known: %s, %s, %i bytes', async (type, disposition, bytes, expected) => {
    const raw = letter(
      headOf('a@b'),
      multipart('mixed', 'x', [
        plain('x'),
        part(
          [
            `Content-Type: ${type}`,
            `Content-Disposition: ${disposition}; filename=a.bin`,
            'Content-Transfer-Encoding: base64',
          ],
          base64(Buffer.alloc(bytes, 7)),
        ),
      ]),
    )
    expect((await heard(raw)).files[0]?.adorns).toBe(expected)
  })

  it('more than we take are told of', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) =>
      part(['Content-Type: text/plain', `Content-Disposition: attachment; filename=f${at}.log`], 'log'),
    )
    const { files } = await heard(letter(headOf('a@b'), multipart('mixed', 'x', [plain('x'), ...many])))
    expect(files).toHaveLength(51)
    expect(files.at(-1)).toEqual({ name: '', bytes: new Uint8Array(), missing: 'tooMany' })
  })

  it('what was cut off is told of; the words have arrived', async () => {
    const raw = withFiles(Buffer.alloc(200_000, 7))
    const { files, text } = await heard(raw.subarray(0, 100_000), true)
    expect(text).toBe('Смотрите снимок и акт.')
    expect(files).toMatchObject([
      { name: 'image002.png' },
      { name: 'Акт сверки № 5.pdf', missing: 'tooLarge', bytes: new Uint8Array() },
    ])
    expect(files[0]).not.toHaveProperty('missing')
    const words = letter(headOf('a@b'), plain('слово '.repeat(50_000)))
    expect((await heard(words.subarray(0, 30_000), true)).files).toMatchObject([
      { name: '', missing: 'tooLarge' },
    ])
  })
})

describe('the subject', () => {
  it.each([
    ['Re: Портал', 'Портал', 'reply', undefined],
    ['RE: FW: Ответ: НА: Портал', 'Портал', 'reply', undefined],
    ['Fwd: Re: Портал', 'Портал', 'forward', undefined],
    ['Пересл: Портал', 'Портал', 'forward', undefined],
    ['Жауап: Портал', 'Портал', 'reply', undefined],
    ['Отв: [№ 17] Портал', 'Портал', 'reply', 17],
    ['[№\u00a017] Re: Портал', 'Портал', 'reply', 17],
    ['Re[2]: Портал', 'Портал', 'reply', undefined],
    ['Портал [№17] не открыт', 'Портал не открыт', undefined, 17],
    ['Re: Ваше обращение № 17', 'Ваше обращение № 17', 'reply', 17],
    ['RE: № 17 өтінішіңіз', '№ 17 өтінішіңіз', 'reply', 17],
    ['По обращению №17', 'По обращению №17', undefined, 17],
    ['Акт № 17 к договору № 5', 'Акт № 17 к договору № 5', undefined, undefined],
    ['Портал [#17]', 'Портал [#17]', undefined, undefined],
    ['На складе: ошибка', 'На складе: ошибка', undefined, undefined],
    ['Re:', '', 'reply', undefined],
    ['a\u0000b\r\nBcc: c@d.kz', 'ab Bcc: c@d.kz', undefined, undefined],
  ])('%s', (written, subject, mark, ticketNumber) => {
    expect(readSubject(written)).toEqual({
      subject,
      ...(mark && { mark }),
      ...(ticketNumber && { ticketNumber }),
    })
  })

  it('has at most 200 characters', () => {
    expect(readSubject('ә'.repeat(300)).subject).toBe(`${'ә'.repeat(199)}…`)
    expect(readSubject(`${'ә'.repeat(198)}😀😀`).subject).toBe(`${'ә'.repeat(198)}…`)
  })

  it('of a hundred thousand prefixes is read in no time', () => {
    const began = performance.now()
    for (const bit of ['Re: ', 'Re', '[', '[№ ', '[№ 1', ' ', 'fwd[1]: ']) readSubject(bit.repeat(100_000))
    expect(performance.now() - began).toBeLessThan(500)
  })
})

describe('a letter of ours that was not delivered', () => {
  it('which one, and to whom', async () => {
    expect(await hear(deliveryStatus())).toEqual({
      what: 'bounce',
      of: '<ours-7@desk.kz>',
      address: 'aigul@firma.kz',
    })
  })

  it('one that is only late is none', async () => {
    expect(await hear(deliveryStatus('delayed'))).toMatchObject({ what: 'ignored' })
  })

  it('in the words of Exim', async () => {
    const exim = (from: string) =>
      letter(
        [`From: ${from}`, 'To: support@desk.kz', 'X-Failed-Recipients: Aigul@firma.kz'],
        plain(
          'This message was created automatically.\n\n  aigul@firma.kz\n\nMessage-Id: <ours-8@desk.kz>\nFrom: x',
        ),
      )
    expect(await hear(exim('Mail Delivery System <Mailer-Daemon@host.kz>'))).toEqual({
      what: 'bounce',
      of: '<ours-8@desk.kz>',
      address: 'aigul@firma.kz',
    })
    expect(await hear(exim('somebody@firma.kz'))).toMatchObject({ what: 'letter' })
  })

  it('that it was read is no news', async () => {
    const raw = letter(
      headOf('mdn@x', { subject: word('Прочтено: Ваш запрос') }),
      multipart('report; report-type=disposition-notification', 'd', [
        plain('Прочтено'),
        part(['Content-Type: message/disposition-notification'], 'Disposition: manual-action; displayed\r\n'),
      ]),
    )
    expect(await hear(raw)).toMatchObject({ what: 'ignored' })
  })

  it('one that does not say which', async () => {
    const raw = letter(
      ['From: mailer-daemon@x.kz', 'To: support@desk.kz'],
      multipart('report; report-type=delivery-status', 'd', [
        plain('x'),
        part(['Content-Type: message/delivery-status'], 'Reporting-MTA: dns; x\r\n\r\nAction: failed\r\n'),
      ]),
    )
    expect(await hear(raw)).toEqual({ what: 'bounce', of: undefined, address: '' })
  })
})

describe('what nobody wrote is ignored', () => {
  it('an answer of somebody’s absence', async () => {
    expect(await hear(outOfOffice())).toMatchObject({ what: 'ignored' })
    const unmarked = letter(
      headOf('a@b', { subject: word('Автоматический ответ: Портал') }),
      plain('Я в отпуске'),
    )
    expect(await hear(unmarked)).toMatchObject({ what: 'ignored' })
  })

  it('but not what people write to a group whose address is ours', async () => {
    const group = (id: string, precedence = 'list') =>
      hear(letter(headOf('a@b'), plain('x'), [`Precedence: ${precedence}`, `List-Id: Support <${id}>`]))
    expect(await group('support.desk.kz')).toMatchObject({ what: 'letter', text: 'x' })
    expect(await group('support.desk.kz', 'bulk')).toMatchObject({ what: 'ignored' })
    expect(await group('news.support.desk.kz')).toMatchObject({ what: 'ignored' })
  })

  it.each([
    ['Auto-Submitted: auto-generated'],
    ['Precedence: bulk'],
    ['Precedence: list'],
    ['Precedence: junk'],
    ['Precedence: auto_reply'],
    ['List-Id: News <news.firma.kz>'],
    ['X-Autoreply: yes'],
    ['Return-Path: <>'],
  ])('%s', async (header) => {
    expect(await hear(letter(headOf('a@b'), plain('x'), [header]))).toMatchObject({ what: 'ignored' })
  })

  it.each([
    'MAILER-DAEMON@firma.kz',
    'no-reply@firma.kz',
    'noreply@firma.kz',
    'donotreply@firma.kz',
    'postmaster@firma.kz',
    'Support@Desk.kz',
  ])('from %s', async (from) => {
    expect(await hear(shortLetter('a@b', 'x', from))).toMatchObject({ what: 'ignored' })
  })

  it.each(['noreply@portal.kz', 'support@desk.kz'])(
    'but of a form that a person has filled, from %s, it is theirs',
    async (from) => {
      const head = headOf('a@b', { from })
      expect(await hear(letter(head, plain('x'), ['Reply-To: Aigul <aigul@firma.kz>']))).toMatchObject({
        what: 'letter',
        from: { address: 'aigul@firma.kz' },
      })
      expect(await hear(letter(head, plain('x'), ['Reply-To: support@desk.kz']))).toMatchObject({
        what: 'ignored',
      })
    },
  )

  it.each([
    ['Auto-Submitted: no'],
    ['Precedence: first-class'],
    ['Return-Path: <aigul@firma.kz>'],
    ['X-Auto-Response-Suppress: OOF'],
  ])('but a person’s is not: %s', async (header) => {
    expect(await hear(letter(headOf('a@b'), plain('x'), [header]))).toMatchObject({ what: 'letter' })
  })

  it('why is said without the words of the letter', async () => {
    for (const raw of [
      outOfOffice(),
      Buffer.from('nothing of a letter'),
      shortLetter('a@b', 'тайна', ours[0]),
    ])
      expect(JSON.stringify(await hear(raw))).not.toMatch(/отпуск|nothing|тайна|@/)
  })
})

describe('odd and hostile letters', () => {
  it.each([
    ['several senders', 'a@b.kz, c@d.kz', { address: 'a@b.kz' }],
    ['a name that is an address', '"boss@gov.kz" <a@b.kz>', { address: 'a@b.kz' }],
    ['a name that holds one', word('Boss <boss@gov.kz>').concat(' <a@b.kz>'), { address: 'a@b.kz' }],
    ['capitals', 'A@B.KZ', { address: 'a@b.kz' }],
    ['a name in apostrophes', "'Kim' <a@b.kz>", { address: 'a@b.kz', name: "'Kim'" }],
    [
      'a name with controls',
      `${word('Ким\u0000\r\nBcc: x')} <a@b.kz>`,
      { address: 'a@b.kz', name: 'Ким Bcc: x' },
    ],
    ['a group', 'Firm: a@b.kz;', { address: 'a@b.kz' }],
    ['a Cyrillic domain', 'a@пошта.қаз', { address: 'a@пошта.қаз' }],
  ])('a sender of %s', async (_, from, expected) => {
    expect((await heard(letter([`From: ${from}`], plain('Слова')))).from).toEqual(expected)
  })

  it('no sender at all, but one who sent for them', async () => {
    expect((await heard(letter(['Sender: a@b.kz'], plain('x')))).from.address).toBe('a@b.kz')
    expect(await hear(letter(['To: support@desk.kz'], plain('x')))).toMatchObject({ what: 'ignored' })
    expect(await hear(letter(['From: undisclosed'], plain('x')))).toMatchObject({ what: 'ignored' })
  })

  it('a day in the future, a day that is none', async () => {
    for (const day of ['Fri, 6 Nov 2126 10:15:00 +0500', 'yesterday', ''])
      expect(await hear(letter(['From: a@b.kz', `Date: ${day}`], plain('x')))).toMatchObject({
        what: 'letter',
      })
  })

  it('ten thousand recipients: ours is found among them, a hundred are kept', async () => {
    const many = [...Array.from({ length: 10_000 }, (_, i) => `p${i}@x.kz`), 'help@desk.kz'].join(', ')
    const { to, recipients } = await heard(letter(headOf('a@b', { to: many }), plain('x')))
    expect(to).toBe('help@desk.kz')
    expect(recipients).toHaveLength(100)
    expect(recipients[0]).toBe('help@desk.kz')
  })

  it('ten thousand references: the nearest are kept', async () => {
    const references = Array.from({ length: 10_000 }, (_, i) => `<${i}@x.kz>`).join(' ')
    const { answersTo } = await heard(letter(headOf('a@b'), plain('x'), [`References: ${references}`]))
    expect(answersTo.length).toBeLessThanOrEqual(50)
  })

  it('an endless text is cut, controls and broken characters are gone', async () => {
    const { text } = await heard(letter(headOf('a@b'), plain(`\u0000\u0007сөз\r\n${'ә'.repeat(100_000)}`)))
    expect(text).toHaveLength(20_000)
    expect(text).toMatch(/^сөз\nә+…$/)
    const broken = await heard(letter(headOf('a@b'), html('<p>a&#xD800;b&#0;c</p>')))
    expect(broken.text.isWellFormed()).toBe(true)
  })
})

const anyHeader = fc.oneof(
  fc.constantFrom(
    ...[
      'From: a@b.kz',
      'From:',
      'From: <',
      'Content-Type: multipart/mixed; boundary=x',
      'Content-Type: text/html',
    ],
    ...[
      'Content-Transfer-Encoding: base64',
      'Content-Type: multipart/report',
      'References: <',
      'Subject: =?x?B?',
    ],
  ),
  fc.string({ unit: 'binary' }).map((value) => `Subject: ${value}`),
  fc.string({ unit: 'binary' }),
)
const anyBody = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('--x\r\n\r\n--x--', '--x', '<b><p>x', '&#x110000;'),
)

test.prop([fc.array(anyHeader, { maxLength: 8 }), fc.array(anyBody, { maxLength: 4 }), fc.boolean()])(
  'whatever comes is understood or ignored, never thrown at',
  async (headers, bodies, cut) => {
    const found = await hear(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${bodies.join('\r\n')}`), cut)
    expect(['letter', 'bounce', 'ignored']).toContain(found.what)
    if (found.what !== 'letter') return
    for (const text of [found.subject, found.text, found.id, found.from.address, found.from.name ?? ''])
      expect(text.isWellFormed() && !/(?!\n|\t)\p{Cc}/u.test(text)).toBe(true)
  },
)

test.prop([fc.uint8Array({ maxLength: 2_000 })])('bytes of any kind neither', async (bytes) => {
  expect(['letter', 'bounce', 'ignored']).toContain((await hear(bytes)).what)
})
